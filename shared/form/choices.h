// Choice lists: tables whose rows are choices, and which expressions may look into.

#ifndef LANDFALL_SHARED_FORM_CHOICES_H_
#define LANDFALL_SHARED_FORM_CHOICES_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/form/name_index.h"
#include "shared/form/text_index.h"

namespace landfall {

// `cells` holds the rows one after another, columns().size() each. In a list of the choices sheet
// the first column is "name", the second the label (a text key), and where expressions look at it
// another one holds its words; a data set has any columns, and what it shows of a row is a text
// itself.
struct ChoiceList {
  std::string name;
  std::vector<std::string> columns;
  std::vector<std::string> cells;
  NameIndex row_by_name;
  bool is_dataset = false;
  bool is_offered = true;  // to a question, so that descriptions hold it
  std::uint32_t name_column = 0;
  std::uint32_t label_column = 1;
  std::uint32_t words_column = 1;  // what expressions read for the label
  TextIndexes indexes;
  // By row, where the rows are elements of a secondary instance: their places in its tree.
  std::vector<std::uint32_t> places;
  // The number of the list's first node among the nodes of all lists: its instance root, then root,
  // then each row followed by its cells.
  std::uint32_t first_node = 0;

  [[nodiscard]] std::uint32_t row_count() const;
  [[nodiscard]] const std::string& cell(std::uint32_t row, std::uint32_t column) const;
  [[nodiscard]] const std::string& name_of(std::uint32_t row) const;
  [[nodiscard]] bool has(const std::string& choice) const;
  // The number of the column called `title`; columns.size() when there is none.
  [[nodiscard]] std::uint32_t column_called(std::string_view title) const;
  // Makes the index of the column called `title`, once, where there is one.
  void index_column(std::string_view title);
  // The rows whose cell is `text`, in the order of the list; null when the column has no index.
  [[nodiscard]] std::optional<std::span<const std::uint32_t>> rows_where(
      std::string_view title, std::string_view text) const;
  // The number of nodes that the list is for expressions.
  [[nodiscard]] std::uint32_t node_count() const;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_CHOICES_H_
