// Reads a command's arguments against the list of options it declares.

#ifndef LANDFALL_SERVER_CLI_OPTIONS_H_
#define LANDFALL_SERVER_CLI_OPTIONS_H_

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/cli/outcome.h"

namespace landfall {

enum class Takes { nothing, one_value, many_values };

// One option of a command. `letter` is 0 where there is no short form.
struct OptionRule {
  std::string_view name;  // without the two dashes
  char letter = 0;
  Takes takes = Takes::nothing;
};

// What a command accepts; `most_operands` counts what is not an option.
struct ArgumentRules {
  std::span<const OptionRule> options;
  std::size_t least_operands = 0;
  std::size_t most_operands = 0;
};

class Options {
 public:
  [[nodiscard]] bool has(std::string_view name) const;
  // The last value given for `name`, or `fallback`.
  [[nodiscard]] std::string value(std::string_view name, std::string_view fallback = "") const;
  [[nodiscard]] std::vector<std::string> values(std::string_view name) const;
  [[nodiscard]] const std::vector<std::string>& operands() const { return operands_; }
  // Operand number `index`, or "" when there are fewer.
  [[nodiscard]] std::string operand(std::size_t index) const;

 private:
  friend Outcome<Options> parse_options(const ArgumentRules& rules,
                                        std::span<const std::string> arguments);
  std::map<std::string, std::vector<std::string>, std::less<>> given_;
  std::vector<std::string> operands_;
};

// Reads `arguments` as POSIX commands do: `--name value`, `--name=value`, `-n value`, `-nvalue`,
// letters without a value joined (`-pa`), `--` before operands that look like options, and `-`
// itself as an operand. `--help` and `-h` are accepted everywhere and reported as "help"; nothing
// else is checked once one is seen.
//
// Fails with kExitUsage: an option not in the rules, a value missing, empty or not wanted, the same
// one-value option twice, too few or too many operands.
[[nodiscard]] Outcome<Options> parse_options(const ArgumentRules& rules,
                                             std::span<const std::string> arguments);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_OPTIONS_H_
