// Functions on truth values, and those that choose.

#include <array>
#include <cmath>

#include "shared/xpath/evaluator.h"

namespace landfall {
namespace {

Value call_true(Evaluator&, const SyntaxNode&) { return true; }
Value call_false(Evaluator&, const SyntaxNode&) { return false; }
Value call_not(Evaluator& e, const SyntaxNode& call) { return !e.truth_argument(call, 0); }
Value call_boolean(Evaluator& e, const SyntaxNode& call) { return e.truth_argument(call, 0); }

Value call_boolean_from_string(Evaluator& e, const SyntaxNode& call) {
  const std::string text = e.text_argument(call, 0);
  return text == "1" || text == "true";
}

// Only the branch that is taken is evaluated.
Value call_if(Evaluator& e, const SyntaxNode& call) {
  return e.argument(call, e.truth_argument(call, 0) ? 1 : 2);
}

Value call_coalesce(Evaluator& e, const SyntaxNode& call) {
  for (std::uint32_t i = 0; i + 1 < call.count; ++i) {
    const Value value = e.argument(call, i);
    if (!e.text_of(value).empty()) return value;
  }
  return e.argument(call, call.count - 1);
}

// The answer that is there, or what the expression gives while there is none.
Value call_once(Evaluator& e, const SyntaxNode& call) {
  std::string present = e.text_of_node(e.origin());
  if (!present.empty()) return present;
  return e.text_argument(call, 0);
}

// checklist(least, most, v…): whether between `least` and `most` of the values are true; -1 is no
// bound.
bool is_between(double count, double least, double most) {
  return (least < 0 || count >= least) && (most < 0 || count <= most);
}

Value call_checklist(Evaluator& e, const SyntaxNode& call) {
  const double least = e.number_argument(call, 0);
  const double most = e.number_argument(call, 1);
  double count = 0;
  for (std::uint32_t i = 2; i < call.count && !e.failed(); ++i) {
    const Value value = e.argument(call, i);
    if (const NodeSet* nodes = std::get_if<NodeSet>(&value)) {
      for (const NodeId node : *nodes) count += e.truth_of(e.text_of_node(node)) ? 1 : 0;
    } else {
      count += e.truth_of(value) ? 1 : 0;
    }
  }
  return is_between(count, least, most);
}

constexpr std::array kFunctions = {
    Function{"true", 0, 0, 0, FunctionInput::nothing, call_true},
    Function{"false", 0, 0, 0, FunctionInput::nothing, call_false},
    Function{"not", 1, 1, 0, FunctionInput::nothing, call_not},
    Function{"boolean", 1, 1, 0, FunctionInput::nothing, call_boolean},
    Function{"boolean-from-string", 1, 1, 0, FunctionInput::nothing, call_boolean_from_string},
    Function{"if", 3, 3, 0, FunctionInput::node, call_if, true},
    Function{"coalesce", 1, kAnyNumber, 0, FunctionInput::nothing, call_coalesce},
    Function{"once", 1, 1, 0, FunctionInput::node, call_once},
    Function{"checklist", 2, kAnyNumber, 0, FunctionInput::nothing, call_checklist},
};

}  // namespace

std::span<const Function> logic_functions() { return kFunctions; }

}  // namespace landfall
