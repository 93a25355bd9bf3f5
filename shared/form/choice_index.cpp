#include "shared/form/choice_index.h"

#include "shared/xpath/functions.h"

namespace landfall {
namespace {

class KeyFinder {
 public:
  explicit KeyFinder(const Expression& filter) : filter_(filter) {}

  // Recursion is bounded by the depth of an expression.
  FilterKey find(std::uint32_t node) const {
    const SyntaxNode& syntax = filter_.nodes[node];
    if (syntax.operation == Operation::conjunction) {
      const FilterKey first = find(operand(syntax, 0));
      return first.column != kNoSyntax ? first : find(operand(syntax, 1));
    }
    if (syntax.operation != Operation::equal) return {};
    for (const std::uint32_t side : {0u, 1u}) {
      const std::uint32_t column = operand(syntax, side);
      const std::uint32_t other = operand(syntax, 1 - side);
      if (is_column(column) && is_same_for_all_rows(other)) return {column, other};
    }
    return {};
  }

 private:
  [[nodiscard]] std::uint32_t operand(const SyntaxNode& syntax, std::uint32_t index) const {
    return filter_.operands[syntax.first + index];
  }

  // A path of one step that names a column.
  [[nodiscard]] bool is_column(std::uint32_t node) const {
    const SyntaxNode& syntax = filter_.nodes[node];
    if (syntax.operation != Operation::path || syntax.count > 0) return false;
    const PathSyntax& path = filter_.paths[syntax.payload];
    if (path.absolute || path.steps.size() != 1) return false;
    const PathStep& step = path.steps.front();
    return step.axis == Axis::child && step.test == NodeTest::name && step.count == 0;
  }

  // What looks neither at "." nor at the place among the rows.
  [[nodiscard]] bool is_same_for_all_rows(std::uint32_t node) const {
    const SyntaxNode& syntax = filter_.nodes[node];
    if (syntax.operation == Operation::path) {
      const bool begins_at_row = syntax.count == 0 && !filter_.paths[syntax.payload].absolute;
      if (begins_at_row || has_predicate(syntax)) return false;
    }
    if (syntax.operation == Operation::filter) return false;
    if (syntax.operation == Operation::call) {
      const CallSyntax& call = filter_.calls[syntax.payload];
      if (call.function == nullptr) return false;
      const bool looks = call.function->input == FunctionInput::node;
      if (looks && call.name != "current" && call.name != "if") return false;
    }
    for (std::uint32_t i = 0; i < syntax.count; ++i) {
      if (!is_same_for_all_rows(operand(syntax, i))) return false;
    }
    return true;
  }

  [[nodiscard]] bool has_predicate(const SyntaxNode& syntax) const {
    for (const PathStep& step : filter_.paths[syntax.payload].steps) {
      if (step.count > 0) return true;
    }
    return false;
  }

  const Expression& filter_;
};

}  // namespace

FilterKey find_filter_key(const Expression& expression, std::uint32_t root) {
  return KeyFinder(expression).find(root);
}

const std::string& column_of_key(const Expression& expression, std::uint32_t column) {
  return expression.paths[expression.nodes[column].payload].steps.front().name;
}

}  // namespace landfall
