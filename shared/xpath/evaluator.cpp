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

bool is_truth_operation(Operation operation) {
  return operation >= Operation::disjunction && operation <= Operation::greater_equal;
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
      steps_left_(most_steps()) {}

Evaluator::~Evaluator() {
  if (context_.pool != nullptr) *context_.pool -= most_steps() - steps_left_;
}

std::size_t Evaluator::most_steps() const {
  return context_.pool == nullptr ? context_.max_steps
                                  : std::min(context_.max_steps, *context_.pool);
}

Result<Value> Evaluator::run() {
  Value value = value_of(expression_.root);
  if (failed_) return error_;
  return value;
}

Result<bool> Evaluator::run_truth() {
  const bool truth = truth_of_syntax(expression_.root);
  if (failed_) return error_;
  return truth;
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
    steps_left_ = 0;
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
      return truth_of_operation(syntax);
  }
}

// Conjunctions and comparisons, without making values of what is only asked for its truth.
bool Evaluator::truth_of_operation(const SyntaxNode& syntax) {
  switch (syntax.operation) {
    case Operation::disjunction:
      return truth_argument(syntax, 0) || truth_argument(syntax, 1);
    case Operation::conjunction:
      return truth_argument(syntax, 0) && truth_argument(syntax, 1);
    default:
      return truth_of_comparison(syntax);
  }
}

bool Evaluator::truth_of_syntax(std::uint32_t node) {
  const SyntaxNode& syntax = expression_.nodes[node];
  if (is_truth_operation(syntax.operation)) return spend(1) && truth_of_operation(syntax);
  const NodeId lone = lone_node(node);
  return lone == kNoNode ? truth_of(value_of(node)) : truth_of_node(lone);
}

NodeId Evaluator::lone_node(std::uint32_t node) {
  if (failed_) return kNoNode;
  const SyntaxNode& syntax = expression_.nodes[node];
  if (syntax.operation == Operation::reference) {
    const std::uint32_t binding = expression_.bindings[syntax.payload];
    return binding == kUnbound ? kNoNode : context_.nodes.resolve_one(binding, context_.node);
  }
  const bool is_location = syntax.operation == Operation::path && syntax.count == 0;
  return is_location ? end_of_path(expression_.paths[syntax.payload]) : kNoNode;
}

// Follows "." and ".." and names of children as long as each of them is one node.
NodeId Evaluator::end_of_path(const PathSyntax& path) const {
  NodeId node = focus_.node;
  if (path.absolute && node != kNoNode) node = context_.nodes.root_of(node);
  for (const PathStep& step : path.steps) {
    if (node == kNoNode || step.count > 0) return kNoNode;
    if (step.axis == Axis::child && step.test == NodeTest::name) {
      node = context_.nodes.lone_child(node, step.name);
    } else if (step.axis == Axis::parent && step.test == NodeTest::node) {
      node = context_.nodes.parent(node);
    } else if (step.axis != Axis::self || step.test != NodeTest::node) {
      return kNoNode;
    }
  }
  return node;
}

const SyntaxNode& Evaluator::syntax_of_argument(const SyntaxNode& call, std::uint32_t index) const {
  return expression_.nodes[expression_.operands[call.first + index]];
}

Value Evaluator::argument(const SyntaxNode& call, std::uint32_t index) {
  return value_of(expression_.operands[call.first + index]);
}

std::string Evaluator::text_argument(const SyntaxNode& call, std::uint32_t index) {
  const std::uint32_t node = expression_.operands[call.first + index];
  const NodeId lone = lone_node(node);
  return lone == kNoNode ? text_of(value_of(node)) : text_of_node(lone);
}

double Evaluator::number_argument(const SyntaxNode& call, std::uint32_t index) {
  const std::uint32_t node = expression_.operands[call.first + index];
  const NodeId lone = lone_node(node);
  return lone == kNoNode ? number_of(value_of(node)) : number_of_node(lone);
}

bool Evaluator::truth_argument(const SyntaxNode& call, std::uint32_t index) {
  return truth_of_syntax(expression_.operands[call.first + index]);
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
  if (!takes_arguments(*function, syntax.count)) {
    fail(ErrorCode::xpath_arity, syntax);
    return std::string();
  }
  return function->body(*this, syntax);
}

bool Evaluator::is_date(const Value& value, DateTime& date) {
  if (std::holds_alternative<double>(value) || std::holds_alternative<bool>(value)) return false;
  if (const DateTime* given = std::get_if<DateTime>(&value)) {
    date = *given;
    return date.valid;
  }
  // No shorter text is one, and most that are compared are short.
  const std::string* text = std::get_if<std::string>(&value);
  if (text != nullptr && text->size() < 8) return false;
  const std::optional<DateTime> read = parse_date_time(text_of(value), context_.zone);
  if (read) date = *read;
  return read.has_value();
}

