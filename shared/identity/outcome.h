// What checking one typed value gives: findings, and the form in which the value is stored.

#ifndef LANDFALL_SHARED_IDENTITY_OUTCOME_H_
#define LANDFALL_SHARED_IDENTITY_OUTCOME_H_

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/finding.h"

namespace landfall {

// The codes of finding_codes.def as constants, so that a misspelt one does not compile.
namespace finding_code {
#define LANDFALL_FINDING(name) inline constexpr std::string_view name = #name;
#include "shared/base/finding_codes.def"
#undef LANDFALL_FINDING
}  // namespace finding_code

// `normalised` is what to store: folded, without decoration; empty when the value has errors that
// leave nothing to store. Findings have an empty path: the caller knows the question.
struct CheckOutcome {
  std::vector<Finding> findings;
  std::string normalised;

  // True when nothing but warnings was found.
  [[nodiscard]] bool is_acceptable() const;
  bool operator==(const CheckOutcome&) const = default;
};

using FindingParams = std::initializer_list<std::pair<std::string_view, std::string_view>>;

[[nodiscard]] Finding error_finding(std::string_view code, FindingParams params = {});
[[nodiscard]] Finding warning_finding(std::string_view code, FindingParams params = {});

// An outcome with a single error and nothing to store.
[[nodiscard]] CheckOutcome refused_with(std::string_view code, FindingParams params = {});

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_OUTCOME_H_
