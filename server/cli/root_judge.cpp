#include "server/cli/root_judge.h"

#include <string>
#include <utility>
#include <vector>

#include "shared/submission/root_verdict.h"

namespace landfall {
namespace {

constexpr std::string_view kRevokedRoot =
    "the agency has revoked the root key that stood for it, and nothing that this key signed "
    "counts, whatever date it gives";

Outcome<Judged> judge_once(const TrustedRoots& roots, VerificationTrust& trust,
                           std::string_view audience, const JudgeDocument& judge) {
  Outcome<std::vector<AgencyRoot>> speaking = roots.speaking(audience);
  if (!speaking.ok()) return speaking.failure();
  Judged judged;
  judged.verdict = judge_by_roots(speaking.value(), [&](const Ed25519PublicKey& root) {
    trust.root = root;
    judged.root = root;
    return judge(trust);
  });
  return judged;
}

}  // namespace

Outcome<Judged> judge_by(const TrustedRoots& roots, VerificationTrust trust,
                         std::string_view audience, const JudgeDocument& judge) {
  Outcome<Judged> judged = judge_once(roots, trust, audience, judge);
  if (!judged.ok() || judged.value().verdict.genuine() || roots.revoked.empty()) return judged;
  TrustedRoots before = roots;
  before.revoked.clear();
  Outcome<Judged> then = judge_once(before, trust, audience, judge);
  judged.value().is_revoked = then.ok() && then.value().verdict.genuine();
  return judged;
}

Verification verification_of(Judged judged) {
  Verification found = verification_of(std::move(judged.verdict));
  if (judged.is_revoked) {
    found.sentence =
        std::string(text_value(found.facts["kind"])) + ": " + std::string(kRevokedRoot);
    found.facts["reason"] = kRevokedRoot;
  }
  return found;
}

}  // namespace landfall
