#include "shared/submission/root_verdict.h"

#include <string>
#include <string_view>
#include <utility>

#include "shared/base/invariant.h"
#include "shared/submission/verdict_steps.h"

namespace landfall {
namespace {

std::string_view text_in(const Json& facts, std::string_view key) {
  return member_text_or(facts, key, "");
}

// True when no root had a part in the verdict: an applicant signed, or a key that the index names.
bool is_rootless(const Verdict& verdict) {
  return verdict.kind == "submission" || verdict.kind == "bundle" || verdict.kind == "checkpoint" ||
         (verdict.kind == "receipt" && member_bool_or(verdict.facts, "short", false));
}

bool counts(const Verdict& verdict, const AgencyRoot& root) {
  const Json& facts = verdict.facts;
  if (verdict.kind == "receipt") return speaks_at(root, text_in(facts, "received_at"));
  if (verdict.kind == "build" || verdict.kind == "message") {
    return speaks_at(root, text_in(facts, "issued"));
  }
  if (verdict.kind == "index") {
    return may_publish(root) && speaks_at(root, text_in(facts, "issued"));
  }
  if (verdict.kind == "certificate") {
    // Some of its time must be the root's; each statement under it is held against both.
    return (root.not_after.empty() || text_in(facts, "not_before") <= root.not_after) &&
           (root.not_before.empty() || root.not_before <= text_in(facts, "not_after"));
  }
  return true;  // a package's signature has no date
}

// What it is called when another root signed a document of this kind.
ErrorCode wrong_root(std::string_view kind) {
  if (kind == "receipt") return ErrorCode::receipt_certificate_wrong;
  if (kind == "message") return ErrorCode::message_certificate_wrong;
  if (kind == "index") return ErrorCode::index_not_genuine;
  if (kind == "certificate") return ErrorCode::certificate_not_genuine;
  if (kind == "package") return ErrorCode::package_signature_wrong;
  return ErrorCode::jws_key_wrong;
}

Json root_json(const AgencyRoot& root) {
  Json json = {{"kid", key_thumbprint(root.key)}, {"standing", root_standing_name(root.standing)}};
  if (!root.certified_by.empty()) json["certified_by"] = root.certified_by;
  if (!root.not_after.empty()) json["not_after"] = root.not_after;
  return json;
}

Verdict untimely(Verdict verdict) {
  const ErrorCode code = wrong_root(verdict.kind);
  Verdict refused;
  refused.kind = verdict.kind;
  refused.refusal = code;
  refused.steps = steps_of(verdict.kind, code, {});
  return refused;
}

}  // namespace

Verdict judge_by_roots(std::span<const AgencyRoot> roots, const JudgeByRoot& judge) {
  require(!roots.empty(), "a verdict is by some root");
  std::optional<Verdict> refused;
  for (const AgencyRoot& root : roots) {
    Verdict verdict = judge(root.key);
    if (verdict.genuine() && is_rootless(verdict)) return verdict;
    if (verdict.genuine() && counts(verdict, root)) {
      verdict.facts["root"] = root_json(root);
      return verdict;
    }
    if (verdict.genuine()) verdict = untimely(std::move(verdict));
    if (!refused || *refused->refusal == wrong_root(refused->kind)) refused = std::move(verdict);
  }
  return *std::move(refused);
}

std::string_view root_standing_name(RootStanding standing) {
  switch (standing) {
    case RootStanding::own:
      return "own";
    case RootStanding::successor:
      return "successor";
    case RootStanding::former:
      return "former";
  }
  return "";
}

}  // namespace landfall
