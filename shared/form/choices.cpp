#include "shared/form/choices.h"

#include <algorithm>
#include <utility>

namespace landfall {

std::uint32_t ChoiceList::row_count() const {
  return columns.empty() ? 0 : static_cast<std::uint32_t>(cells.size() / columns.size());
}

const std::string& ChoiceList::cell(std::uint32_t row, std::uint32_t column) const {
  return cells[row * columns.size() + column];
}

const std::string& ChoiceList::name_of(std::uint32_t row) const { return cell(row, name_column); }

bool ChoiceList::has(const std::string& choice) const { return row_by_name.has(choice); }

std::uint32_t ChoiceList::column_called(std::string_view title) const {
  return static_cast<std::uint32_t>(std::find(columns.begin(), columns.end(), title) -
                                    columns.begin());
}

void ChoiceList::index_column(std::string_view title) {
  const std::uint32_t column = column_called(title);
  if (column == columns.size() || indexes.has(title)) return;
  std::vector<std::uint32_t> rows(row_count());
  for (std::uint32_t row = 0; row < rows.size(); ++row) rows[row] = row;
  indexes.add(title, std::move(rows),
              [&](std::uint32_t row) -> std::string_view { return cell(row, column); });
}

std::optional<std::span<const std::uint32_t>> ChoiceList::rows_where(std::string_view title,
                                                                     std::string_view text) const {
  const std::uint32_t column = column_called(title);
  return indexes.find(title, text,
                      [&](std::uint32_t row) -> std::string_view { return cell(row, column); });
}

std::uint32_t ChoiceList::node_count() const {
  return 2 + row_count() * (1 + static_cast<std::uint32_t>(columns.size()));
}

}  // namespace landfall
