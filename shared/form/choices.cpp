#include "shared/form/choices.h"

namespace landfall {

std::uint32_t ChoiceList::row_count() const {
  return static_cast<std::uint32_t>(cells.size() / columns.size());
}

const std::string& ChoiceList::cell(std::uint32_t row, std::uint32_t column) const {
  return cells[row * columns.size() + column];
}

std::uint32_t ChoiceList::node_count() const {
  return 2 + row_count() * (1 + static_cast<std::uint32_t>(columns.size()));
}

}  // namespace landfall
