// Functions on nodes: counting, positions, repeats, secondary instances.

#include <algorithm>
#include <array>
#include <cmath>

#include "shared/xpath/evaluator.h"

namespace landfall {
namespace {

Value call_count(Evaluator& e, const SyntaxNode& call) {
  return static_cast<double>(e.nodes_argument(call, 0).size());
}

Value call_count_non_empty(Evaluator& e, const SyntaxNode& call) {
  double count = 0;
  for (const NodeId node : e.nodes_argument(call, 0)) count += e.text_of_node(node).empty() ? 0 : 1;
  return count;
}

// The place of `node` among the siblings that share its name, from 1: a repeat instance's number.
std::size_t place_of(Evaluator& e, NodeId node) {
  const NodeId parent = e.nodes().parent(node);
  if (parent == kNoNode) return 1;
  NodeSet siblings;
  e.nodes().append_children(parent, siblings);
  e.spend(siblings.size() / 8);
  const std::string name(e.nodes().name(node));
  std::size_t place = 0;
  for (const NodeId sibling : siblings) {
    if (e.nodes().name(sibling) == name) ++place;
    if (sibling == node) break;
  }
  return place;
}

Value call_position(Evaluator& e, const SyntaxNode& call) {
  if (call.count == 0) return static_cast<double>(e.focus().position);
  const NodeSet nodes = e.nodes_argument(call, 0);
  return nodes.empty() ? 0.0 : static_cast<double>(place_of(e, nodes.front()));
}

Value call_last(Evaluator& e, const SyntaxNode&) { return static_cast<double>(e.focus().size); }

Value call_current(Evaluator& e, const SyntaxNode&) { return NodeSet{e.origin()}; }

bool is_below(Evaluator& e, NodeId node, NodeId ancestor) {
  for (NodeId up = node; up != kNoNode && e.spend(1); up = e.nodes().parent(up)) {
    if (up == ancestor) return true;
  }
  return false;
}

// indexed-repeat(node, repeat, index, repeat2, index2 …): the node in the instances that the
// indexes name, from the outermost repeat to the innermost.
Value call_indexed_repeat(Evaluator& e, const SyntaxNode& call) {
  NodeSet nodes = e.everywhere_argument(call, 0);
  for (std::uint32_t i = 1; i + 1 < call.count && !e.failed(); i += 2) {
    const NodeSet instances = e.everywhere_argument(call, i);
    const double index = e.number_argument(call, i + 1);
    NodeSet kept;
    NodeId before = kNoNode;
    double place = 0;
    for (const NodeId instance : instances) {
      // Those of one repeat are side by side; each repeat within another begins anew.
      const NodeId parent = e.nodes().parent(instance);
      place = parent == before ? place + 1 : 1;
      before = parent;
      if (place != index) continue;
      for (const NodeId node : nodes) {
        if (is_below(e, node, instance)) kept.push_back(node);
      }
    }
    nodes = std::move(kept);
  }
  return nodes;
}

Value call_instance(Evaluator& e, const SyntaxNode& call) {
  const NodeId root = e.nodes().instance_root(e.text_argument(call, 0));
  return root == kNoNode ? NodeSet{} : NodeSet{root};
}

// pulldata(instance, column, key column, key): one cell of a table.
Value call_pulldata(Evaluator& e, const SyntaxNode& call) {
  const NodeId root = e.nodes().instance_root(e.text_argument(call, 0));
  const std::string column = e.text_argument(call, 1);
  const std::string key_column = e.text_argument(call, 2);
  const std::string key = e.text_argument(call, 3);
  if (root == kNoNode || e.failed()) return std::string();
  NodeSet rows;
  e.nodes().append_children(root, rows);
  // A table made of a sheet stands in one element more: instance('id')/root/item.
  if (rows.size() == 1 && e.nodes().name(rows.front()) == "root") {
    const NodeId table = rows.front();
    rows.clear();
    if (!e.nodes().rows_where(table, key_column, key, rows)) e.nodes().append_children(table, rows);
  }
  for (const NodeId row : rows) {
    NodeSet cells;
    e.nodes().append_children(row, cells);
    e.nodes().append_attributes(row, cells);
    if (!e.spend(1 + cells.size())) break;
    // "@name" is a column too where the rows have attributes.
    const auto named = [&e, &cells](std::string_view name) {
      const bool is_attribute = name.substr(0, 1) == "@";
      if (is_attribute) name.remove_prefix(1);
      return std::find_if(cells.begin(), cells.end(), [&e, name, is_attribute](NodeId cell) {
        const bool same_kind = (e.nodes().kind(cell) == TreeNodeKind::attribute) == is_attribute;
        return same_kind && e.nodes().name(cell) == name;
      });
    };
    const auto found = named(key_column);
    if (found == cells.end() || e.text_of_node(*found) != key) continue;
    const auto wanted = named(column);
    return wanted == cells.end() ? std::string() : e.text_of_node(*wanted);
  }
  return std::string();
}

Value call_version(Evaluator& e, const SyntaxNode&) {
  return std::string(e.nodes().form_version());
}

// The texts of an argument's nodes, or its one text.
std::vector<std::string> texts_of(Evaluator& e, const SyntaxNode& call, std::uint32_t index) {
  const Value value = e.argument(call, index);
  const NodeSet* nodes = std::get_if<NodeSet>(&value);
  if (nodes == nullptr) {
    // Of a truth value, the text that is true or is not there.
    if (const bool* truth = std::get_if<bool>(&value)) return {*truth ? "true" : ""};
    return {e.text_of(value)};
  }
  std::vector<std::string> texts;
  for (const NodeId node : *nodes) texts.push_back(e.text_of_node(node));
  return texts;
}

// weighted-checklist(least, most, v, w …): the weights of the true values, between two bounds.
Value call_weighted_checklist(Evaluator& e, const SyntaxNode& call) {
  const double least = e.number_argument(call, 0);
  const double most = e.number_argument(call, 1);
  double weight = 0;
  for (std::uint32_t i = 2; i + 1 < call.count && !e.failed(); i += 2) {
    const std::vector<std::string> values = texts_of(e, call, i);
    const std::vector<std::string> weights = texts_of(e, call, i + 1);
    for (std::size_t k = 0; k < values.size() && k < weights.size(); ++k) {
      if (!values[k].empty()) weight += e.number_of(weights[k]);
    }
  }
  return (least < 0 || weight >= least) && (most < 0 || weight <= most);
}

constexpr std::array kFunctions = {
    Function{"count", 1, 1, 1, FunctionInput::nothing, call_count},
    Function{"count-non-empty", 1, 1, 1, FunctionInput::nothing, call_count_non_empty},
    Function{"position", 0, 1, 1, FunctionInput::node, call_position},
    Function{"last", 0, 0, 0, FunctionInput::node, call_last},
    Function{"current", 0, 0, 0, FunctionInput::node, call_current, true},
    Function{"indexed-repeat", 3, kAnyNumber, 0b1010101011, FunctionInput::node,
             call_indexed_repeat, true, true},
    Function{"instance", 1, 1, 0, FunctionInput::form, call_instance, true},
    Function{"pulldata", 4, 4, 0, FunctionInput::form, call_pulldata},
    Function{"version", 0, 0, 0, FunctionInput::form, call_version},
    Function{"weighted-checklist", 2, kAnyNumber, 0, FunctionInput::nothing,
             call_weighted_checklist, false, true},
};

}  // namespace

std::span<const Function> node_functions() { return kFunctions; }

}  // namespace landfall
