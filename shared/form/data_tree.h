// DataTree: a secondary instance of a form, elements of any shape that expressions may look into.

#ifndef LANDFALL_SHARED_FORM_DATA_TREE_H_
#define LANDFALL_SHARED_FORM_DATA_TREE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/codec/json.h"
#include "shared/form/text_index.h"

namespace landfall {

inline constexpr std::size_t kMaxDataElements = 500000;  // over all trees of a form
inline constexpr std::size_t kMaxDataDepth = 32;

// An element or an attribute. Elements stand in document order: the descendants of one follow it up
// to `end`, its attributes first.
struct DataElement {
  std::string name;
  std::string text;
  std::uint32_t parent = 0;  // itself for the root
  std::uint32_t end = 0;
  bool is_attribute = false;
};

// `elements[0]` is what instance() gives: the root above the tree's only top element.
struct DataTree {
  std::string id;
  std::vector<DataElement> elements;
  // The number of the first element among those of all trees.
  std::uint32_t first_node = 0;
  TextIndexes indexes;  // by the name of elements

  // Makes the index of the elements called `name`, once; none where one of them holds others.
  void index_elements(std::string_view name);
  // The places of the elements called `name` with that text, in document order; null when the name
  // has no index.
  [[nodiscard]] std::optional<std::span<const std::uint32_t>> elements_where(
      std::string_view name, std::string_view text) const;

  // The places of the elements that stand directly below `place`.
  [[nodiscard]] std::vector<std::uint32_t> children_of(std::uint32_t place) const;
};

// Reads a tree from its top element: {name, text?, attributes?: {name: text}, children?:
// [element]}.
//
// Errors: json_shape, too_large (more than `most` elements, or deeper than kMaxDataDepth).
[[nodiscard]] Result<DataTree> data_tree_of_json(std::string id, const Json& top, std::size_t most);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_DATA_TREE_H_
