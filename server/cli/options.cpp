#include "server/cli/options.h"

#include <algorithm>

namespace landfall {
namespace {

Failure usage(std::string message) { return {kExitUsage, std::move(message)}; }

bool asks_for_help(std::span<const std::string> arguments) {
  for (const std::string& argument : arguments) {
    if (argument == "--") return false;
    if (argument == "--help" || argument == "-h") return true;
  }
  return false;
}

// The arguments, the place reached in them, and what has been read so far.
class Reader {
 public:
  Reader(const ArgumentRules& rules, std::span<const std::string> arguments)
      : rules_(rules), arguments_(arguments) {}

  // Reads one argument with the value it takes; false when a problem was found.
  bool read_next();
  [[nodiscard]] bool at_end() const { return next_ == arguments_.size(); }
  [[nodiscard]] std::string& problem() { return problem_; }
  std::map<std::string, std::vector<std::string>, std::less<>> given;
  std::vector<std::string> operands;

 private:
  bool read_long(std::string_view argument);
  bool read_letters(std::string_view argument);
  bool take_value(const OptionRule& rule, std::string_view shown);
  bool store(const OptionRule& rule, std::string_view shown, std::string value);
  bool fail(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }

  const ArgumentRules& rules_;
  std::span<const std::string> arguments_;
  std::size_t next_ = 0;
  bool only_operands_ = false;
  std::string problem_;
};

bool Reader::store(const OptionRule& rule, std::string_view shown, std::string value) {
  // An unset variable of a script, most often; no option of ours means anything by it.
  if (value.empty() && rule.takes != Takes::nothing) {
    return fail("option " + std::string(shown) + " needs a value, not an empty one");
  }
  std::vector<std::string>& values = given[std::string(rule.name)];
  if (!values.empty() && rule.takes == Takes::one_value) {
    return fail("option " + std::string(shown) + " is given twice");
  }
  values.push_back(std::move(value));
  return true;
}

bool Reader::take_value(const OptionRule& rule, std::string_view shown) {
  if (at_end()) return fail("option " + std::string(shown) + " needs a value");
  return store(rule, shown, arguments_[next_++]);
}

bool Reader::read_long(std::string_view argument) {
  const std::size_t equals = argument.find('=');
  const std::string_view shown = argument.substr(0, equals);
  const auto rule = std::find_if(rules_.options.begin(), rules_.options.end(),
                                 [&](const OptionRule& r) { return r.name == shown.substr(2); });
  if (rule == rules_.options.end()) return fail("unknown option " + std::string(shown));
  const bool has_value = equals != std::string_view::npos;
  if (rule->takes == Takes::nothing) {
    if (has_value) return fail("option " + std::string(shown) + " takes no value");
    return store(*rule, shown, "");
  }
  if (has_value) return store(*rule, shown, std::string(argument.substr(equals + 1)));
  return take_value(*rule, shown);
}

bool Reader::read_letters(std::string_view argument) {
  for (std::size_t i = 1; i < argument.size(); ++i) {
    const std::string shown = {'-', argument[i]};
    const auto rule = std::find_if(rules_.options.begin(), rules_.options.end(),
                                   [&](const OptionRule& r) { return r.letter == argument[i]; });
    if (rule == rules_.options.end()) return fail("unknown option " + shown);
    if (rule->takes == Takes::nothing) {
      if (!store(*rule, shown, "")) return false;
      continue;
    }
    const std::string_view rest = argument.substr(i + 1);
    return rest.empty() ? take_value(*rule, shown) : store(*rule, shown, std::string(rest));
  }
  return true;
}

bool Reader::read_next() {
  const std::string_view argument = arguments_[next_++];
  if (only_operands_ || argument.size() < 2 || argument.front() != '-') {
    operands.emplace_back(argument);
    return true;
  }
  if (argument == "--") {
    only_operands_ = true;
    return true;
  }
  return argument.starts_with("--") ? read_long(argument) : read_letters(argument);
}

}  // namespace

bool Options::has(std::string_view name) const { return given_.find(name) != given_.end(); }

std::string Options::value(std::string_view name, std::string_view fallback) const {
  const auto found = given_.find(name);
  return found == given_.end() ? std::string(fallback) : found->second.back();
}

std::vector<std::string> Options::values(std::string_view name) const {
  const auto found = given_.find(name);
  return found == given_.end() ? std::vector<std::string>{} : found->second;
}

std::string Options::operand(std::size_t index) const {
  return index < operands_.size() ? operands_[index] : std::string();
}

Outcome<Options> parse_options(const ArgumentRules& rules, std::span<const std::string> arguments) {
  Options options;
  if (asks_for_help(arguments)) {
    options.given_["help"] = {""};
    return options;
  }
  Reader reader(rules, arguments);
  while (!reader.at_end()) {
    if (!reader.read_next()) return usage(std::move(reader.problem()));
  }
  if (reader.operands.size() < rules.least_operands) return usage("an argument is missing");
  if (reader.operands.size() > rules.most_operands) {
    return usage("one argument too many: " + reader.operands[rules.most_operands]);
  }
  options.given_ = std::move(reader.given);
  options.operands_ = std::move(reader.operands);
  return options;
}

}  // namespace landfall
