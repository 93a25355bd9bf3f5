#include "shared/form/data_tree.h"

#include <utility>

namespace landfall {
namespace {

class TreeReader {
 public:
  TreeReader(DataTree& tree, std::size_t most) : tree_(tree), most_(most) {}

  // Recursion is bounded by kMaxDataDepth.
  Result<Done> read(const Json& element, std::uint32_t parent, std::size_t depth) {
    const Result<std::string_view> name = member_text(element, "name");
    if (!name.ok() || name.value().empty()) return Error{ErrorCode::json_shape, 0};
    if (depth > kMaxDataDepth) return Error{ErrorCode::too_large, 0};
    const Result<std::uint32_t> place =
        add(name.value(), member_text_or(element, "text", ""), parent, false);
    if (!place.ok()) return place.error();
    const Result<Done> below = read_below(element, place.value(), depth);
    if (!below.ok()) return below.error();
    tree_.elements[place.value()].end = static_cast<std::uint32_t>(tree_.elements.size());
    return Done{};
  }

 private:
  Result<std::uint32_t> add(std::string_view name, std::string_view text, std::uint32_t parent,
                            bool is_attribute) {
    if (tree_.elements.size() >= most_) return Error{ErrorCode::too_large, 0};
    const auto place = static_cast<std::uint32_t>(tree_.elements.size());
    tree_.elements.push_back(
        {std::string(name), std::string(text), parent, place + 1, is_attribute});
    return place;
  }

  Result<Done> read_below(const Json& element, std::uint32_t place, std::size_t depth) {
    if (const Json* attributes = find_member(element, "attributes")) {
      if (!attributes->is_object()) return Error{ErrorCode::json_shape, 0};
      for (const auto& [name, text] : attributes->items()) {
        const Result<std::uint32_t> added = add(name, text_value(text), place, true);
        if (!added.ok()) return added.error();
      }
    }
    const Json* children = find_member(element, "children");
    if (children == nullptr) return Done{};
    if (!children->is_array()) return Error{ErrorCode::json_shape, 0};
    for (const Json& child : *children) {
      const Result<Done> below = read(child, place, depth + 1);
      if (!below.ok()) return below.error();
    }
    return Done{};
  }

  DataTree& tree_;
  std::size_t most_;
};

}  // namespace

std::vector<std::uint32_t> DataTree::children_of(std::uint32_t place) const {
  std::vector<std::uint32_t> children;
  const std::uint32_t end = elements[place].end;
  for (std::uint32_t at = place + 1; at < end; at = elements[at].end) {
    if (!elements[at].is_attribute) children.push_back(at);
  }
  return children;
}

void DataTree::index_elements(std::string_view name) {
  if (indexes.has(name)) return;
  std::vector<std::uint32_t> places;
  for (std::uint32_t at = 0; at < elements.size(); ++at) {
    if (elements[at].is_attribute || elements[at].name != name) continue;
    if (elements[at].end != at + 1) return;
    places.push_back(at);
  }
  // Such rows have it as an attribute perhaps, which nothing here is about.
  if (places.empty()) return;
  indexes.add(name, std::move(places),
              [this](std::uint32_t at) -> std::string_view { return elements[at].text; });
}

std::optional<std::span<const std::uint32_t>> DataTree::elements_where(
    std::string_view name, std::string_view text) const {
  return indexes.find(name, text,
                      [this](std::uint32_t at) -> std::string_view { return elements[at].text; });
}

Result<DataTree> data_tree_of_json(std::string id, const Json& top, std::size_t most) {
  DataTree tree;
  tree.id = std::move(id);
  tree.elements.push_back({"", "", 0, 1, false});
  const Result<Done> read = TreeReader(tree, most).read(top, 0, 1);
  if (!read.ok()) return read.error();
  tree.elements[0].end = static_cast<std::uint32_t>(tree.elements.size());
  return tree;
}

}  // namespace landfall
