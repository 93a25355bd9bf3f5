#include "shared/form/choice_index.h"

#include "shared/xpath/functions.h"

namespace landfall {
namespace {

class KeyFinder {
 public:
  KeyFinder(const Expression& filter, const ChoiceList& list) : filter_(filter), list_(list) {}

  // Recursion is bounded by the depth of an expression.
  FilterKey find(std::uint32_t node) const {
    const SyntaxNode& syntax = filter_.nodes[node];
    if (syntax.operation == Operation::conjunction) {
      const FilterKey first = find(operand(syntax, 0));
      return first.column != FilterKey{}.column ? first : find(operand(syntax, 1));
    }
    if (syntax.operation != Operation::equal) return {};
    for (const std::uint32_t side : {0u, 1u}) {
      const std::uint32_t column = column_at(operand(syntax, side));
      const std::uint32_t other = operand(syntax, 1 - side);
      if (column < list_.columns.size() && is_same_for_all_rows(other)) return {column, other};
    }
    return {};
  }

 private:
  [[nodiscard]] std::uint32_t operand(const SyntaxNode& syntax, std::uint32_t index) const {
    return filter_.operands[syntax.first + index];
  }

  // The column that a path of one step names; columns.size() when it is none.
  [[nodiscard]] std::uint32_t column_at(std::uint32_t node) const {
    const SyntaxNode& syntax = filter_.nodes[node];
    const auto none = static_cast<std::uint32_t>(list_.columns.size());
    if (syntax.operation != Operation::path || syntax.count > 0) return none;
    const PathSyntax& path = filter_.paths[syntax.payload];
    if (path.absolute || path.steps.size() != 1) return none;
    const PathStep& step = path.steps.front();
    const bool is_plain =
        step.axis == Axis::child && step.test == NodeTest::name && step.count == 0;
    return is_plain ? list_.column_called(step.name) : none;
  }

  // What looks neither at "." nor at the place among the rows.
  [[nodiscard]] bool is_same_for_all_rows(std::uint32_t node) const {
    const SyntaxNode& syntax = filter_.nodes[node];
    if (syntax.operation == Operation::path && (syntax.count == 0 || has_predicate(syntax))) {
      return false;
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
  const ChoiceList& list_;
};

}  // namespace

FilterKey find_filter_key(const Expression& filter, const ChoiceList& list) {
  return KeyFinder(filter, list).find(filter.root);
}

}  // namespace landfall
