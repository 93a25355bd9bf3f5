#include "server/desk/reevaluate.h"

#include <algorithm>
#include <utility>

#include "shared/codec/canonical_json.h"
#include "shared/codec/hex.h"
#include "shared/form/state_json.h"
#include "shared/sealing/primitives.h"

namespace landfall {
namespace {

Result<std::string> engine_options(const StatedVerdict& stated) {
  Result<Json> answers = parse_canonical_json(stated.answers);
  if (!answers.ok()) return answers.error();
  return write_canonical_json({{"as_of", stated.as_of},
                               {"time_zone", stated.time_zone},
                               {"answers", std::move(answers).value()}});
}

std::string name_of(VerdictStatus status) {
  switch (status) {
    case VerdictStatus::complete:
      return "complete";
    case VerdictStatus::with_warnings:
      return "with_warnings";
    default:
      return "incomplete";
  }
}

std::string name_of(const Finding& finding) {
  return "finding " + finding.code + (finding.path.empty() ? "" : " at " + finding.path);
}

// Parameters have names, and their order says nothing.
std::vector<Finding> in_named_order(std::vector<Finding> findings) {
  for (Finding& finding : findings) std::sort(finding.params.begin(), finding.params.end());
  return findings;
}

bool holds(const std::vector<Finding>& findings, const Finding& wanted) {
  return std::find(findings.begin(), findings.end(), wanted) != findings.end();
}

void compare(std::string what, const std::string& stated, const std::string& found,
             std::vector<Difference>& differences) {
  if (stated != found) differences.push_back({std::move(what), stated, found});
}

void compare_findings(const std::vector<Finding>& stated, const std::vector<Finding>& found,
                      std::vector<Difference>& differences) {
  for (const Finding& finding : stated) {
    if (!holds(found, finding)) differences.push_back({name_of(finding), "yes", "no"});
  }
  for (const Finding& finding : found) {
    if (!holds(stated, finding)) differences.push_back({name_of(finding), "no", "yes"});
  }
}

}  // namespace

Result<std::vector<Difference>> reevaluate(ByteView package, const StatedVerdict& stated) {
  if (format_hex(sha256(package)) != stated.package_digest) {
    return Error{ErrorCode::package_digest_differs};
  }
  const Result<std::string> options = engine_options(stated);
  if (!options.ok()) return options.error();
  Result<OpenForm> form = open_form(package, options.value());
  if (!form.ok()) return form.error();
  const Engine& engine = *form.value().engine;
  const auto verdict = engine.verdict();
  const std::optional<Fee> fee = engine.fee();
  std::vector<Difference> differences;
  compare("form_id", stated.form_id, engine.package().form_id, differences);
  compare("form_version", stated.form_version, engine.package().version, differences);
  compare("status", stated.status, name_of(verdict.status), differences);
  compare_findings(in_named_order(stated.findings), in_named_order(verdict.findings), differences);
  compare("fee_code", stated.fee_code, fee ? fee->fee_code : "", differences);
  if (answers_json(engine) != stated.answers) {
    differences.push_back({"answers", "as sealed", "other canonical answers"});
  }
  return differences;
}

}  // namespace landfall
