#include "shared/identity/outcome.h"

#include <algorithm>

namespace landfall {
namespace {

Finding finding_of(std::string_view code, FindingParams params, Severity severity) {
  Finding finding;
  finding.code = code;
  finding.severity = severity;
  for (const auto& [name, value] : params) finding.params.emplace_back(name, value);
  return finding;
}

}  // namespace

bool CheckOutcome::is_acceptable() const {
  return std::all_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::warning; });
}

Finding error_finding(std::string_view code, FindingParams params) {
  return finding_of(code, params, Severity::error);
}

Finding warning_finding(std::string_view code, FindingParams params) {
  return finding_of(code, params, Severity::warning);
}

CheckOutcome refused_with(std::string_view code, FindingParams params) {
  return {{error_finding(code, params)}, {}};
}

}  // namespace landfall
