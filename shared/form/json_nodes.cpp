#include "shared/form/json_nodes.h"

#include <algorithm>

#include "shared/xpath/value.h"

namespace landfall {

Result<JsonNodes> JsonNodes::of(const Json& context) {
  if (!context.is_object()) return Error{ErrorCode::json_shape, 0};
  JsonNodes nodes;
  nodes.elements_.emplace_back();
  nodes.add_members(context, 0);
  if (const Json* instances = find_member(context, "@instances");
      instances != nullptr && instances->is_object()) {
    for (const auto& [id, value] : instances->items()) {
      nodes.instances_.emplace_back(id, nodes.add(id, value, kNoNode));
    }
  }
  const std::string_view path = member_text_or(context, "@node", "");
  if (!path.empty()) {
    nodes.context_node_ = nodes.find(path);
    if (nodes.context_node_ == kNoNode) return Error{ErrorCode::json_shape, 0};
  } else if (nodes.elements_[0].children.size() == 1) {
    nodes.context_node_ = nodes.elements_[0].children.front();
  }
  return nodes;
}

// The reader bounds the depth of the JSON, and so this recursion.
NodeId JsonNodes::add(const std::string& name, const Json& value, NodeId parent) {
  const auto id = static_cast<NodeId>(elements_.size());
  elements_.emplace_back();
  elements_[id].name = name;
  elements_[id].parent = parent;
  if (parent != kNoNode) elements_[parent].children.push_back(id);
  if (value.is_object()) {
    add_members(value, id);
  } else if (value.is_string()) {
    elements_[id].text = std::string(text_value(value));
  } else if (value.is_number()) {
    elements_[id].text = format_xpath_number(number_value(value));
  } else if (value.is_boolean()) {
    elements_[id].text = bool_value(value) ? "true" : "false";
    elements_[id].is_boolean = true;
  }
  return id;
}

void JsonNodes::add_members(const Json& object, NodeId parent) {
  for (const auto& [name, value] : object.items()) {
    if (name.rfind('@', 0) == 0) continue;
    if (value.is_array()) {
      for (const Json& item : value) add(name, item, parent);
    } else {
      add(name, value, parent);
    }
  }
}

NodeId JsonNodes::find(std::string_view path) const {
  NodeId at = 0;
  while (!path.empty()) {
    if (path.front() == '/') path.remove_prefix(1);
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, slash);
    const std::size_t bracket = std::min(segment.find('['), segment.size());
    std::size_t place = 1;
    if (bracket < segment.size()) {
      const double number =
          number_of_text(segment.substr(bracket + 1, segment.size() - bracket - 2), TimeZone{});
      if (!(number >= 1 && number <= 1e6)) return kNoNode;
      place = static_cast<std::size_t>(number);
    }
    NodeId next = kNoNode;
    for (const NodeId child : elements_[at].children) {
      if (elements_[child].name == segment.substr(0, bracket) && --place == 0) {
        next = child;
        break;
      }
    }
    if (next == kNoNode) return kNoNode;
    at = next;
    path.remove_prefix(slash);
  }
  return at;
}

void JsonNodes::bind(Expression& expression) {
  for (std::size_t i = 0; i < expression.names.size(); ++i) {
    expression.bindings[i] = static_cast<std::uint32_t>(names_.size());
    names_.push_back(expression.names[i]);
  }
}

NodeId JsonNodes::root_of(NodeId) const { return 0; }

NodeId JsonNodes::parent(NodeId node) const { return elements_[node].parent; }

void JsonNodes::append_children(NodeId node, std::vector<NodeId>& to) const {
  to.insert(to.end(), elements_[node].children.begin(), elements_[node].children.end());
}

TreeNodeKind JsonNodes::kind(NodeId node) const {
  return node == 0 ? TreeNodeKind::root : TreeNodeKind::element;
}

std::string_view JsonNodes::name(NodeId node) const { return elements_[node].name; }

void JsonNodes::append_text(NodeId node, std::string& to) const {
  to += elements_[node].text;
  for (const NodeId child : elements_[node].children) append_text(child, to);
}

std::string_view JsonNodes::text(NodeId node, std::string& scratch) const {
  if (elements_[node].children.empty()) return elements_[node].text;
  scratch.clear();
  append_text(node, scratch);
  return scratch;
}

ValueHint JsonNodes::hint(NodeId node) const {
  return elements_[node].is_boolean ? ValueHint::boolean : ValueHint::text;
}

void JsonNodes::resolve(std::uint32_t binding, NodeId, bool, std::vector<NodeId>& to) const {
  for (NodeId node = 0; node < elements_.size(); ++node) {
    if (elements_[node].name == names_[binding]) to.push_back(node);
  }
}

NodeId JsonNodes::instance_root(std::string_view id) const {
  for (const auto& [known, root] : instances_) {
    if (known == id) return root;
  }
  return kNoNode;
}

}  // namespace landfall
