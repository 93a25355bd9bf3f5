// FormTree: where a node stands, in words for people.

#include <algorithm>

#include "shared/form/form_tree.h"

namespace landfall {

std::string FormTree::place_of(NodeId node) const {
  if (holds(node)) return path_of(node);
  const NodeId up = parent(node);
  if (up == kNoNode) {
    for (const ChoiceList& list : package_->lists) {
      if (instance_root(list.name) == node) return "instance('" + list.name + "')";
    }
    for (const DataTree& tree : package_->trees) {
      if (instance_root(tree.id) == node) return "instance('" + tree.id + "')";
    }
    return "/";
  }
  if (kind(node) == TreeNodeKind::attribute) return place_of(up) + "/@" + std::string(name(node));
  std::vector<NodeId> siblings;
  append_children(up, siblings);
  std::erase_if(siblings, [&](NodeId sibling) { return name(sibling) != name(node); });
  std::string place = place_of(up) + "/" + std::string(name(node));
  if (siblings.size() < 2) return place;
  const auto at = std::find(siblings.begin(), siblings.end(), node) - siblings.begin();
  return place + "[" + std::to_string(at + 1) + "]";
}

}  // namespace landfall
