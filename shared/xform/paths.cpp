#include "shared/xform/paths.h"

#include <algorithm>

#include "shared/xform/xml_tree.h"

namespace landfall {
namespace {

bool is_plain_name(std::string_view name) {
  constexpr std::string_view kOthers = "()[]{}'\"=<>!+*,|@$ \t\r\n";
  return !name.empty() && name.find_first_of(kOthers) == std::string_view::npos;
}

std::string without_last_step(const std::string& path) { return path.substr(0, path.rfind('/')); }

// The end of the bracket that opens at `at`, its own place included; npos when it stays open.
std::size_t end_of_bracket(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  char quote = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '[' || c == '(') {
      ++depth;
    } else if ((c == ']' || c == ')') && --depth == 0) {
      return at;
    }
  }
  return std::string_view::npos;
}

// "'text'" without its marks; nothing when it is no literal.
std::optional<std::string> literal_value(std::string_view text) {
  text = without_outer_space(text);
  const bool is_quoted = text.size() >= 2 && (text.front() == '\'' || text.front() == '"') &&
                         text.find(text.front(), 1) == text.size() - 1;
  if (!is_quoted) return std::nullopt;
  return std::string(text.substr(1, text.size() - 2));
}

// The inside of `call` + "(…)" at the beginning of `text`; `end` is the place behind it.
std::optional<std::string_view> call_inside(std::string_view text, std::string_view call,
                                            std::size_t& end) {
  if (text.substr(0, call.size()) != call) return std::nullopt;
  std::size_t open = call.size();
  while (open < text.size() && text[open] == ' ') ++open;
  if (open >= text.size() || text[open] != '(') return std::nullopt;
  const std::size_t close = end_of_bracket(text, open);
  if (close == std::string_view::npos) return std::nullopt;
  end = close + 1;
  return text.substr(open + 1, close - open - 1);
}

}  // namespace

std::optional<std::string> absolute_path(std::string_view path, std::string_view context) {
  path = without_outer_space(path);
  constexpr std::string_view kCurrent = "current()/";
  if (path.substr(0, kCurrent.size()) == kCurrent) path.remove_prefix(kCurrent.size());
  std::string at(context);
  if (!path.empty() && path.front() == '/') {
    at.clear();
    path.remove_prefix(1);
  }
  if (path.empty()) return std::nullopt;
  while (true) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view step = without_outer_space(path.substr(0, slash));
    if (step == "..") {
      if (at.empty()) return std::nullopt;
      at = without_last_step(at);
    } else if (step != ".") {
      if (!is_plain_name(step)) return std::nullopt;
      at += '/';
      at += local_name(step);
    }
    if (slash == path.size()) return at;
    path.remove_prefix(slash + 1);
  }
}

std::optional<ItemsetPath> itemset_path(std::string_view nodeset) {
  nodeset = without_outer_space(nodeset);
  std::size_t end = 0;
  const auto inside = call_inside(nodeset, "instance", end);
  if (!inside) return std::nullopt;
  const std::optional<std::string> id = literal_value(*inside);
  if (!id) return std::nullopt;
  ItemsetPath found{*id, {}, {}};
  nodeset.remove_prefix(end);
  while (!nodeset.empty() && nodeset.front() == '/' && found.predicates.empty()) {
    nodeset.remove_prefix(1);
    const std::size_t stop = std::min(nodeset.find_first_of("/["), nodeset.size());
    const std::string_view step = without_outer_space(nodeset.substr(0, stop));
    if (!is_plain_name(step)) return std::nullopt;
    found.steps.emplace_back(local_name(step));
    nodeset.remove_prefix(stop);
    while (!nodeset.empty() && nodeset.front() == '[') {
      const std::size_t close = end_of_bracket(nodeset, 0);
      if (close == std::string_view::npos) return std::nullopt;
      found.predicates.emplace_back(without_outer_space(nodeset.substr(1, close - 1)));
      nodeset = without_outer_space(nodeset.substr(close + 1));
    }
  }
  if (!nodeset.empty() || found.steps.empty()) return std::nullopt;
  return found;
}

std::optional<std::string> randomized_nodes(std::string_view nodeset) {
  nodeset = without_outer_space(nodeset);
  std::size_t end = 0;
  const auto inside = call_inside(nodeset, "randomize", end);
  if (!inside || end != nodeset.size()) return std::nullopt;
  std::size_t at = 0;
  char quote = 0;
  for (; at < inside->size() && (quote != 0 || (*inside)[at] != ','); ++at) {
    const char c = (*inside)[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '[' || c == '(') {
      at = end_of_bracket(*inside, at);
      if (at == std::string_view::npos) return std::nullopt;
    }
  }
  return std::string(without_outer_space(inside->substr(0, at)));
}

std::string literal_of(std::string_view text) {
  if (text.find('\'') == std::string_view::npos) return "'" + std::string(text) + "'";
  if (text.find('"') == std::string_view::npos) return "\"" + std::string(text) + "\"";
  std::string call = "concat(";
  while (!text.empty()) {
    const char quote = text.front() == '\'' ? '"' : '\'';
    const std::size_t end = std::min(text.find(quote), text.size());
    if (call.back() != '(') call += ", ";
    call += quote + std::string(text.substr(0, end)) + quote;
    text.remove_prefix(end);
  }
  return call + ")";
}

std::optional<std::string> itext_argument(std::string_view expression) {
  expression = without_outer_space(expression);
  std::size_t end = 0;
  const auto inside = call_inside(expression, "jr:itext", end);
  if (!inside || end != expression.size()) return std::nullopt;
  return std::string(without_outer_space(*inside));
}

}  // namespace landfall
