// Choice lists: tables whose rows are choices, and which expressions may look into.

#ifndef LANDFALL_SHARED_FORM_CHOICES_H_
#define LANDFALL_SHARED_FORM_CHOICES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace landfall {

// `cells` holds the rows one after another, columns().size() each; the first column is "name", the
// second "label" (a text key).
struct ChoiceList {
  std::string name;
  std::vector<std::string> columns;
  std::vector<std::string> cells;
  std::unordered_map<std::string, std::uint32_t> row_by_name;
  // The number of the list's first node among the nodes of all lists: its instance root, then root,
  // then each row followed by its cells.
  std::uint32_t first_node = 0;

  [[nodiscard]] std::uint32_t row_count() const;
  [[nodiscard]] const std::string& cell(std::uint32_t row, std::uint32_t column) const;
  // The number of nodes that the list is for expressions.
  [[nodiscard]] std::uint32_t node_count() const;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_CHOICES_H_
