#include "shared/xpath/evaluator.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace landfall {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool is_relational(Operation operation) {
  return operation != Operation::equal && operation != Operation::not_equal;
}

// The operation that holds for (b, a) when `operation` holds for (a, b).
Operation mirrored(Operation operation) {
  switch (operation) {
    case Operation::less:
      return Operation::greater;
    case Operation::less_equal:
      return Operation::greater_equal;
    case Operation::greater:
      return Operation::less;
    case Operation::greater_equal:
      return Operation::less_equal;
    default:
      return operation;
  }
}

template <typename T>
bool holds(Operation operation, const T& left, const T& right) {
  switch (operation) {
    case Operation::equal:
      return left == right;
    case Operation::not_equal:
      return left != right;
    case Operation::less:
      return left < right;
    case Operation::less_equal:
      return left <= right;
    case Operation::greater:
      return left > right;
    default:
      return left >= right;
  }
}

double calculate(Operation operation, double left, double right) {
  switch (operation) {
    case Operation::add:
      return left + right;
    case Operation::subtract:
      return left - right;
    case Operation::multiply:
      return left * right;
    case Operation::divide:
      return left / right;
    default:
      return std::fmod(left, right);
  }
}

}  // namespace

Evaluator::Evaluator(const Expression& expression, const EvaluationContext& context)
    : expression_(expression),
      context_(context),
      focus_{context.focus == kNoNode ? context.node : context.focus, 1, 1},
      steps_left_(context.max_steps) {}

Result<Value> Evaluator::run() {
  Value value = value_of(expression_.root);
  if (failed_) return error_;
  return value;
}

void Evaluator::fail(ErrorCode code, const SyntaxNode& at) { fail(Error{code, at.offset}); }

void Evaluator::fail(Error error) {
  if (!failed_) error_ = error;
  failed_ = true;
}

bool Evaluator::spend(std::size_t steps) {
  if (failed_) return false;
  if (steps > steps_left_) {
    fail(Error{ErrorCode::xpath_budget, 0});
    return false;
  }
  steps_left_ -= steps;
  return true;
}

Value Evaluator::value_of(std::uint32_t node) {
  if (!spend(1)) return std::string();
  const SyntaxNode& syntax = expression_.nodes[node];
  switch (syntax.operation) {
    case Operation::number:
      return expression_.numbers[syntax.payload];
    case Operation::text:
      return expression_.texts[syntax.payload];
    case Operation::reference:
      return resolve(syntax, false);
    case Operation::path:
      return value_of_path(syntax);
    case Operation::call:
      return value_of_call(syntax);
    case Operation::filter:
      return value_of_filter(syntax);
    case Operation::disjunction:
      return truth_argument(syntax, 0) || truth_argument(syntax, 1);
    case Operation::conjunction:
      return truth_argument(syntax, 0) && truth_argument(syntax, 1);
    case Operation::negate:
      return -number_argument(syntax, 0);
    case Operation::unite:
      return value_of_union(syntax);
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
    case Operation::divide:
    case Operation::modulo:
      return value_of_arithmetic(syntax);
    default:
      return value_of_comparison(syntax);
  }
}

const SyntaxNode& Evaluator::syntax_of_argument(const SyntaxNode& call, std::uint32_t index) const {
  return expression_.nodes[expression_.operands[call.first + index]];
}

Value Evaluator::argument(const SyntaxNode& call, std::uint32_t index) {
  return value_of(expression_.operands[call.first + index]);
}

std::string Evaluator::text_argument(const SyntaxNode& call, std::uint32_t index) {
  return text_of(argument(call, index));
}

double Evaluator::number_argument(const SyntaxNode& call, std::uint32_t index) {
  return number_of(argument(call, index));
}

bool Evaluator::truth_argument(const SyntaxNode& call, std::uint32_t index) {
  return truth_of(argument(call, index));
}

NodeSet Evaluator::nodes_argument(const SyntaxNode& call, std::uint32_t index) {
  Value value = argument(call, index);
  if (NodeSet* nodes = std::get_if<NodeSet>(&value)) return std::move(*nodes);
  fail(ErrorCode::xpath_type, syntax_of_argument(call, index));
  return {};
}

NodeSet Evaluator::everywhere_argument(const SyntaxNode& call, std::uint32_t index) {
  const SyntaxNode& syntax = syntax_of_argument(call, index);
  if (syntax.operation == Operation::reference) return resolve(syntax, true);
  return nodes_argument(call, index);
}

NodeSet Evaluator::resolve(const SyntaxNode& syntax, bool everywhere) {
  const std::uint32_t binding = expression_.bindings[syntax.payload];
  if (binding == kUnbound) {
    fail(ErrorCode::xpath_unbound, syntax);
    return {};
  }
  NodeSet nodes;
  context_.nodes.resolve(binding, context_.node, everywhere, nodes);
  spend(nodes.size());
  return nodes;
}

Value Evaluator::value_of_call(const SyntaxNode& syntax) {
  const Function* function = expression_.calls[syntax.payload].function;
  if (function == nullptr) {
    fail(ErrorCode::xpath_unknown_function, syntax);
    return std::string();
  }
  if (syntax.count < function->min_arguments ||
      (function->max_arguments != kAnyNumber && syntax.count > function->max_arguments)) {
    fail(ErrorCode::xpath_arity, syntax);
    return std::string();
  }
  return function->body(*this, syntax);
}

Value Evaluator::value_of_arithmetic(const SyntaxNode& syntax) {
  const double left = number_argument(syntax, 0);
  const double right = number_argument(syntax, 1);
  return calculate(syntax.operation, left, right);
}

