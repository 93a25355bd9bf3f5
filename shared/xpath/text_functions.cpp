// Functions on texts.

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "shared/text/graphemes.h"
#include "shared/text/utf8.h"
#include "shared/xpath/evaluator.h"
#include "shared/xpath/regex.h"

namespace landfall {
namespace {

// The texts of every argument from `first` on; a node-set gives the text of each of its nodes.
std::vector<std::string> texts_from(Evaluator& e, const SyntaxNode& call, std::uint32_t first) {
  std::vector<std::string> texts;
  for (std::uint32_t i = first; i < call.count && !e.failed(); ++i) {
    const Value value = e.argument(call, i);
    if (const NodeSet* nodes = std::get_if<NodeSet>(&value)) {
      for (const NodeId node : *nodes) texts.push_back(e.text_of_node(node));
    } else {
      texts.push_back(e.text_of(value));
    }
  }
  return texts;
}

Value joined(Evaluator& e, const SyntaxNode& call, const std::vector<std::string>& texts,
             std::string_view separator) {
  std::string result;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) result += separator;
    result += texts[i];
    if (result.size() > kMaxTextBytes) {
      e.fail(ErrorCode::xpath_budget, call);
      return std::string();
    }
  }
  return result;
}

Value call_string(Evaluator& e, const SyntaxNode& call) {
  if (call.count == 0) return e.text_of_node(e.focus().node);
  return e.text_argument(call, 0);
}

Value call_concat(Evaluator& e, const SyntaxNode& call) {
  return joined(e, call, texts_from(e, call, 0), "");
}

Value call_join(Evaluator& e, const SyntaxNode& call) {
  const std::string separator = e.text_argument(call, 0);
  return joined(e, call, texts_from(e, call, 1), separator);
}

Value call_contains(Evaluator& e, const SyntaxNode& call) {
  return e.text_argument(call, 0).find(e.text_argument(call, 1)) != std::string::npos;
}

Value call_starts_with(Evaluator& e, const SyntaxNode& call) {
  const std::string text = e.text_argument(call, 0);
  const std::string start = e.text_argument(call, 1);
  return std::string_view(text).substr(0, start.size()) == start;
}

Value call_ends_with(Evaluator& e, const SyntaxNode& call) {
  const std::string text = e.text_argument(call, 0);
  const std::string end = e.text_argument(call, 1);
  return text.size() >= end.size() &&
         std::string_view(text).substr(text.size() - end.size()) == end;
}

Value call_substring_before(Evaluator& e, const SyntaxNode& call) {
  const std::string text = e.text_argument(call, 0);
  const std::size_t at = text.find(e.text_argument(call, 1));
  return at == std::string::npos ? std::string() : text.substr(0, at);
}

Value call_substring_after(Evaluator& e, const SyntaxNode& call) {
  const std::string text = e.text_argument(call, 0);
  const std::string mark = e.text_argument(call, 1);
  const std::size_t at = text.find(mark);
  return at == std::string::npos ? std::string() : text.substr(at + mark.size());
}

std::u32string code_points(std::string_view text) {
  std::u32string points;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = read_code_point(text, at);
    points.push_back(point == kNoCodePoint ? U'\uFFFD' : point);
  }
  return points;
}

// ODK's substr counts from 0, its end is excluded, and negative places count from the end.
Value call_substr(Evaluator& e, const SyntaxNode& call) {
  const std::u32string text = code_points(e.text_argument(call, 0));
  const double size = static_cast<double>(text.size());
  const auto place = [size](double wanted) {
    if (std::isnan(wanted)) return 0.0;
    const double whole = std::trunc(wanted);
    return std::clamp(whole < 0 ? size + whole : whole, 0.0, size);
  };
  const double begin = place(e.number_argument(call, 1));
  const double end = call.count > 2 ? place(e.number_argument(call, 2)) : size;
  if (end <= begin) return std::string();
  return encode_utf8(std::u32string_view(text).substr(static_cast<std::size_t>(begin),
                                                      static_cast<std::size_t>(end - begin)));
}

double round_half_up(double value) { return std::floor(value + 0.5); }

