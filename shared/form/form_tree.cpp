#include "shared/form/form_tree.h"

#include <algorithm>
#include <utility>

#include "shared/base/invariant.h"

namespace landfall {

FormTree::FormTree(const Package& package)
    : package_(&package), by_definition_(package.nodes.size()), containers_(package.nodes.size()) {
  nodes_.reserve(package.nodes.size());
  make_node(0, kNoNode, false);
  make_children(kRoot);
  index_subtree(kRoot, true);
}

const NodeDefinition& FormTree::definition_of(NodeId node) const {
  return package_->nodes[nodes_[node].definition];
}

const std::vector<NodeId>& FormTree::nodes_of(std::uint32_t definition) const {
  return by_definition_[definition];
}

const std::vector<NodeId>& FormTree::containers_of(std::uint32_t definition) const {
  return containers_[definition];
}

NodeId FormTree::make_node(std::uint32_t definition, NodeId parent, bool is_container) {
  NodeId id = kNoNode;
  if (free_.empty()) {
    id = static_cast<NodeId>(nodes_.size());
    nodes_.emplace_back();
  } else {
    id = free_.back();
    free_.pop_back();
    nodes_[id] = TreeNode{};
  }
  nodes_[id].definition = definition;
  nodes_[id].parent = parent;
  nodes_[id].is_container = is_container;
  ++live_;
  return id;
}

// Recursion is bounded by kMaxGroupDepth.
void FormTree::make_children(NodeId node) {
  const std::uint32_t definition = nodes_[node].definition;
  const std::uint32_t end = package_->nodes[definition].end;
  for (std::uint32_t i = definition + 1; i < end; i = package_->nodes[i].end) {
    const bool is_repeat = package_->nodes[i].kind == NodeKind::repeat;
    const NodeId child = make_node(i, node, is_repeat);
    nodes_[node].children.push_back(child);
    if (!is_repeat) make_children(child);
  }
}

// Keeps the lists of nodes by definition, in the order of creation; order() knows the form's.
void FormTree::index_subtree(NodeId node, bool add) {
  auto visit = [this, add](NodeId id) {
    const TreeNode& entry = nodes_[id];
    std::vector<NodeId>& list =
        (entry.is_container ? containers_ : by_definition_)[entry.definition];
    if (add) {
      list.push_back(id);
    } else {
      list.erase(std::find(list.begin(), list.end(), id));
    }
  };
  visit_subtree(node, visit);
  order_is_stale_ = true;
}

NodeId FormTree::add_instance(NodeId container) {
  const NodeId instance = make_node(nodes_[container].definition, container, false);
  nodes_[container].children.push_back(instance);
  make_children(instance);
  index_subtree(instance, true);
  return instance;
}

void FormTree::remove_instance(NodeId instance) {
  index_subtree(instance, false);
  std::vector<NodeId>& siblings = nodes_[nodes_[instance].parent].children;
  siblings.erase(std::find(siblings.begin(), siblings.end(), instance));
  std::vector<NodeId> gone;
  auto visit = [&gone](NodeId id) { gone.push_back(id); };
  visit_subtree(instance, visit);
  for (const NodeId id : gone) {
    nodes_[id] = TreeNode{};
    nodes_[id].removed = true;
    free_.push_back(id);
  }
  live_ -= gone.size();
}

NodeId FormTree::instance_around(NodeId node, std::uint32_t repeat) const {
  for (NodeId up = node; up != kNoNode; up = nodes_[up].parent) {
    if (nodes_[up].definition == repeat && !nodes_[up].is_container) return up;
  }
  return kNoNode;
}

bool FormTree::is_within(NodeId node, NodeId ancestor) const {
  for (NodeId up = node; up != kNoNode; up = nodes_[up].parent) {
    if (up == ancestor) return true;
  }
  return false;
}

std::string FormTree::path_of(NodeId node) const {
  const NodeDefinition& definition = definition_of(node);
  const bool is_instance = definition.kind == NodeKind::repeat && !nodes_[node].is_container;
  if (definition.repeat == kNone && !is_instance) return definition.path;
  const NodeId parent = nodes_[node].parent;
  if (is_instance) {
    const std::vector<NodeId>& siblings = nodes_[parent].children;
    const auto place = std::find(siblings.begin(), siblings.end(), node) - siblings.begin();
    return path_of(parent) + "[" + std::to_string(place + 1) + "]";
  }
  return path_of(parent) + "/" + definition.name;
}

NodeId FormTree::find(std::string_view path) const {
  if (path.find('[') == std::string_view::npos) {
    const std::uint32_t found = package_->node_by_path.find(path);
    if (found == kNone) return kNoNode;
    const NodeDefinition& definition = package_->nodes[found];
    if (definition.repeat != kNone) return kNoNode;
    const auto& list =
        definition.kind == NodeKind::repeat ? containers_[found] : by_definition_[found];
    return list.front();
  }
  NodeId at = kRoot;
  while (true) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, slash);
    const std::size_t bracket = std::min(segment.find('['), segment.size());
    const auto child =
        std::find_if(nodes_[at].children.begin(), nodes_[at].children.end(), [&](NodeId candidate) {
          return definition_of(candidate).name == segment.substr(0, bracket);
        });
    if (child == nodes_[at].children.end()) return kNoNode;
    at = *child;
    if (bracket < segment.size()) {
      if (!nodes_[at].is_container || segment.back() != ']') return kNoNode;
      std::size_t place = 0;
      for (const char c : segment.substr(bracket + 1, segment.size() - bracket - 2)) {
        if (c < '0' || c > '9' || place > 100000) return kNoNode;
        place = place * 10 + static_cast<std::size_t>(c - '0');
      }
      if (place < 1 || place > nodes_[at].children.size()) return kNoNode;
      at = nodes_[at].children[place - 1];
    }
    if (slash == path.size()) return at;
    if (nodes_[at].is_container) return kNoNode;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace landfall
