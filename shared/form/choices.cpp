#include "shared/form/choices.h"

#include <algorithm>

#include "shared/base/sorting.h"

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

void ChoiceList::index_column(std::uint32_t column) {
  for (const ColumnIndex& known : indexes) {
    if (known.column == column) return;
  }
  const auto precedes = [&](std::uint32_t a, std::uint32_t b) {
    return cell(a, column) < cell(b, column);
  };
  indexes.push_back({column, sorted_places(row_count(), precedes)});
}

std::optional<std::span<const std::uint32_t>> ChoiceList::rows_where(std::uint32_t column,
                                                                     std::string_view text) const {
  for (const ColumnIndex& index : indexes) {
    if (index.column != column) continue;
    const auto first =
        std::partition_point(index.rows.begin(), index.rows.end(),
                             [&](std::uint32_t row) { return cell(row, column) < text; });
    const auto last = std::partition_point(
        first, index.rows.end(), [&](std::uint32_t row) { return cell(row, column) == text; });
    return std::span<const std::uint32_t>(index.rows.data() + (first - index.rows.begin()),
                                          static_cast<std::size_t>(last - first));
  }
  return std::nullopt;
}

std::uint32_t ChoiceList::node_count() const {
  return 2 + row_count() * (1 + static_cast<std::uint32_t>(columns.size()));
}

}  // namespace landfall
