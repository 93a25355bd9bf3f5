// The location paths, predicates and unions of Evaluator.

#include <algorithm>

#include "shared/base/sorting.h"
#include "shared/xpath/evaluator.h"

namespace landfall {
namespace {

bool has_predicates(const PathSyntax& path) {
  return std::any_of(path.steps.begin(), path.steps.end(),
                     [](const PathStep& step) { return step.count > 0; });
}

bool is_reverse(Axis axis) {
  return axis == Axis::ancestor || axis == Axis::ancestor_or_self || axis == Axis::parent ||
         axis == Axis::preceding || axis == Axis::preceding_sibling;
}

}  // namespace

void Evaluator::put_in_order(NodeSet& nodes) const {
  if (nodes.size() < 2) return;
  const NodeSource& source = context_.nodes;
  sort_numbers(nodes, [&source](NodeId a, NodeId b) { return source.order(a) < source.order(b); });
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
}

Value Evaluator::value_of_path(const SyntaxNode& syntax) {
  const PathSyntax& path = expression_.paths[syntax.payload];
  NodeSet nodes;
  if (syntax.count > 0) {
    nodes = nodes_argument(syntax, 0);
  } else if (focus_.node != kNoNode) {
    nodes.push_back(path.absolute ? context_.nodes.root_of(focus_.node) : focus_.node);
  }
  for (const PathStep& step : path.steps) {
    if (failed_ || nodes.empty()) break;
    nodes = take_step(step, nodes);
  }
  if (path.absolute && nodes.size() > 1 && !has_predicates(path)) {
    context_.nodes.narrow(context_.node, nodes);
  }
  return nodes;
}

Value Evaluator::value_of_filter(const SyntaxNode& syntax) {
  NodeSet nodes = nodes_argument(syntax, 0);
  for (std::uint32_t i = 1; i < syntax.count && !failed_; ++i) {
    nodes = select(nodes, expression_.operands[syntax.first + i]);
  }
  return nodes;
}

Value Evaluator::value_of_union(const SyntaxNode& syntax) {
  NodeSet nodes = nodes_argument(syntax, 0);
  const NodeSet more = nodes_argument(syntax, 1);
  nodes.insert(nodes.end(), more.begin(), more.end());
  put_in_order(nodes);
  return nodes;
}

bool Evaluator::is_key(const Value& value) {
  const NodeSet* nodes = std::get_if<NodeSet>(&value);
  return std::holds_alternative<std::string>(value) || (nodes != nullptr && nodes->size() == 1);
}

// The rows of a table that an index leaves for the first predicate; false where all must be tried.
bool Evaluator::append_rows(const PathStep& step, NodeId from, NodeSet& to) {
  const Value key = value_of(step.key_value);
  if (failed_ || !is_key(key)) return false;
  const SyntaxNode& column = expression_.nodes[step.key_column];
  const std::string& name = expression_.paths[column.payload].steps.front().name;
  NodeSet rows;
  if (!context_.nodes.rows_where(from, name, text_of(key), rows)) return false;
  for (const NodeId row : rows) {
    if (passes(step, row)) to.push_back(row);
  }
  return true;
}

// Predicates count along the axis, so each starting node is filtered on its own.
NodeSet Evaluator::take_step(const PathStep& step, const NodeSet& from) {
  NodeSet result;
  for (const NodeId node : from) {
    NodeSet found;
    if (step.key_value == kNoSyntax || !append_rows(step, node, found)) {
      append_axis(step, node, found);
    }
    if (!spend(1 + found.size())) return {};
    for (std::uint32_t i = 0; i < step.count && !failed_; ++i) {
      found = select(found, expression_.operands[step.first + i]);
    }
    result.insert(result.end(), found.begin(), found.end());
  }
  if (from.size() > 1 || is_reverse(step.axis)) put_in_order(result);
  return result;
}

NodeSet Evaluator::select(const NodeSet& nodes, std::uint32_t predicate) {
  const Focus outer = focus_;
  NodeSet kept;
  for (std::size_t i = 0; i < nodes.size() && !failed_; ++i) {
    focus_ = {nodes[i], i + 1, nodes.size()};
    const Value value = value_of(predicate);
    const double* position = std::get_if<double>(&value);
    const bool keep =
        position != nullptr ? *position == static_cast<double>(i + 1) : truth_of(value);
    if (keep) kept.push_back(nodes[i]);
  }
  focus_ = outer;
  return kept;
}

bool Evaluator::passes(const PathStep& step, NodeId node) const {
  const TreeNodeKind kind = context_.nodes.kind(node);
  const TreeNodeKind principal =
      step.axis == Axis::attribute ? TreeNodeKind::attribute : TreeNodeKind::element;
  switch (step.test) {
    case NodeTest::node:
      return true;
    case NodeTest::text:
      return kind == TreeNodeKind::text;
    case NodeTest::comment:
      return kind == TreeNodeKind::comment;
    case NodeTest::instruction:
      return kind == TreeNodeKind::instruction &&
             (step.name.empty() || context_.nodes.name(node) == step.name);
    case NodeTest::any_element:
      return kind == principal;
    case NodeTest::name:
      break;
  }
  return kind == principal && context_.nodes.is_named(node, step.name);
}

void Evaluator::append_axis(const PathStep& step, NodeId from, NodeSet& to) {
  NodeSet found;
  const NodeSource& source = context_.nodes;
  switch (step.axis) {
    case Axis::child:
      source.append_children(from, found);
      break;
    case Axis::attribute:
      source.append_attributes(from, found);
      break;
    case Axis::self:
      found.push_back(from);
      break;
    case Axis::parent:
      if (const NodeId parent = source.parent(from); parent != kNoNode) found.push_back(parent);
      break;
    case Axis::descendant_or_self:
      found.push_back(from);
      append_descendants(from, found);
      break;
    case Axis::descendant:
      append_descendants(from, found);
      break;
    case Axis::ancestor_or_self:
    case Axis::ancestor:
      if (step.axis == Axis::ancestor_or_self) found.push_back(from);
      for (NodeId up = source.parent(from); up != kNoNode && spend(1); up = source.parent(up)) {
        found.push_back(up);
      }
      break;
    case Axis::following_sibling:
    case Axis::preceding_sibling:
      append_siblings(from, step.axis == Axis::following_sibling, found);
      break;
    case Axis::following:
    case Axis::preceding:
      append_outside(from, step.axis == Axis::following, found);
      break;
    case Axis::name_space:  // no tree keeps its declarations
      break;
  }
  for (const NodeId node : found) {
    if (passes(step, node)) to.push_back(node);
  }
}

// Depth first with an explicit stack: a tree may be deeper than the machine's.
void Evaluator::append_descendants(NodeId from, NodeSet& to) {
  NodeSet pending;
  context_.nodes.append_children(from, pending);
  std::reverse(pending.begin(), pending.end());
  while (!pending.empty() && spend(1)) {
    const NodeId node = pending.back();
    pending.pop_back();
    to.push_back(node);
    const std::size_t mark = pending.size();
    context_.nodes.append_children(node, pending);
    std::reverse(pending.begin() + static_cast<std::ptrdiff_t>(mark), pending.end());
  }
}

void Evaluator::append_siblings(NodeId from, bool following, NodeSet& to) {
  const NodeId parent = context_.nodes.parent(from);
  if (parent == kNoNode) return;
  NodeSet siblings;
  context_.nodes.append_children(parent, siblings);
  const auto self = std::find(siblings.begin(), siblings.end(), from);
  if (self == siblings.end()) return;
  if (following) {
    to.insert(to.end(), self + 1, siblings.end());
    return;
  }
  for (auto at = self; at != siblings.begin();) to.push_back(*--at);
}

// What comes after a node without being below it, or before it without being above it.
void Evaluator::append_outside(NodeId from, bool following, NodeSet& to) {
  for (NodeId node = from; node != kNoNode && spend(1); node = context_.nodes.parent(node)) {
    NodeSet siblings;
    append_siblings(node, following, siblings);
    for (const NodeId sibling : siblings) {
      NodeSet subtree{sibling};
      append_descendants(sibling, subtree);
      if (!following) std::reverse(subtree.begin(), subtree.end());
      to.insert(to.end(), subtree.begin(), subtree.end());
    }
  }
}

}  // namespace landfall
