// FormTree as expressions see it: NodeSource.

#include <algorithm>

#include "shared/base/sorting.h"
#include "shared/form/form_tree.h"

namespace landfall {
namespace {

// Node numbers: the form's own, then the document above its root, then those of choice lists and
// those of secondary instances.
constexpr NodeId kDocument = 0x7FFFFFFF;
constexpr NodeId kFirstChoice = 0x80000000;
constexpr NodeId kFirstData = 0xC0000000;

bool is_choice(NodeId node) { return node >= kFirstChoice && node < kFirstData; }
bool is_data(NodeId node) { return node >= kFirstData; }

NodeId data_node(const DataTree& tree, std::uint32_t place) {
  return kFirstData + tree.first_node + place;
}

}  // namespace

// A node of a choice list: its instance root, the element "root", a row or a cell.
struct FormTree::ChoicePlace {
  const ChoiceList* list = nullptr;
  enum class Level { instance, root, row, cell } level = Level::instance;
  std::uint32_t row = 0;
  std::uint32_t column = 0;
};

FormTree::ChoicePlace FormTree::choice_place(NodeId node) const {
  const std::uint32_t number = node - kFirstChoice;
  const auto after =
      std::upper_bound(package_->lists.begin(), package_->lists.end(), number,
                       [](std::uint32_t n, const ChoiceList& list) { return n < list.first_node; });
  const ChoiceList& list = *(after - 1);
  const std::uint32_t within = number - list.first_node;
  if (within == 0) return {&list, ChoicePlace::Level::instance, 0, 0};
  if (within == 1) return {&list, ChoicePlace::Level::root, 0, 0};
  const auto stride = static_cast<std::uint32_t>(list.columns.size() + 1);
  const std::uint32_t row = (within - 2) / stride;
  const std::uint32_t column = (within - 2) % stride;
  if (column == 0) return {&list, ChoicePlace::Level::row, row, 0};
  return {&list, ChoicePlace::Level::cell, row, column - 1};
}

NodeId FormTree::choice_row(const ChoiceList& list, std::uint32_t row) {
  const auto stride = static_cast<std::uint32_t>(list.columns.size() + 1);
  return kFirstChoice + list.first_node + 2 + row * stride;
}

const DataTree& FormTree::data_tree_of(NodeId node) const {
  const std::uint32_t number = node - kFirstData;
  const auto after =
      std::upper_bound(package_->trees.begin(), package_->trees.end(), number,
                       [](std::uint32_t n, const DataTree& tree) { return n < tree.first_node; });
  return *(after - 1);
}

const DataElement& FormTree::data_element(NodeId node) const {
  const DataTree& tree = data_tree_of(node);
  return tree.elements[node - kFirstData - tree.first_node];
}

NodeId FormTree::offered_row(const NodeDefinition& question, std::uint32_t row) const {
  const ChoiceList& list = package_->lists[question.list];
  if (question.choice_tree == kNone || row >= list.places.size()) return choice_row(list, row);
  const DataTree& tree = package_->trees[question.choice_tree];
  const std::uint32_t place = list.places[row];
  return data_node(tree, place < tree.elements.size() ? place : 0);
}

NodeId FormTree::root_of(NodeId) const { return kDocument; }

NodeId FormTree::parent(NodeId node) const {
  if (node == kDocument) return kNoNode;
  if (is_data(node)) {
    const DataTree& tree = data_tree_of(node);
    const std::uint32_t place = node - kFirstData - tree.first_node;
    return place == 0 ? kNoNode : data_node(tree, tree.elements[place].parent);
  }
  if (is_choice(node)) {
    const ChoicePlace place = choice_place(node);
    const NodeId instance = kFirstChoice + place.list->first_node;
    switch (place.level) {
      case ChoicePlace::Level::instance:
        return kNoNode;
      case ChoicePlace::Level::root:
        return instance;
      case ChoicePlace::Level::row:
        return instance + 1;
      case ChoicePlace::Level::cell:
        return choice_row(*place.list, place.row);
    }
  }
  const NodeId up = nodes_[node].parent;
  if (up == kNoNode) return kDocument;
  return nodes_[up].is_container ? nodes_[up].parent : up;
}

void FormTree::append_children(NodeId node, std::vector<NodeId>& to) const {
  if (node == kDocument) {
    to.push_back(kRoot);
    return;
  }
  if (is_data(node)) {
    const DataTree& tree = data_tree_of(node);
    for (const std::uint32_t child : tree.children_of(node - kFirstData - tree.first_node)) {
      to.push_back(data_node(tree, child));
    }
    return;
  }
  if (!is_choice(node)) {
    for (const NodeId child : nodes_[node].children) {
      if (nodes_[child].is_container) {
        if (!nodes_[child].relevant) continue;
        to.insert(to.end(), nodes_[child].children.begin(), nodes_[child].children.end());
      } else {
        to.push_back(child);
      }
    }
    return;
  }
  const ChoicePlace place = choice_place(node);
  if (place.level == ChoicePlace::Level::instance) to.push_back(node + 1);
  if (place.level == ChoicePlace::Level::root) {
    for (std::uint32_t row = 0; row < place.list->row_count(); ++row) {
      to.push_back(choice_row(*place.list, row));
    }
  }
  if (place.level == ChoicePlace::Level::row) {
    for (std::uint32_t i = 1; i <= place.list->columns.size(); ++i) to.push_back(node + i);
  }
}

void FormTree::append_attributes(NodeId node, std::vector<NodeId>& to) const {
  if (!is_data(node)) return;
  const DataTree& tree = data_tree_of(node);
  std::uint32_t place = node - kFirstData - tree.first_node + 1;
  for (; place < tree.elements.size() && tree.elements[place].is_attribute; ++place) {
    to.push_back(data_node(tree, place));
  }
}

TreeNodeKind FormTree::kind(NodeId node) const {
  if (is_data(node)) {
    const DataElement& element = data_element(node);
    if (element.is_attribute) return TreeNodeKind::attribute;
    return element.name.empty() ? TreeNodeKind::root : TreeNodeKind::element;
  }
  const bool is_root = node == kDocument || (is_choice(node) && choice_place(node).level ==
                                                                    ChoicePlace::Level::instance);
  return is_root ? TreeNodeKind::root : TreeNodeKind::element;
}

std::string_view FormTree::name(NodeId node) const {
  if (node == kDocument) return {};
  if (is_data(node)) return data_element(node).name;
  if (!is_choice(node)) return definition_of(node).name;
  const ChoicePlace place = choice_place(node);
  switch (place.level) {
    case ChoicePlace::Level::root:
      return "root";
    case ChoicePlace::Level::row:
      return "item";
    case ChoicePlace::Level::cell:
      return place.list->columns[place.column];
    default:
      return {};
  }
}

// What is not relevant has no value for anybody.
void FormTree::append_text(NodeId node, std::string& to) const {
  if (!nodes_[node].relevant) return;
  to += nodes_[node].text;
  for (const NodeId child : nodes_[node].children) append_text(child, to);
}

std::string_view FormTree::data_text(NodeId node, std::string& scratch) const {
  const DataTree& tree = data_tree_of(node);
  const std::uint32_t place = node - kFirstData - tree.first_node;
  const DataElement& element = tree.elements[place];
  if (element.end == place + 1) return element.text;
  scratch.clear();
  for (std::uint32_t at = place; at < element.end; ++at) {
    if (!tree.elements[at].is_attribute || at == place) scratch += tree.elements[at].text;
  }
  return scratch;
}

std::string_view FormTree::text(NodeId node, std::string& scratch) const {
  if (node == kDocument) node = kRoot;
  if (is_data(node)) return data_text(node, scratch);
  if (is_choice(node)) {
    const ChoicePlace place = choice_place(node);
    if (place.level != ChoicePlace::Level::cell) return {};
    return place.list->cell(place.row, place.column);
  }
  const TreeNode& entry = nodes_[node];
  if (!entry.relevant) return {};
  if (entry.children.empty()) return entry.text;
  scratch.clear();
  append_text(node, scratch);
  return scratch;
}

ValueHint FormTree::hint(NodeId node) const {
  if (node >= kDocument) return ValueHint::text;
  const bool is_boolean = definition_of(node).shape == AnswerShape::boolean ||
                          nodes_[node].answer.kind == AnswerKind::boolean;
  if (is_boolean) return ValueHint::boolean;
  return definition_of(node).kind == NodeKind::question ? ValueHint::answer : ValueHint::text;
}

std::uint64_t FormTree::order(NodeId node) const {
  if (node == kDocument) return 0;
  if (node > kDocument) return node;
  if (order_is_stale_) {
    order_.assign(nodes_.size(), 0);
    std::uint32_t place = 0;
    for_each([this, &place](NodeId id) { order_[id] = ++place; });
    order_is_stale_ = false;
  }
  return order_[node];
}

void FormTree::resolve(std::uint32_t binding, NodeId context, bool everywhere,
                       std::vector<NodeId>& to) const {
  const NodeDefinition& target = package_->nodes[binding];
  const bool is_repeat = target.kind == NodeKind::repeat;
  if (target.repeat == kNone && !is_repeat) {
    to.push_back(by_definition_[binding].front());
    return;
  }
  // The innermost repeat that encloses both; without one, or everywhere, all instances count.
  NodeId scope = kNoNode;
  if (!everywhere && context < nodes_.size()) {
    for (std::uint32_t repeat = target.repeat; repeat != kNone && scope == kNoNode;
         repeat = package_->nodes[repeat].repeat) {
      scope = instance_around(context, repeat);
    }
  }
  for (const NodeId node : by_definition_[binding]) {
    // Of many, what is not relevant does not count; the one beside the expression is there and
    // empty.
    const bool counts = scope == kNoNode ? nodes_[node].relevant : is_within(node, scope);
    if (counts) to.push_back(node);
  }
  sort_numbers(to, [this](NodeId a, NodeId b) { return order(a) < order(b); });
}

NodeId FormTree::resolve_one(std::uint32_t binding, NodeId) const {
  const NodeDefinition& target = package_->nodes[binding];
  const bool is_lone = target.repeat == kNone && target.kind != NodeKind::repeat;
  return is_lone ? by_definition_[binding].front() : kNoNode;
}

NodeId FormTree::lone_child(NodeId node, std::string_view name) const {
  if (node == kDocument) return definition_of(kRoot).name == name ? kRoot : kNoNode;
  if (is_data(node)) return kNoNode;
  if (is_choice(node)) {
    const ChoicePlace place = choice_place(node);
    if (place.level != ChoicePlace::Level::row) return kNoNode;
    const auto& columns = place.list->columns;
    const auto column = std::find(columns.begin(), columns.end(), name);
    if (column == columns.end()) return kNoNode;
    return node + 1 + static_cast<std::uint32_t>(column - columns.begin());
  }
  NodeId found = kNoNode;
  for (const NodeId child : nodes_[node].children) {
    if (definition_of(child).name != name) continue;
    if (found != kNoNode || nodes_[child].is_container) return kNoNode;
    found = child;
  }
  return found;
}

// An absolute path from within a repeat to something in the same repeat means the same instance.
// Source: ODK XForms specification, "XPath Paths".
void FormTree::narrow(NodeId context, std::vector<NodeId>& nodes) const {
  if (!holds(context)) return;
  std::erase_if(nodes, [this, context](NodeId node) {
    if (!holds(node)) return false;
    for (std::uint32_t repeat = definition_of(node).repeat; repeat != kNone;
         repeat = package_->nodes[repeat].repeat) {
      const NodeId instance = instance_around(context, repeat);
      if (instance != kNoNode) return !is_within(node, instance);
    }
    return false;
  });
}

bool FormTree::rows_where(NodeId table, std::string_view column, std::string_view text,
                          std::vector<NodeId>& to) const {
  if (is_data(table)) {
    const DataTree& tree = data_tree_of(table);
    const auto cells = tree.elements_where(column, text);
    if (!cells) return false;
    for (const std::uint32_t cell : *cells) {
      const NodeId row = parent(data_node(tree, cell));
      const bool is_new = to.empty() || to.back() != row;
      if (is_new && parent(row) == table) to.push_back(row);
    }
    return true;
  }
  if (!is_choice(table)) return false;
  const ChoicePlace place = choice_place(table);
  const auto rows = place.list->rows_where(column, text);
  if (!rows || place.level != ChoicePlace::Level::root) return false;
  for (const std::uint32_t row : *rows) to.push_back(choice_row(*place.list, row));
  return true;
}

NodeId FormTree::instance_root(std::string_view id) const {
  for (const DataTree& tree : package_->trees) {
    if (tree.id == id) return data_node(tree, 0);
  }
  for (const ChoiceList& list : package_->lists) {
    if (list.name == id) return kFirstChoice + list.first_node;
  }
  return kNoNode;
}

std::optional<std::string> FormTree::choice_label(std::string_view value, std::string_view question,
                                                  NodeId) const {
  std::uint32_t definition = kNone;
  if (question.substr(0, 2) == "${") {
    definition = package_->node_by_name.find(question.substr(2, question.size() - 3));
  } else {
    // Written by hand or by a tool, the path has spaces around it as often as not.
    const std::size_t first = question.find_first_not_of(' ');
    if (first == std::string_view::npos) return std::nullopt;
    question = question.substr(first, question.find_last_not_of(' ') + 1 - first);
    const std::string root_path = "/" + package_->root_name + "/";
    if (question.substr(0, root_path.size()) == root_path) {
      question.remove_prefix(root_path.size());
    }
    definition = package_->node_by_path.find(question);
  }
  if (definition == kNone || package_->nodes[definition].list == kNone) return std::nullopt;
  const ChoiceList& list = package_->lists[package_->nodes[definition].list];
  const std::uint32_t row = list.row_by_name.find(value);
  if (row == NameIndex::kAbsent) return std::nullopt;
  return list.cell(row, quotes_ ? list.label_column : list.words_column);
}

std::optional<std::string> FormTree::config(std::string_view key) const {
  for (const auto& [name, value] : package_->config) {
    if (name == key) return value;
  }
  return std::nullopt;
}

std::string_view FormTree::form_version() const { return package_->version; }

}  // namespace landfall