// XPath's substring counts from 1 and rounds; the comparisons are false for NaN, as they must be.
Value call_substring(Evaluator& e, const SyntaxNode& call) {
  const std::u32string text = code_points(e.text_argument(call, 0));
  const double begin = round_half_up(e.number_argument(call, 1));
  const double end = call.count > 2 ? begin + round_half_up(e.number_argument(call, 2))
                                    : std::numeric_limits<double>::infinity();
  std::u32string kept;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const double position = static_cast<double>(i + 1);
    if (position >= begin && position < end) kept.push_back(text[i]);
  }
  return encode_utf8(kept);
}

Value call_translate(Evaluator& e, const SyntaxNode& call) {
  const std::u32string text = code_points(e.text_argument(call, 0));
  const std::u32string from = code_points(e.text_argument(call, 1));
  const std::u32string to = code_points(e.text_argument(call, 2));
  if (!e.spend(text.size() / 8 * (1 + from.size() / 8))) return std::string();
  std::u32string result;
  for (const char32_t c : text) {
    const std::size_t at = from.find(c);
    if (at == std::u32string::npos) {
      result.push_back(c);
    } else if (at < to.size()) {
      result.push_back(to[at]);
    }
  }
  return encode_utf8(result);
}

Value call_string_length(Evaluator& e, const SyntaxNode& call) {
  const std::string text =
      call.count == 0 ? e.text_of_node(e.focus().node) : e.text_argument(call, 0);
  // Unicode takes a line end of two characters for one grapheme; every engine counts it as two.
  std::size_t length = count_graphemes(text);
  for (std::size_t at = text.find("\r\n"); at != std::string::npos;
       at = text.find("\r\n", at + 2)) {
    ++length;
  }
  return static_cast<double>(length);
}

Value call_normalize_space(Evaluator& e, const SyntaxNode& call) {
  const std::string text =
      call.count == 0 ? e.text_of_node(e.focus().node) : e.text_argument(call, 0);
  std::string result;
  bool gap = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      gap = !result.empty();
      continue;
    }
    if (gap) result += ' ';
    gap = false;
    result += c;
  }
  return result;
}

bool matches(Evaluator& e, const Regex& regex, std::string_view text) {
  return e.spend(text.size() * regex.size() / 16) && regex.matches(text);
}

Value call_regex(Evaluator& e, const SyntaxNode& call) {
  const std::string text = e.text_argument(call, 0);
  const std::uint32_t compiled = e.expression().calls[call.payload].pattern;
  if (compiled != kNoPattern) return matches(e, e.expression().patterns[compiled], text);
  const std::string pattern = e.text_argument(call, 1);
  if (!e.spend(pattern.size())) return false;
  const Result<Regex> regex = Regex::compile(pattern);
  if (regex.ok()) return matches(e, regex.value(), text);
  e.fail(regex.error().code, e.syntax_of_argument(call, 1));
  return false;
}

constexpr std::array kFunctions = {
    Function{"string", 0, 1, 0, FunctionInput::node, call_string},
    Function{"concat", 0, kAnyNumber, 0, FunctionInput::nothing, call_concat},
    Function{"join", 1, kAnyNumber, 0, FunctionInput::nothing, call_join},
    Function{"contains", 2, 2, 0, FunctionInput::nothing, call_contains},
    Function{"starts-with", 2, 2, 0, FunctionInput::nothing, call_starts_with},
    Function{"ends-with", 2, 2, 0, FunctionInput::nothing, call_ends_with},
    Function{"substring-before", 2, 2, 0, FunctionInput::nothing, call_substring_before},
    Function{"substring-after", 2, 2, 0, FunctionInput::nothing, call_substring_after},
    Function{"substr", 2, 3, 0, FunctionInput::nothing, call_substr},
    Function{"substring", 2, 3, 0, FunctionInput::nothing, call_substring},
    Function{"translate", 3, 3, 0, FunctionInput::nothing, call_translate},
    Function{"string-length", 0, 1, 0, FunctionInput::node, call_string_length},
    Function{"normalize-space", 0, 1, 0, FunctionInput::node, call_normalize_space},
    Function{"regex", 2, 2, 0, FunctionInput::nothing, call_regex},
};

}  // namespace

std::span<const Function> text_functions() { return kFunctions; }

}  // namespace landfall
