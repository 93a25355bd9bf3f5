// The parameters cell: reading it, and checking it against what the question's type takes.

#ifndef LANDFALL_SHARED_XLSFORM_PARAMETERS_H_
#define LANDFALL_SHARED_XLSFORM_PARAMETERS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/xlsform/type_name.h"

namespace landfall {

// Keys in lower case, in the order of the cell.
using ParameterPairs = std::vector<std::pair<std::string, std::string>>;

// "key=value key=value", also with commas or semicolons between. Nothing where a part has no "=".
[[nodiscard]] std::optional<ParameterPairs> parse_parameters(std::string_view cell);

[[nodiscard]] const std::string* find_parameter(const ParameterPairs& pairs, std::string_view key);

// What is wrong with the parameters of a row: a code of shared/xlsform/README.md and the key at
// fault.
struct ParameterProblem {
  std::string_view code;
  std::string detail;
};

// Checks everything but a range's labels: keys the type does not take, and values.
// Source: XLSForm reference, "parameters" of each type.
[[nodiscard]] std::optional<ParameterProblem> check_parameters(const TypeName& type,
                                                               const ParameterPairs& pairs,
                                                               std::string_view appearance);

// Checks the choices (`names`) that label the ticks of a range.
[[nodiscard]] std::optional<ParameterProblem> check_tick_labels(
    const ParameterPairs& pairs, const std::vector<std::string>& names,
    std::string_view appearance);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_PARAMETERS_H_
