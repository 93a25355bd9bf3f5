// XmlNodes: an XML document as the tree that an expression is evaluated over.

#ifndef LANDFALL_TESTS_CONFORMANCE_OPERATIONS_XML_NODES_H_
#define LANDFALL_TESTS_CONFORMANCE_OPERATIONS_XML_NODES_H_

#include <string>
#include <string_view>
#include <vector>

#include "shared/codec/json.h"
#include "shared/xpath/node_source.h"

namespace landfall::conformance {

// Nodes are numbered in document order, an element's attributes right after it. A name in an
// expression without a prefix means elements of no namespace and of XForms' own.
class XmlNodes final : public NodeSource {
 public:
  // `document` is what xml-tree.mjs makes; anything else is an empty document.
  explicit XmlNodes(const Json& document);

  // The node at a path such as "/*[1]/*[2]/@id" or "/*[1]/text()[2]"; kNoNode when there is none.
  [[nodiscard]] NodeId find(std::string_view path) const;
  [[nodiscard]] std::string path_of(NodeId node) const;
  // Makes `root` the node that absolute paths begin at.
  void set_root(NodeId root) { root_ = root; }

  [[nodiscard]] NodeId root_of(NodeId node) const override;
  [[nodiscard]] NodeId parent(NodeId node) const override;
  void append_children(NodeId node, std::vector<NodeId>& to) const override;
  void append_attributes(NodeId node, std::vector<NodeId>& to) const override;
  [[nodiscard]] TreeNodeKind kind(NodeId node) const override;
  [[nodiscard]] std::string_view name(NodeId node) const override;
  [[nodiscard]] std::string_view namespace_uri(NodeId node) const override;
  [[nodiscard]] bool is_named(NodeId node, std::string_view name) const override;
  [[nodiscard]] std::string_view text(NodeId node, std::string& scratch) const override;
  [[nodiscard]] NodeId instance_root(std::string_view id) const override;

 private:
  struct Node {
    TreeNodeKind kind = TreeNodeKind::element;
    std::string name;
    std::string uri;
    std::string text;
    NodeId parent = kNoNode;
    std::vector<NodeId> children;
    std::vector<NodeId> attributes;
  };

  NodeId add(TreeNodeKind kind, NodeId parent);
  void add_children(const Json& list, NodeId parent);
  void add_element(const Json& element, NodeId parent);
  void append_text(NodeId node, std::string& to) const;
  [[nodiscard]] std::string segment_of(NodeId node) const;

  std::vector<Node> nodes_;
  std::vector<std::pair<std::string, std::string>> prefixes_;
  NodeId root_ = 0;
};

}  // namespace landfall::conformance

#endif  // LANDFALL_TESTS_CONFORMANCE_OPERATIONS_XML_NODES_H_
