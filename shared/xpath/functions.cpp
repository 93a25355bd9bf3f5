#include "shared/xpath/functions.h"

#include <algorithm>
#include <initializer_list>

#include "shared/xpath/expression.h"
#include "shared/xpath/regex.h"

namespace landfall {
namespace {

bool gives_nodes(const Expression& expression, std::uint32_t node) {
  const SyntaxNode& syntax = expression.nodes[node];
  switch (syntax.operation) {
    case Operation::reference:
    case Operation::path:
    case Operation::filter:
    case Operation::unite:
      return true;
    case Operation::call: {
      const Function* function = expression.calls[syntax.payload].function;
      return function != nullptr && function->gives_nodes;
    }
    default:
      return false;
  }
}

bool needs_nodes(const Function& function, std::uint32_t index) {
  return (function.node_arguments >> std::min(index, 31u) & 1u) != 0;
}

// A literal that is no pattern, or names no digest.
Result<Done> check_literal(const Expression& expression, const SyntaxNode& call) {
  const std::string_view name = expression.calls[call.payload].name;
  if (call.count < 2 || (name != "regex" && name != "digest")) return Done{};
  const SyntaxNode& pattern = expression.nodes[expression.operands[call.first + 1]];
  if (pattern.operation != Operation::text) return Done{};
  if (name == "digest") {
    if (find_digest(expression.texts[pattern.payload])) return Done{};
    return Error{ErrorCode::xpath_type, pattern.offset};
  }
  const Result<Regex> regex = Regex::compile(expression.texts[pattern.payload]);
  if (regex.ok()) return Done{};
  return Error{regex.error().code, pattern.offset};
}

Result<Done> check_call(const Expression& expression, const SyntaxNode& call) {
  const Function* function = expression.calls[call.payload].function;
  if (function == nullptr) return Error{ErrorCode::xpath_unknown_function, call.offset};
  if (!takes_arguments(*function, call.count)) return Error{ErrorCode::xpath_arity, call.offset};
  for (std::uint32_t i = 0; i < call.count; ++i) {
    const std::uint32_t operand = expression.operands[call.first + i];
    if (needs_nodes(*function, i) && !gives_nodes(expression, operand)) {
      return Error{ErrorCode::xpath_type, expression.nodes[operand].offset};
    }
  }
  return check_literal(expression, call);
}

}  // namespace

bool takes_arguments(const Function& function, std::uint32_t count) {
  if (count < function.min_arguments) return false;
  if (function.in_pairs && (count - function.min_arguments) % 2 != 0) return false;
  return function.max_arguments == kAnyNumber || count <= function.max_arguments;
}

const Function* find_function(std::string_view name) {
  for (const auto& part : {text_functions(), number_functions(), logic_functions(),
                           node_functions(), select_functions(), date_functions(), tree_functions(),
                           computed_functions(), chance_functions(), landfall_functions()}) {
    for (const Function& function : part) {
      if (function.name == name) return &function;
    }
  }
  return nullptr;
}

std::uint32_t needed_modules(const Expression& expression) {
  std::uint32_t modules = 0;
  for (const CallSyntax& call : expression.calls) {
    if (call.function != nullptr) modules |= call.function->modules;
  }
  return modules;
}

Result<Done> find_call_problem(const Expression& expression) {
  for (const SyntaxNode& node : expression.nodes) {
    if (node.operation != Operation::call) continue;
    const Result<Done> checked = check_call(expression, node);
    if (!checked.ok()) return checked.error();
  }
  return Done{};
}

}  // namespace landfall