Value Evaluator::value_of_comparison(const SyntaxNode& syntax) {
  const Value left = argument(syntax, 0);
  const Value right = argument(syntax, 1);
  if (failed_) return false;
  return compare(syntax.operation, left, right);
}

// XPath 1.0 section 3.4: a node-set stands for each of its nodes in turn.
bool Evaluator::compare(Operation operation, const Value& left, const Value& right) {
  if (const NodeSet* nodes = std::get_if<NodeSet>(&left)) {
    return compare_nodes(operation, *nodes, right);
  }
  if (const NodeSet* nodes = std::get_if<NodeSet>(&right)) {
    return compare_nodes(mirrored(operation), *nodes, left);
  }
  return compare_scalars(operation, left, right);
}

bool Evaluator::compare_nodes(Operation operation, const NodeSet& nodes, const Value& other) {
  if (std::holds_alternative<bool>(other) && !is_relational(operation)) {
    return compare_scalars(operation, truth_of(nodes), other);
  }
  const NodeSet* others = std::get_if<NodeSet>(&other);
  for (const NodeId node : nodes) {
    const Value text = text_of_node(node);
    if (others == nullptr) {
      if (compare_scalars(operation, text, other)) return true;
      continue;
    }
    if (!spend(others->size())) return false;
    for (const NodeId second : *others) {
      if (compare_scalars(operation, text, text_of_node(second))) return true;
    }
  }
  return false;
}

bool Evaluator::compare_scalars(Operation operation, const Value& left, const Value& right) {
  const bool with_date =
      std::holds_alternative<DateTime>(left) || std::holds_alternative<DateTime>(right);
  if (!is_relational(operation)) {
    if (std::holds_alternative<bool>(left) || std::holds_alternative<bool>(right)) {
      return holds(operation, truth_of(left), truth_of(right));
    }
    if (std::holds_alternative<std::string>(left) && std::holds_alternative<std::string>(right)) {
      return holds(operation, std::get<std::string>(left), std::get<std::string>(right));
    }
  }
  double a = number_of(left);
  double b = number_of(right);
  // Sums of days are rounded to the millisecond, so that today() + 1 equals tomorrow in any zone.
  if (with_date) {
    a = std::floor(a * 86400000.0 + 0.5);
    b = std::floor(b * 86400000.0 + 0.5);
  }
  return holds(operation, a, b);
}

std::string Evaluator::text_of_node(NodeId node) {
  std::string scratch;
  const std::string_view text = context_.nodes.text(node, scratch);
  if (context_.observer != nullptr) context_.observer->on_read(node, text);
  if (!spend(1 + text.size() / 64)) return {};
  return std::string(text);
}

double Evaluator::number_of_node(NodeId node) {
  return number_of_text(text_of_node(node), context_.zone);
}

std::string Evaluator::text_of(const Value& value) {
  if (const std::string* text = std::get_if<std::string>(&value)) return *text;
  if (const double* number = std::get_if<double>(&value)) return format_xpath_number(*number);
  if (const bool* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  if (const DateTime* date = std::get_if<DateTime>(&value)) {
    return format_date_time(*date, context_.zone);
  }
  const NodeSet& nodes = *std::get_if<NodeSet>(&value);
  return nodes.empty() ? std::string() : text_of_node(nodes.front());
}

double Evaluator::number_of(const Value& value) {
  if (const double* number = std::get_if<double>(&value)) return *number;
  if (const bool* truth = std::get_if<bool>(&value)) return *truth ? 1 : 0;
  if (const DateTime* date = std::get_if<DateTime>(&value)) return days_of(*date);
  if (const std::string* text = std::get_if<std::string>(&value)) {
    return number_of_text(*text, context_.zone);
  }
  const NodeSet& nodes = *std::get_if<NodeSet>(&value);
  return nodes.empty() ? kNaN : number_of_node(nodes.front());
}

bool Evaluator::truth_of(const Value& value) {
  if (const bool* truth = std::get_if<bool>(&value)) return *truth;
  if (const double* number = std::get_if<double>(&value)) {
    return *number != 0 && !std::isnan(*number);
  }
  if (const std::string* text = std::get_if<std::string>(&value)) return !text->empty();
  if (const DateTime* date = std::get_if<DateTime>(&value)) return date->valid;
  const NodeSet& nodes = *std::get_if<NodeSet>(&value);
  // XPath alone would take the answer "no" of a yes-or-no question for true, as the node exists.
  if (nodes.size() == 1 && context_.nodes.hint(nodes.front()) == ValueHint::boolean) {
    return text_of_node(nodes.front()) == "true";
  }
  return !nodes.empty();
}

DateTime Evaluator::date_of(const Value& value) {
  if (const DateTime* date = std::get_if<DateTime>(&value)) return *date;
  if (const double* number = std::get_if<double>(&value)) return date_time_of_days(*number);
  const DateTime invalid{0, false, false};
  if (std::holds_alternative<bool>(value)) return invalid;
  const std::string text = text_of(value);
  if (const auto parsed = parse_date_time(text, context_.zone)) return *parsed;
  const double number = number_of_text(text, context_.zone);
  return std::isnan(number) ? invalid : date_time_of_days(number);
}

Result<Value> evaluate(const Expression& expression, const EvaluationContext& context) {
  return Evaluator(expression, context).run();
}

std::string text_of_value(const Value& value, const EvaluationContext& context) {
  const Expression nothing;
  return Evaluator(nothing, context).text_of(value);
}

double number_of_value(const Value& value, const EvaluationContext& context) {
  const Expression nothing;
  return Evaluator(nothing, context).number_of(value);
}

bool truth_of_value(const Value& value, const EvaluationContext& context) {
  const Expression nothing;
  return Evaluator(nothing, context).truth_of(value);
}

}  // namespace landfall
