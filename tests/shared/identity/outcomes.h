// Reads an outcome the way a test wants to speak about it.

#ifndef LANDFALL_TESTS_SHARED_IDENTITY_OUTCOMES_H_
#define LANDFALL_TESTS_SHARED_IDENTITY_OUTCOMES_H_

#include <string>
#include <string_view>

#include "shared/identity/outcome.h"

namespace landfall {

// The findings' codes, separated by spaces, warnings in parentheses; "" when there are none.
inline std::string codes_of(const CheckOutcome& outcome) {
  std::string codes;
  for (const Finding& finding : outcome.findings) {
    if (!codes.empty()) codes += ' ';
    codes += finding.severity == Severity::error ? finding.code : "(" + finding.code + ")";
  }
  return codes;
}

// The value of the first finding's parameter `name`; "" when there is none.
inline std::string param_of(const CheckOutcome& outcome, std::string_view name) {
  if (outcome.findings.empty()) return "";
  for (const auto& [key, value] : outcome.findings[0].params) {
    if (key == name) return value;
  }
  return "";
}

}  // namespace landfall

#endif  // LANDFALL_TESTS_SHARED_IDENTITY_OUTCOMES_H_