// From one date to another are whole days, also where a day of summer time is shorter; between
// times of day it is the time that passed.
double Evaluator::days_between(const DateTime& begin, const DateTime& end) const {
  constexpr std::int64_t kDayMs = 86400000;
  const auto local = [this](const DateTime& date) {
    return date.milliseconds +
           offset_minutes_at(context_.zone, date.milliseconds) * std::int64_t{60000};
  };
  const std::int64_t days = local(end) - local(begin);
  const bool are_dates = days % kDayMs == 0 && local(end) % kDayMs == 0;
  return static_cast<double>(are_dates ? days : end.milliseconds - begin.milliseconds) /
         double{kDayMs};
}

Value Evaluator::scalar_argument(const SyntaxNode& call, std::uint32_t index) {
  Value value = argument(call, index);
  if (std::holds_alternative<NodeSet>(value)) return text_of(value);
  return value;
}

Value Evaluator::value_of_arithmetic(const SyntaxNode& syntax) {
  if (syntax.operation == Operation::subtract) {
    const Value left = scalar_argument(syntax, 0);
    const Value right = scalar_argument(syntax, 1);
    DateTime end;
    DateTime begin;
    if (is_date(left, end) && is_date(right, begin)) return days_between(begin, end);
    return number_of(left) - number_of(right);
  }
  const double left = number_argument(syntax, 0);
  const double right = number_argument(syntax, 1);
  return calculate(syntax.operation, left, right);
}

bool Evaluator::truth_of_comparison(const SyntaxNode& syntax) {
  if (const NodeId node = lone_node(expression_.operands[syntax.first]); node != kNoNode) {
    const SyntaxNode& second = syntax_of_argument(syntax, 1);
    if (second.operation == Operation::number || second.operation == Operation::text) {
      return compares_with_literal(syntax.operation, node, second);
    }
    const NodeId other = lone_node(expression_.operands[syntax.first + 1]);
    if (other != kNoNode) return compares_two(syntax.operation, node, other);
  }
  const Value left = argument(syntax, 0);
  const Value right = argument(syntax, 1);
  if (failed_) return false;
  return compare(syntax.operation, left, right);
}

// Most comparisons in forms are of one answer with a constant or with another answer.
bool Evaluator::compares_with_literal(Operation operation, NodeId node, const SyntaxNode& literal) {
  std::string scratch;
  const std::string_view text = read_node(node, scratch);
  if (failed_) return false;
  if (literal.operation == Operation::number) {
    return holds(operation, number_of_text(text, context_.zone),
                 expression_.numbers[literal.payload]);
  }
  const std::string_view constant = expression_.texts[literal.payload];
  if (!is_relational(operation)) return holds(operation, text, constant);
  return holds(operation, number_of_text(text, context_.zone),
               number_of_text(constant, context_.zone));
}

bool Evaluator::compares_two(Operation operation, NodeId left, NodeId right) {
  if (is_relational(operation)) {
    const double number = number_of_node(left);
    return holds(operation, number, number_of_node(right));
  }
  const std::string text = text_of_node(left);
  std::string scratch;
  return holds(operation, std::string_view(text), read_node(right, scratch));
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
  DateTime date;
  if (is_date(left, date) || is_date(right, date)) {
    a = std::floor(a * 86400000.0 + 0.5);
    b = std::floor(b * 86400000.0 + 0.5);
  }
  return holds(operation, a, b);
}

std::string_view Evaluator::read_node(NodeId node, std::string& scratch) {
  const std::string_view text = context_.nodes.text(node, scratch);
  if (context_.observer != nullptr) context_.observer->on_read(node, text);
  if (!spend(1 + text.size() / 16)) return {};
  return text;
}

std::string Evaluator::text_of_node(NodeId node) {
  std::string scratch;
  const std::string_view text = read_node(node, scratch);
  if (!scratch.empty() && text.data() == scratch.data()) return scratch;
  return std::string(text);
}

double Evaluator::number_of_node(NodeId node) {
  std::string scratch;
  return number_of_text(read_node(node, scratch), context_.zone);
}

// XPath alone would take the answer "no" of a yes-or-no question for true, as the node exists.
bool Evaluator::truth_of_node(NodeId node) {
  const ValueHint hint = context_.nodes.hint(node);
  if (hint == ValueHint::text) return true;
  std::string scratch;
  const std::string_view text = read_node(node, scratch);
  return hint == ValueHint::boolean ? text == "true" : !text.empty();
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
  return nodes.size() == 1 ? truth_of_node(nodes.front()) : !nodes.empty();
}

DateTime Evaluator::date_of(const Value& value) {
  DateTime date{0, false, false};
  if (std::holds_alternative<bool>(value) || is_date(value, date)) return date;
  return date_time_of_days(number_of(value));
}

Result<Value> evaluate(const Expression& expression, const EvaluationContext& context) {
  return Evaluator(expression, context).run();
}

Result<bool> evaluate_truth(const Expression& expression, const EvaluationContext& context) {
  return Evaluator(expression, context).run_truth();
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
