#include "tests/conformance/operations/xml_nodes.h"

#include <algorithm>

namespace landfall::conformance {
namespace {

constexpr std::string_view kXforms = "http://www.w3.org/2002/xforms";

// Prefixes that form engines know without a declaration.
constexpr std::pair<std::string_view, std::string_view> kKnownPrefixes[] = {
    {"xhtml", "http://www.w3.org/1999/xhtml"},       {"h", "http://www.w3.org/1999/xhtml"},
    {"xml", "http://www.w3.org/XML/1998/namespace"}, {"jr", "http://openrosa.org/javarosa"},
    {"orx", "http://openrosa.org/xforms"},
};

std::string text_member(const Json& object, const char* name) {
  return std::string(member_text_or(object, name, ""));
}

}  // namespace

XmlNodes::XmlNodes(const Json& document) {
  add(TreeNodeKind::root, kNoNode);
  if (!document.is_object()) return;
  for (const auto& [prefix, uri] : find_member(document, "prefixes")->items()) {
    prefixes_.emplace_back(prefix, text_value(uri));
  }
  add_children(*find_member(document, "children"), 0);
}

NodeId XmlNodes::add(TreeNodeKind kind, NodeId parent) {
  const auto id = static_cast<NodeId>(nodes_.size());
  nodes_.emplace_back();
  nodes_[id].kind = kind;
  nodes_[id].parent = parent;
  if (parent == kNoNode) return id;
  auto& list =
      kind == TreeNodeKind::attribute ? nodes_[parent].attributes : nodes_[parent].children;
  list.push_back(id);
  return id;
}

// The vectors' documents are shallow, and so is this recursion.
void XmlNodes::add_children(const Json& list, NodeId parent) {
  for (const Json& child : list) {
    if (child.is_string()) {
      nodes_[add(TreeNodeKind::text, parent)].text = text_value(child);
    } else if (find_member(child, "comment") != nullptr) {
      nodes_[add(TreeNodeKind::comment, parent)].text = text_member(child, "comment");
    } else if (find_member(child, "target") != nullptr) {
      const NodeId node = add(TreeNodeKind::instruction, parent);
      nodes_[node].name = text_member(child, "target");
      nodes_[node].text = text_member(child, "text");
    } else {
      add_element(child, parent);
    }
  }
}

void XmlNodes::add_element(const Json& element, NodeId parent) {
  const NodeId node = add(TreeNodeKind::element, parent);
  nodes_[node].name = text_member(element, "name");
  nodes_[node].uri = text_member(element, "uri");
  for (const Json& attribute : *find_member(element, "attributes")) {
    const NodeId id = add(TreeNodeKind::attribute, node);
    nodes_[id].name = text_value(attribute[0]);
    nodes_[id].uri = text_value(attribute[1]);
    nodes_[id].text = text_value(attribute[2]);
  }
  add_children(*find_member(element, "children"), node);
}

NodeId XmlNodes::root_of(NodeId) const { return root_; }

NodeId XmlNodes::parent(NodeId node) const { return nodes_[node].parent; }

void XmlNodes::append_children(NodeId node, std::vector<NodeId>& to) const {
  to.insert(to.end(), nodes_[node].children.begin(), nodes_[node].children.end());
}

void XmlNodes::append_attributes(NodeId node, std::vector<NodeId>& to) const {
  to.insert(to.end(), nodes_[node].attributes.begin(), nodes_[node].attributes.end());
}

TreeNodeKind XmlNodes::kind(NodeId node) const { return nodes_[node].kind; }

std::string_view XmlNodes::name(NodeId node) const { return nodes_[node].name; }

std::string_view XmlNodes::namespace_uri(NodeId node) const { return nodes_[node].uri; }

bool XmlNodes::is_named(NodeId node, std::string_view name) const {
  const Node& entry = nodes_[node];
  const std::size_t colon = name.find(':');
  const std::string_view own = std::string_view(entry.name).substr(entry.name.find(':') + 1);
  if (colon == std::string_view::npos) {
    return own == name && (entry.uri.empty() || entry.uri == kXforms);
  }
  const std::string_view prefix = name.substr(0, colon);
  const std::string_view local = name.substr(colon + 1);
  if (local != "*" && local != own) return false;
  for (const auto& [known, uri] : prefixes_) {
    if (known == prefix) return uri == entry.uri;
  }
  for (const auto& [known, uri] : kKnownPrefixes) {
    if (known == prefix) return uri == entry.uri;
  }
  return false;
}

void XmlNodes::append_text(NodeId node, std::string& to) const {
  if (nodes_[node].kind == TreeNodeKind::text) to += nodes_[node].text;
  for (const NodeId child : nodes_[node].children) append_text(child, to);
}

std::string_view XmlNodes::text(NodeId node, std::string& scratch) const {
  const TreeNodeKind kind = nodes_[node].kind;
  if (kind != TreeNodeKind::element && kind != TreeNodeKind::root) return nodes_[node].text;
  scratch.clear();
  append_text(node, scratch);
  return scratch;
}

NodeId XmlNodes::instance_root(std::string_view id) const {
  for (NodeId node = 0; node < nodes_.size(); ++node) {
    if (nodes_[node].kind != TreeNodeKind::attribute || nodes_[node].name != "id") continue;
    const NodeId element = nodes_[node].parent;
    if (nodes_[node].text == id && is_named(element, "instance")) return element;
  }
  return kNoNode;
}

// The last part of a node's path: "*[2]", "text()[1]", "@id".
std::string XmlNodes::segment_of(NodeId node) const {
  const Node& entry = nodes_[node];
  if (entry.kind == TreeNodeKind::attribute) return "@" + entry.name;
  std::string test = "*";
  if (entry.kind == TreeNodeKind::text) test = "text()";
  if (entry.kind == TreeNodeKind::comment) test = "comment()";
  if (entry.kind == TreeNodeKind::instruction) test = "processing-instruction()";
  std::size_t place = 0;
  for (const NodeId sibling : nodes_[entry.parent].children) {
    if (nodes_[sibling].kind == entry.kind) ++place;
    if (sibling == node) break;
  }
  return test + "[" + std::to_string(place) + "]";
}

std::string XmlNodes::path_of(NodeId node) const {
  std::string path;
  for (NodeId up = node; nodes_[up].parent != kNoNode; up = nodes_[up].parent) {
    path = "/" + segment_of(up) + path;
  }
  return path.empty() ? "/" : path;
}

NodeId XmlNodes::find(std::string_view path) const {
  for (NodeId node = 0; node < nodes_.size(); ++node) {
    if (path_of(node) == path) return node;
  }
  return kNoNode;
}

}  // namespace landfall::conformance
