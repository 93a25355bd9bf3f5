// A JSON document as the tree of nodes that expressions walk.

#ifndef LANDFALL_SERVER_CLI_JSON_NODES_H_
#define LANDFALL_SERVER_CLI_JSON_NODES_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/codec/json.h"
#include "shared/xpath/expression.h"
#include "shared/xpath/node_source.h"

namespace landfall {

// An object's members are child elements of <data>; an object in an object is a group, an array of
// objects a repeat (one element each), an array of texts their list with spaces between, null an
// empty element. ${name} means the elements of that name which share the most ancestors with the
// context.
class JsonNodes : public NodeSource {
 public:
  // `document` is copied; anything but an object makes <data> an element with that text.
  explicit JsonNodes(const Json& document);

  // Binds the names of `expression`; those that no element has stay unbound.
  void bind(Expression& expression);

  // The <data> element.
  [[nodiscard]] NodeId data() const { return 1; }

  [[nodiscard]] NodeId root_of(NodeId node) const override;
  [[nodiscard]] NodeId parent(NodeId node) const override;
  void append_children(NodeId node, std::vector<NodeId>& to) const override;
  [[nodiscard]] TreeNodeKind kind(NodeId node) const override;
  [[nodiscard]] std::string_view name(NodeId node) const override;
  [[nodiscard]] std::string_view text(NodeId node, std::string& scratch) const override;
  [[nodiscard]] ValueHint hint(NodeId node) const override;
  void resolve(std::uint32_t binding, NodeId context, bool everywhere,
               std::vector<NodeId>& to) const override;

 private:
  struct Node {
    NodeId parent = kNoNode;
    std::string name;
    std::string text;
    ValueHint hint = ValueHint::text;
    std::vector<NodeId> children;
  };

  NodeId add(NodeId parent, std::string_view name);
  void fill(NodeId node, const Json& value);
  void add_member(NodeId parent, std::string_view name, const Json& value);
  [[nodiscard]] std::size_t shared_ancestors(NodeId a, NodeId b) const;

  std::vector<Node> nodes_;
  std::map<std::string, std::vector<NodeId>, std::less<>> by_name_;
  std::vector<const std::vector<NodeId>*> bindings_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_JSON_NODES_H_
