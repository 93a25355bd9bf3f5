#include "shared/xlsform/function_calls.h"

#include <algorithm>

#include "shared/form/names.h"
#include "shared/xlsform/cell_text.h"

namespace landfall {
namespace {

// A call that begins at `at` (behind its bracket): its arguments and where it ends; the end of the
// text where it is not closed.
struct CallEnd {
  std::vector<std::string> arguments;
  std::size_t end = 0;
};

CallEnd read_call(std::string_view text, std::size_t at) {
  CallEnd call;
  std::string argument;
  int depth = 1;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\'' || c == '"') {
      const std::size_t close = std::min(text.find(c, at + 1), text.size() - 1);
      argument += text.substr(at, close - at + 1);
      at = close;
      continue;
    }
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
    if (depth == 0 || (depth == 1 && c == ',')) {
      call.arguments.emplace_back(trimmed_cell(argument));
      argument.clear();
      if (depth == 0) break;
      continue;
    }
    argument += c;
  }
  call.end = std::min(at + 1, text.size());
  return call;
}

bool is_name_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == ':';
}

// Behind the bracket of the next call of `function` from `from` on, or npos.
std::size_t find_call(std::string_view text, std::string_view function, std::size_t from) {
  for (std::size_t at = text.find(function, from); at != std::string_view::npos;
       at = text.find(function, at + 1)) {
    if (at > 0 && is_name_letter(text[at - 1])) continue;
    std::size_t open = at + function.size();
    while (open < text.size() && text[open] == ' ') ++open;
    if (open < text.size() && text[open] == '(') return open + 1;
  }
  return std::string_view::npos;
}

std::string filter_of(std::string_view way, const std::string& column, const std::string& value) {
  if (way == "contains") return "contains(" + column + ", " + value + ")";
  if (way == "startswith") return "starts-with(" + column + ", " + value + ")";
  if (way == "endswith") return "ends-with(" + column + ", " + value + ")";
  return way == "matches" ? column + " = " + value : std::string();
}

}  // namespace

std::vector<std::vector<std::string>> calls_of(std::string_view text, std::string_view function) {
  std::vector<std::vector<std::string>> calls;
  for (std::size_t at = find_call(text, function, 0); at != std::string_view::npos;
       at = find_call(text, function, at)) {
    calls.push_back(read_call(text, at).arguments);
  }
  return calls;
}

std::optional<std::string> quoted_text(std::string_view argument) {
  if (argument.size() < 2 || argument.front() != argument.back()) return std::nullopt;
  if (argument.front() != '\'' && argument.front() != '"') return std::nullopt;
  return std::string(argument.substr(1, argument.size() - 2));
}

std::optional<SearchAppearance> parse_search_appearance(std::string_view appearance) {
  const std::size_t at = find_call(appearance, "search", 0);
  if (at == std::string_view::npos) return std::nullopt;
  const CallEnd call = read_call(appearance, at);
  const std::vector<std::string>& arguments = call.arguments;
  if (arguments.size() != 1 && arguments.size() != 4 && arguments.size() != 6) return std::nullopt;
  const auto dataset = quoted_text(arguments[0]);
  if (!dataset || !is_form_name(*dataset)) return std::nullopt;
  SearchAppearance search{*dataset, "", ""};
  if (arguments.size() >= 4) {
    const auto way = quoted_text(arguments[1]);
    const auto column = quoted_text(arguments[2]);
    if (!way || !column || !is_form_name(*column)) return std::nullopt;
    search.filter = filter_of(*way, *column, arguments[3]);
    if (search.filter.empty()) return std::nullopt;
  }
  if (arguments.size() == 6) {
    const auto column = quoted_text(arguments[4]);
    if (!column || !is_form_name(*column)) return std::nullopt;
    search.filter += " and " + *column + " = " + arguments[5];
  }
  const std::size_t begin = appearance.rfind("search", at);
  search.rest = collapsed(std::string(appearance.substr(0, begin)) +
                          std::string(appearance.substr(call.end)));
  return search;
}

std::optional<std::string> list_of_choice_text(std::string_view expression) {
  constexpr std::string_view kId = "/itextId";
  expression = trimmed_cell(expression);
  const auto calls = calls_of(expression, "jr:itext");
  const bool is_alone =
      calls.size() == 1 && calls[0].size() == 1 &&
      expression.size() == std::string_view("jr:itext(").size() + calls[0][0].size() + 1;
  if (!is_alone) return std::nullopt;
  const std::string& argument = calls[0][0];
  const bool is_choice = argument.rfind("instance(", 0) == 0 && argument.size() > kId.size() &&
                         argument.compare(argument.size() - kId.size(), kId.size(), kId) == 0;
  if (!is_choice) return std::nullopt;
  const auto instances = calls_of(argument, "instance");
  if (instances.empty() || instances[0].size() != 1) return std::nullopt;
  return quoted_text(instances[0][0]);
}

}  // namespace landfall
