#include "shared/xlsform/default_value.h"

#include <algorithm>

#include "shared/xlsform/cell_text.h"
#include "shared/xpath/expression.h"

namespace landfall {
namespace {

// The text with everything in quotes left out.
std::string outside_quotes(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\'' && text[i] != '"') {
      result += text[i];
      continue;
    }
    const std::size_t end = text.find(text[i], i + 1);
    if (end == std::string_view::npos) return result;
    result += ' ';
    i = end;
  }
  return result;
}

bool is_name_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == ':' || c == '_';
}

bool has_call(std::string_view text) {
  for (std::size_t at = text.find('('); at != std::string_view::npos; at = text.find('(', at + 1)) {
    const std::string_view before = trimmed_cell(text.substr(0, at));
    if (!before.empty() && is_name_letter(before.back()) && before.size() + 1 >= at) return true;
  }
  return false;
}

bool has_operator(std::string_view text) {
  for (const std::string& word : words_of(text)) {
    if (word == "+" || word == "-" || word == "*" || word == "div" || word == "mod" ||
        word == "|" || word == "=" || word == "!=" || word == "<" || word == ">" || word == "<=" ||
        word == ">=" || word == "and" || word == "or") {
      return true;
    }
  }
  // Operators that no plain value holds between digits: 1+1, 2*3.
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] != '+' && text[i] != '*') continue;
    const bool between =
        text[i - 1] >= '0' && text[i - 1] <= '9' && text[i + 1] >= '0' && text[i + 1] <= '9';
    if (between) return true;
  }
  return false;
}

}  // namespace

bool is_dynamic_default(std::string_view text) {
  if (text.find("${") != std::string_view::npos) return true;
  const std::string bare = outside_quotes(text);
  if (!has_call(bare) && !has_operator(bare)) return false;
  // "do you agree (yes) or not" has a bracket and an operator, and is a text all the same.
  return parse_expression(text).ok();
}

std::string xpath_literal(std::string_view text) {
  if (text.find('\'') == std::string_view::npos) return "'" + std::string(text) + "'";
  if (text.find('"') == std::string_view::npos) return "\"" + std::string(text) + "\"";
  std::string call = "concat(";
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\''), rest.size());
    if (call.size() > 7) call += ", ";
    if (end == 0) {
      call += "\"'\"";
      rest.remove_prefix(1);
    } else {
      call += "'" + std::string(rest.substr(0, end)) + "'";
      rest.remove_prefix(end);
    }
  }
  return call + ")";
}

}  // namespace landfall
