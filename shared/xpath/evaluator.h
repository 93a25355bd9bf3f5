// Evaluator: walks a syntax tree; what the functions call back into.

#ifndef LANDFALL_SHARED_XPATH_EVALUATOR_H_
#define LANDFALL_SHARED_XPATH_EVALUATOR_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "shared/xpath/evaluate.h"
#include "shared/xpath/functions.h"

namespace landfall {

// One evaluation. Errors are sticky: after fail() every call returns an empty value at once, and
// run() gives the first error.
class Evaluator {
 public:
  Evaluator(const Expression& expression, const EvaluationContext& context);
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  [[nodiscard]] Result<Value> run();
  [[nodiscard]] Result<bool> run_truth();

  // The value of a syntax node in the current focus.
  [[nodiscard]] Value value_of(std::uint32_t node);

  // The arguments of a call. REQUIRES: index < call.count.
  [[nodiscard]] Value argument(const SyntaxNode& call, std::uint32_t index);
  [[nodiscard]] std::string text_argument(const SyntaxNode& call, std::uint32_t index);
  [[nodiscard]] double number_argument(const SyntaxNode& call, std::uint32_t index);
  [[nodiscard]] bool truth_argument(const SyntaxNode& call, std::uint32_t index);
  // The nodes of an argument; fails with xpath_type when it is not a node-set.
  [[nodiscard]] NodeSet nodes_argument(const SyntaxNode& call, std::uint32_t index);
  // The same with ${name} meaning the question in every repeat instance.
  [[nodiscard]] NodeSet everywhere_argument(const SyntaxNode& call, std::uint32_t index);
  // The node of the syntax tree that is the argument.
  [[nodiscard]] const SyntaxNode& syntax_of_argument(const SyntaxNode& call,
                                                     std::uint32_t index) const;

  // Conversions of XPath 1.0 section 4.
  [[nodiscard]] std::string text_of(const Value& value);
  [[nodiscard]] double number_of(const Value& value);
  [[nodiscard]] bool truth_of(const Value& value);
  [[nodiscard]] std::string text_of_node(NodeId node);
  [[nodiscard]] double number_of_node(NodeId node);
  // A date as it is, a text or number read as one; invalid when it means none.
  [[nodiscard]] DateTime date_of(const Value& value);

  // Whether `value` is compared by its text alone, so that an index of texts answers for it: of
  // many nodes each would have to be looked up, and numbers and dates are compared otherwise.
  [[nodiscard]] static bool is_key(const Value& value);

  // Records the first error, at the place of `at`.
  void fail(ErrorCode code, const SyntaxNode& at);
  void fail(Error error);
  [[nodiscard]] bool failed() const { return failed_; }

  // Counts work; fails with xpath_budget when there was too much.
  bool spend(std::size_t steps);

  // The focus: where "." is, and its place among the nodes of the predicate being evaluated.
  struct Focus {
    NodeId node = kNoNode;
    std::size_t position = 1;
    std::size_t size = 1;
  };
  [[nodiscard]] const Focus& focus() const { return focus_; }
  // The node that the whole expression is evaluated at: current().
  [[nodiscard]] NodeId origin() const { return context_.node; }
  [[nodiscard]] const EvaluationContext& context() const { return context_; }
  [[nodiscard]] const NodeSource& nodes() const { return context_.nodes; }
  [[nodiscard]] const Expression& expression() const { return expression_; }
  // Appends all below `from`, in document order.
  void append_descendants(NodeId from, NodeSet& to);

 private:
  [[nodiscard]] std::size_t most_steps() const;
  // The node that an operand plainly is; kNoNode when that takes more than a look.
  [[nodiscard]] NodeId lone_node(std::uint32_t node);
  [[nodiscard]] NodeId end_of_path(const PathSyntax& path) const;
  [[nodiscard]] std::string_view read_node(NodeId node, std::string& scratch);
  [[nodiscard]] bool truth_of_syntax(std::uint32_t node);
  [[nodiscard]] bool truth_of_node(NodeId node);
  [[nodiscard]] bool compares_with_literal(Operation operation, NodeId node,
                                           const SyntaxNode& literal);
  [[nodiscard]] bool compares_two(Operation operation, NodeId left, NodeId right);
  [[nodiscard]] Value value_of_call(const SyntaxNode& syntax);
  // The argument's value, of a set of nodes the text of its first.
  [[nodiscard]] Value scalar_argument(const SyntaxNode& call, std::uint32_t index);
  // Whether `value` is a date, or a text that is one, and which.
  [[nodiscard]] bool is_date(const Value& value, DateTime& date);
  [[nodiscard]] double days_between(const DateTime& begin, const DateTime& end) const;
  [[nodiscard]] Value value_of_arithmetic(const SyntaxNode& syntax);
  [[nodiscard]] bool truth_of_operation(const SyntaxNode& syntax);
  [[nodiscard]] bool truth_of_comparison(const SyntaxNode& syntax);
  [[nodiscard]] Value value_of_path(const SyntaxNode& syntax);
  [[nodiscard]] Value value_of_filter(const SyntaxNode& syntax);
  [[nodiscard]] Value value_of_union(const SyntaxNode& syntax);
  [[nodiscard]] NodeSet resolve(const SyntaxNode& syntax, bool everywhere);

  [[nodiscard]] bool compare(Operation operation, const Value& left, const Value& right);
  [[nodiscard]] bool compare_nodes(Operation operation, const NodeSet& nodes, const Value& other);
  [[nodiscard]] bool compare_scalars(Operation operation, const Value& left, const Value& right);

  [[nodiscard]] bool append_rows(const PathStep& step, NodeId from, NodeSet& to);
  [[nodiscard]] NodeSet take_step(const PathStep& step, const NodeSet& from);
  void append_axis(const PathStep& step, NodeId from, NodeSet& to);
  void append_siblings(NodeId from, bool following, NodeSet& to);
  void append_outside(NodeId from, bool following, NodeSet& to);
  [[nodiscard]] bool passes(const PathStep& step, NodeId node) const;
  [[nodiscard]] NodeSet select(const NodeSet& nodes, std::uint32_t predicate);
  void put_in_order(NodeSet& nodes) const;

  const Expression& expression_;
  const EvaluationContext& context_;
  Focus focus_;
  std::size_t steps_left_;
  bool failed_ = false;
  Error error_;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_XPATH_EVALUATOR_H_
