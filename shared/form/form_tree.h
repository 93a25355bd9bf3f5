// FormTree: the nodes of one filled-in form, and how expressions see them.

#ifndef LANDFALL_SHARED_FORM_FORM_TREE_H_
#define LANDFALL_SHARED_FORM_FORM_TREE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/finding.h"
#include "shared/form/answer.h"
#include "shared/form/package.h"
#include "shared/xpath/node_source.h"

namespace landfall {

// A node of the form. A repeat has one container, whose children are its instances; the instances
// carry the repeat's definition too. Expressions see the instances and never the container.
struct TreeNode {
  std::uint32_t definition = 0;
  NodeId parent = kNoNode;
  bool is_container = false;
  bool relevant = true;  // effective: it and all above it
  bool required = false;
  bool readonly = false;
  bool changed = false;  // since the last report
  bool removed = false;
  std::uint8_t failures = 0;     // a bit for each Aspect whose expression could not be computed
  bool is_cut_short = false;     // a repeat whose count asks for more than there can be
  std::vector<NodeId> children;  // in form order
  Answer answer;                 // as typed
  std::string text;              // as expressions see it while relevant
  std::vector<Finding> reading;  // what the type finds in the answer, paths empty
  std::vector<Finding> findings;
  std::optional<std::vector<std::string>> choices;
  TextPairs outputs;  // what the arguments of the texts stand for
};

class FormTree final : public NodeSource {
 public:
  // An empty form: every question once, every repeat without instances.
  explicit FormTree(const Package& package);

  [[nodiscard]] const Package& package() const { return *package_; }
  [[nodiscard]] const NodeDefinition& definition_of(NodeId node) const;
  [[nodiscard]] TreeNode& at(NodeId node) { return nodes_[node]; }
  [[nodiscard]] const TreeNode& at(NodeId node) const { return nodes_[node]; }
  [[nodiscard]] std::size_t size() const { return live_; }
  static constexpr NodeId kRoot = 0;

  // The live nodes of a definition, in form order: instances, not containers, of a repeat.
  [[nodiscard]] const std::vector<NodeId>& nodes_of(std::uint32_t definition) const;
  // The containers of a repeat: one for each instance of the repeat around it.
  [[nodiscard]] const std::vector<NodeId>& containers_of(std::uint32_t definition) const;

  // The instance of `repeat` that holds `node`, the node itself included; kNoNode when there is
  // none.
  [[nodiscard]] NodeId instance_around(NodeId node, std::uint32_t repeat) const;
  // True for a node of the form itself, as against the document, choices and data.
  [[nodiscard]] bool holds(NodeId node) const { return node < nodes_.size(); }
  [[nodiscard]] bool is_within(NodeId node, NodeId ancestor) const;

  // "members[2]/name"; the container of a repeat is "members".
  [[nodiscard]] std::string path_of(NodeId node) const;
  // The same for every node: "instance('cities')/root/item[3]/region". For people who ask.
  [[nodiscard]] std::string place_of(NodeId node) const;
  // kNoNode when there is no such node.
  [[nodiscard]] NodeId find(std::string_view path) const;

  // Adds an instance at the end of `container`; removes an instance with all below it. The ids of
  // other nodes stay.
  NodeId add_instance(NodeId container);
  void remove_instance(NodeId instance);

  // Every live node in form order, containers included.
  template <typename Visit>
  void for_each(Visit visit) const {
    visit_subtree(kRoot, visit);
  }
  template <typename Visit>
  void visit_subtree(NodeId node, Visit& visit) const {
    visit(node);
    for (const NodeId child : nodes_[node].children) visit_subtree(child, visit);
  }

  // NodeSource
  [[nodiscard]] NodeId root_of(NodeId node) const override;
  [[nodiscard]] NodeId parent(NodeId node) const override;
  void append_children(NodeId node, std::vector<NodeId>& to) const override;
  void append_attributes(NodeId node, std::vector<NodeId>& to) const override;
  [[nodiscard]] TreeNodeKind kind(NodeId node) const override;
  [[nodiscard]] std::string_view name(NodeId node) const override;
  [[nodiscard]] std::string_view text(NodeId node, std::string& scratch) const override;
  [[nodiscard]] ValueHint hint(NodeId node) const override;
  [[nodiscard]] std::uint64_t order(NodeId node) const override;
  void resolve(std::uint32_t binding, NodeId context, bool everywhere,
               std::vector<NodeId>& to) const override;
  [[nodiscard]] NodeId resolve_one(std::uint32_t binding, NodeId context) const override;
  [[nodiscard]] NodeId lone_child(NodeId node, std::string_view name) const override;
  void narrow(NodeId context, std::vector<NodeId>& nodes) const override;
  [[nodiscard]] bool rows_where(NodeId table, std::string_view column, std::string_view text,
                                std::vector<NodeId>& to) const override;
  [[nodiscard]] NodeId instance_root(std::string_view id) const override;
  [[nodiscard]] std::optional<std::string> choice_label(std::string_view value,
                                                        std::string_view question,
                                                        NodeId context) const override;
  [[nodiscard]] std::optional<std::string> config(std::string_view key) const override;
  [[nodiscard]] std::string_view form_version() const override;

  // While a text is quoted for a page, which has words of its own, jr:choice-name() gives the key.
  void quote(bool quotes) { quotes_ = quotes; }

  // The node that a row of a choice list is for expressions.
  [[nodiscard]] static NodeId choice_row(const ChoiceList& list, std::uint32_t row);
  // The node that the filter of a question sees for a row of its list: the row, or the element of
  // the secondary instance that the row was made of.
  [[nodiscard]] NodeId offered_row(const NodeDefinition& question, std::uint32_t row) const;

 private:
  struct ChoicePlace;

  NodeId make_node(std::uint32_t definition, NodeId parent, bool is_container);
  void make_children(NodeId node);
  void index_subtree(NodeId node, bool add);
  void append_text(NodeId node, std::string& to) const;
  [[nodiscard]] ChoicePlace choice_place(NodeId node) const;
  [[nodiscard]] const DataTree& data_tree_of(NodeId node) const;
  [[nodiscard]] const DataElement& data_element(NodeId node) const;
  [[nodiscard]] std::string_view data_text(NodeId node, std::string& scratch) const;

  const Package* package_;
  std::vector<TreeNode> nodes_;
  std::vector<NodeId> free_;
  std::size_t live_ = 0;
  bool quotes_ = false;
  std::vector<std::vector<NodeId>> by_definition_;
  std::vector<std::vector<NodeId>> containers_;
  // Places in form order; stale after instances came or went.
  mutable std::vector<std::uint32_t> order_;
  mutable bool order_is_stale_ = false;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_FORM_TREE_H_
