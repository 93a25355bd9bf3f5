// What expressions are evaluated over: a tree of nodes, seen through an interface.

#ifndef LANDFALL_SHARED_XPATH_NODE_SOURCE_H_
#define LANDFALL_SHARED_XPATH_NODE_SOURCE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace landfall {

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0xFFFFFFFF;

enum class TreeNodeKind : std::uint8_t { root, element, attribute, text, comment, instruction };

// How a node's text is meant, where the source knows: XPath alone would take every node for text,
// and true as it is there. An answer is true when there is one, a boolean when it is "true".
enum class ValueHint : std::uint8_t { text, answer, boolean };

class NodeSource {
 public:
  virtual ~NodeSource() = default;

  // The root above `node`: where an absolute path begins.
  [[nodiscard]] virtual NodeId root_of(NodeId node) const = 0;
  // kNoNode above the root.
  [[nodiscard]] virtual NodeId parent(NodeId node) const = 0;
  // Appends the children in document order.
  virtual void append_children(NodeId node, std::vector<NodeId>& to) const = 0;
  virtual void append_attributes(NodeId node, std::vector<NodeId>& to) const;
  [[nodiscard]] virtual TreeNodeKind kind(NodeId node) const;
  [[nodiscard]] virtual std::string_view name(NodeId node) const = 0;
  [[nodiscard]] virtual std::string_view namespace_uri(NodeId node) const;
  // Whether a name in an expression, also "prefix:*", means the node. By default prefixes are
  // compared as written, and one that the tree does not use is left out of account.
  [[nodiscard]] virtual bool is_named(NodeId node, std::string_view name) const;
  // The string-value. It may be put into `scratch`; the view is used before the next call.
  [[nodiscard]] virtual std::string_view text(NodeId node, std::string& scratch) const = 0;
  [[nodiscard]] virtual ValueHint hint(NodeId node) const;
  // Greater for nodes later in document order.
  [[nodiscard]] virtual std::uint64_t order(NodeId node) const;

  // Appends the nodes that ${name}, bound to `binding`, means for an expression at `context`; with
  // `everywhere`, those of all repeat instances.
  virtual void resolve(std::uint32_t binding, NodeId context, bool everywhere,
                       std::vector<NodeId>& to) const;

  // Short cuts for what is plainly one node, so that no list is made of it: kNoNode where it may be
  // none or several, as it is by default, and then resolve() and append_children() tell.
  [[nodiscard]] virtual NodeId resolve_one(std::uint32_t binding, NodeId context) const;
  [[nodiscard]] virtual NodeId lone_child(NodeId node, std::string_view name) const;
  // Keeps of `nodes`, which an absolute path without predicates found, those that it means for an
  // expression at `context`; all by default.
  virtual void narrow(NodeId context, std::vector<NodeId>& nodes) const;

  // Appends those children of `table` that have a child called `column` with that text, from an
  // index; false where there is none, as by default. The caller looks at each of them again.
  [[nodiscard]] virtual bool rows_where(NodeId table, std::string_view column,
                                        std::string_view text, std::vector<NodeId>& to) const;

  // What the functions of forms ask for; nothing by default.

  // instance('id'): the root element of a secondary instance, kNoNode when there is none.
  [[nodiscard]] virtual NodeId instance_root(std::string_view id) const;
  // jr:choice-name(): the label of the choice `value` of the question at `path` as text or ${name}.
  [[nodiscard]] virtual std::optional<std::string> choice_label(std::string_view value,
                                                                std::string_view question,
                                                                NodeId context) const;
  // config('key'): a switch of the form package.
  [[nodiscard]] virtual std::optional<std::string> config(std::string_view key) const;
  [[nodiscard]] virtual std::string_view form_version() const;
};

// Told of each node whose text an evaluation reads; for traces.
class ReadObserver {
 public:
  virtual ~ReadObserver() = default;
  virtual void on_read(NodeId node, std::string_view text) = 0;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_XPATH_NODE_SOURCE_H_
