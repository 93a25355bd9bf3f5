#include "shared/xpath/node_source.h"

namespace landfall {

void NodeSource::append_attributes(NodeId, std::vector<NodeId>&) const {}

TreeNodeKind NodeSource::kind(NodeId) const { return TreeNodeKind::element; }

std::string_view NodeSource::namespace_uri(NodeId) const { return {}; }

bool NodeSource::is_named(NodeId node, std::string_view name) const {
  const std::string_view own = this->name(node);
  if (own == name) return true;
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view local = name.substr(colon + 1);
  return local == own || local == "*";
}

ValueHint NodeSource::hint(NodeId) const { return ValueHint::text; }

std::uint64_t NodeSource::order(NodeId node) const { return node; }

void NodeSource::resolve(std::uint32_t, NodeId, bool, std::vector<NodeId>&) const {}

NodeId NodeSource::resolve_one(std::uint32_t, NodeId) const { return kNoNode; }

NodeId NodeSource::lone_child(NodeId, std::string_view) const { return kNoNode; }

void NodeSource::narrow(NodeId, std::vector<NodeId>&) const {}

bool NodeSource::rows_where(NodeId, std::string_view, std::string_view,
                            std::vector<NodeId>&) const {
  return false;
}

NodeId NodeSource::instance_root(std::string_view) const { return kNoNode; }

std::optional<std::string> NodeSource::choice_label(std::string_view, std::string_view,
                                                    NodeId) const {
  return std::nullopt;
}

std::optional<std::string> NodeSource::config(std::string_view) const { return std::nullopt; }

std::string_view NodeSource::form_version() const { return {}; }

}  // namespace landfall
