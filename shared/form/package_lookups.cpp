// Which columns of lists, data sets and instances get an index: those that expressions look rows up
// by.

#include <algorithm>
#include <functional>

#include "shared/form/choice_index.h"
#include "shared/form/package_builder.h"

namespace landfall {
namespace {

// The text that an operand of `syntax` is as it is written; empty where it is computed.
std::string_view literal_at(const Expression& expression, const SyntaxNode& syntax,
                            std::uint32_t index) {
  if (index >= syntax.count) return {};
  const SyntaxNode& operand = expression.nodes[expression.operands[syntax.first + index]];
  return operand.operation == Operation::text ? std::string_view(expression.texts[operand.payload])
                                              : std::string_view();
}

std::string_view name_of_call(const Expression& expression, const SyntaxNode& syntax) {
  return syntax.operation == Operation::call ? expression.calls[syntax.payload].name
                                             : std::string_view();
}

// A place among all rows is another one among those that an index leaves.
bool counts_places(const Expression& expression) {
  return std::any_of(expression.calls.begin(), expression.calls.end(), [](const CallSyntax& call) {
    return call.name == "position" || call.name == "last";
  });
}

// Each row is an element, and they stand in the order of the tree.
bool finds_rows_by_place(const ChoiceList& list) {
  const std::vector<std::uint32_t>& places = list.places;
  return places.size() == list.row_count() &&
         std::adjacent_find(places.begin(), places.end(), std::greater_equal<>()) == places.end();
}

}  // namespace

void PackageBuilder::index_table(std::string_view id, std::string_view column) {
  const std::uint32_t tree = tree_index(id);
  if (tree != kNone) return package_.trees[tree].index_elements(column);
  const std::uint32_t list = list_index(id);
  if (list != kNone) package_.lists[list].index_column(column);
}

void PackageBuilder::index_filters() {
  for (NodeDefinition& node : package_.nodes) {
    if (node.choice_filter == kNone || node.list == kNone) continue;
    ChoiceList& list = package_.lists[node.list];
    const Expression& filter = package_.expressions[node.choice_filter];
    const FilterKey key = find_filter_key(filter, filter.root);
    if (key.column == kNoSyntax) continue;
    const bool is_tree = node.choice_tree != kNone;
    if (is_tree && !finds_rows_by_place(list)) continue;
    node.filter_column = key.column;
    node.filter_key = key.value;
    const std::string& column = column_of_key(filter, key.column);
    if (is_tree) {
      package_.trees[node.choice_tree].index_elements(column);
    } else {
      list.index_column(column);
    }
  }
  for (Expression& expression : package_.expressions) index_lookups(expression);
}

void PackageBuilder::index_lookups(Expression& expression) {
  for (const SyntaxNode& syntax : expression.nodes) {
    if (name_of_call(expression, syntax) == "pulldata") {
      index_table(literal_at(expression, syntax, 0), literal_at(expression, syntax, 2));
    }
    if (syntax.operation != Operation::path || syntax.count == 0) continue;
    const SyntaxNode& begin = expression.nodes[expression.operands[syntax.first]];
    if (name_of_call(expression, begin) != "instance" || counts_places(expression)) continue;
    for (PathStep& step : expression.paths[syntax.payload].steps) {
      if (step.count == 0 || step.axis != Axis::child) continue;
      const FilterKey key = find_filter_key(expression, expression.operands[step.first]);
      if (key.column == kNoSyntax) continue;
      step.key_column = key.column;
      step.key_value = key.value;
      index_table(literal_at(expression, begin, 0), column_of_key(expression, key.column));
    }
  }
}

}  // namespace landfall
