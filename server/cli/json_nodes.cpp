#include "server/cli/json_nodes.h"

#include <algorithm>

#include "shared/xpath/value.h"

namespace landfall {
namespace {

std::string text_of_scalar(const Json& value) {
  if (value.is_string()) return std::string(text_value(value));
  if (value.is_number()) return format_xpath_number(number_value(value));
  if (value.is_boolean()) return value == Json(true) ? "true" : "false";
  return "";
}

std::string joined(const Json& list) {
  std::string text;
  for (const Json& item : list) {
    if (!text.empty()) text += ' ';
    text += text_of_scalar(item);
  }
  return text;
}

bool is_repeat(const Json& value) {
  return value.is_array() &&
         std::any_of(value.begin(), value.end(), [](const Json& item) { return item.is_object(); });
}

}  // namespace

JsonNodes::JsonNodes(const Json& document) {
  add(kNoNode, "");
  fill(add(0, "data"), document);
}

NodeId JsonNodes::add(NodeId parent, std::string_view name) {
  const auto id = static_cast<NodeId>(nodes_.size());
  Node node;
  node.parent = parent;
  node.name = std::string(name);
  nodes_.push_back(std::move(node));
  if (parent == kNoNode) return id;
  nodes_[parent].children.push_back(id);
  by_name_[std::string(name)].push_back(id);
  return id;
}

void JsonNodes::fill(NodeId node, const Json& value) {
  if (value.is_object()) {
    for (const auto& [name, member] : value.items()) add_member(node, name, member);
    return;
  }
  nodes_[node].text = value.is_array() ? joined(value) : text_of_scalar(value);
  if (value.is_boolean()) nodes_[node].hint = ValueHint::boolean;
}

void JsonNodes::add_member(NodeId parent, std::string_view name, const Json& value) {
  if (!is_repeat(value)) {
    fill(add(parent, name), value);
    return;
  }
  for (const Json& instance : value) fill(add(parent, name), instance);
}

void JsonNodes::bind(Expression& expression) {
  expression.bindings.assign(expression.names.size(), kUnbound);
  for (std::size_t i = 0; i < expression.names.size(); ++i) {
    const auto found = by_name_.find(expression.names[i]);
    if (found == by_name_.end()) continue;
    expression.bindings[i] = static_cast<std::uint32_t>(bindings_.size());
    bindings_.push_back(&found->second);
  }
}

NodeId JsonNodes::root_of(NodeId) const { return 0; }

NodeId JsonNodes::parent(NodeId node) const { return nodes_[node].parent; }

void JsonNodes::append_children(NodeId node, std::vector<NodeId>& to) const {
  const std::vector<NodeId>& children = nodes_[node].children;
  to.insert(to.end(), children.begin(), children.end());
}

TreeNodeKind JsonNodes::kind(NodeId node) const {
  return node == 0 ? TreeNodeKind::root : TreeNodeKind::element;
}

std::string_view JsonNodes::name(NodeId node) const { return nodes_[node].name; }

std::string_view JsonNodes::text(NodeId node, std::string& scratch) const {
  const Node& here = nodes_[node];
  if (here.children.empty()) return here.text;
  std::string gathered;
  for (const NodeId child : here.children) gathered += text(child, scratch);
  scratch = std::move(gathered);
  return scratch;
}

ValueHint JsonNodes::hint(NodeId node) const { return nodes_[node].hint; }

std::size_t JsonNodes::shared_ancestors(NodeId a, NodeId b) const {
  std::vector<NodeId> above_a;
  for (NodeId at = a; at != kNoNode; at = nodes_[at].parent) above_a.push_back(at);
  for (NodeId at = b; at != kNoNode; at = nodes_[at].parent) {
    const auto met = std::find(above_a.begin(), above_a.end(), at);
    if (met != above_a.end()) return static_cast<std::size_t>(above_a.end() - met);
  }
  return 0;
}

void JsonNodes::resolve(std::uint32_t binding, NodeId context, bool everywhere,
                        std::vector<NodeId>& to) const {
  const std::vector<NodeId>& named = *bindings_[binding];
  std::size_t most = 0;
  for (const NodeId node : named) most = std::max(most, shared_ancestors(node, context));
  for (const NodeId node : named) {
    if (everywhere || shared_ancestors(node, context) == most) to.push_back(node);
  }
}

}  // namespace landfall
