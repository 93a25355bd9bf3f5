// JsonNodes: a JSON object as the tree that an expression is evaluated over, for `landfall xpath`.

#ifndef LANDFALL_SHARED_FORM_JSON_NODES_H_
#define LANDFALL_SHARED_FORM_JSON_NODES_H_

#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/codec/json.h"
#include "shared/xpath/expression.h"
#include "shared/xpath/node_source.h"

namespace landfall {

// Members are elements, arrays are elements of the same name one after another, other values are
// text: {"data":{"a":1,"m":[{"b":"x"},{"b":"y"}]}} has /data/a and /data/m[2]/b. A member "@node"
// at the top is the path of the context node ("/data/m[2]"); without it the context is the only top
// element, or the root. Members below "@instances" are secondary instances by id.
class JsonNodes final : public NodeSource {
 public:
  // Errors: json_shape (not an object, or "@node" names no node).
  [[nodiscard]] static Result<JsonNodes> of(const Json& context);

  [[nodiscard]] NodeId context_node() const { return context_node_; }
  // Binds each ${name} of `expression` to all elements of that name, in document order.
  void bind(Expression& expression);

  [[nodiscard]] NodeId root_of(NodeId node) const override;
  [[nodiscard]] NodeId parent(NodeId node) const override;
  void append_children(NodeId node, std::vector<NodeId>& to) const override;
  [[nodiscard]] TreeNodeKind kind(NodeId node) const override;
  [[nodiscard]] std::string_view name(NodeId node) const override;
  [[nodiscard]] std::string_view text(NodeId node, std::string& scratch) const override;
  [[nodiscard]] ValueHint hint(NodeId node) const override;
  void resolve(std::uint32_t binding, NodeId context, bool everywhere,
               std::vector<NodeId>& to) const override;
  [[nodiscard]] NodeId instance_root(std::string_view id) const override;

 private:
  struct Element {
    std::string name;
    std::string text;
    NodeId parent = kNoNode;
    std::vector<NodeId> children;
    bool is_boolean = false;
  };

  NodeId add(const std::string& name, const Json& value, NodeId parent);
  void add_members(const Json& object, NodeId parent);
  void append_text(NodeId node, std::string& to) const;
  [[nodiscard]] NodeId find(std::string_view path) const;

  std::vector<Element> elements_;
  std::vector<std::pair<std::string, NodeId>> instances_;
  std::vector<std::string> names_;
  NodeId context_node_ = 0;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_JSON_NODES_H_
