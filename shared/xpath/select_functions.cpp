// Functions on answers that are lists of choices.

#include <array>
#include <cmath>
#include <vector>

#include "shared/xpath/evaluator.h"

namespace landfall {
namespace {

// A select_multiple answer is the names of its choices with spaces between.
std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n\r";
  std::vector<std::string_view> words;
  std::size_t at = text.find_first_not_of(kSpace);
  while (at != std::string_view::npos) {
    const std::size_t end = std::min(text.find_first_of(kSpace, at), text.size());
    words.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(kSpace, end);
  }
  return words;
}

Value call_selected(Evaluator& e, const SyntaxNode& call) {
  const std::string list = e.text_argument(call, 0);
  const std::string wanted = e.text_argument(call, 1);
  const std::vector<std::string_view> wanted_words = words_of(wanted);
  if (wanted_words.empty()) return words_of(list).empty();
  if (wanted_words.size() > 1) return false;
  for (const std::string_view word : words_of(list)) {
    if (word == wanted_words.front()) return true;
  }
  return false;
}

Value call_selected_at(Evaluator& e, const SyntaxNode& call) {
  const std::string list = e.text_argument(call, 0);
  const double index = e.number_argument(call, 1);
  const std::vector<std::string_view> words = words_of(list);
  if (!(index >= 0) || index >= static_cast<double>(words.size())) return std::string();
  return std::string(words[static_cast<std::size_t>(index)]);
}

Value call_count_selected(Evaluator& e, const SyntaxNode& call) {
  return static_cast<double>(words_of(e.text_argument(call, 0)).size());
}

// The question is given as ${name} or as its path in quotation marks; both name it, neither is
// read.
Value call_choice_name(Evaluator& e, const SyntaxNode& call) {
  const std::string value = e.text_argument(call, 0);
  const SyntaxNode& question = e.syntax_of_argument(call, 1);
  const std::string path = question.operation == Operation::reference
                               ? "${" + e.expression().names[question.payload] + "}"
                               : e.text_argument(call, 1);
  return e.nodes().choice_label(value, path, e.focus().node).value_or(std::string());
}

constexpr std::array kFunctions = {
    Function{"selected", 2, 2, 0, FunctionInput::nothing, call_selected},
    Function{"selected-at", 2, 2, 0, FunctionInput::nothing, call_selected_at},
    Function{"count-selected", 1, 1, 0, FunctionInput::nothing, call_count_selected},
    Function{"jr:choice-name", 2, 2, 0, FunctionInput::form, call_choice_name},
};

}  // namespace

std::span<const Function> select_functions() { return kFunctions; }

}  // namespace landfall
