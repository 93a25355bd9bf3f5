#include "shared/text/packed_numbers.h"

#include <algorithm>

namespace landfall {

PackedReader::PackedReader(const PackedNumbers& list, std::size_t mark)
    : list_(list), at_(list.marks[mark] & 0x7FF), number_(list.marks[mark] >> 11) {}

bool PackedReader::advance() {
  if (at_ == list_.bytes.size()) return false;
  std::uint32_t difference = 0;
  std::uint8_t byte = 0;
  unsigned shift = 0;
  do {
    byte = list_.bytes[at_++];
    difference |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
    shift += 7;
  } while ((byte & 0x80) != 0);
  if (!list_.ascending) difference = (difference & 1) == 0 ? difference >> 1 : ~(difference >> 1);
  number_ += difference;
  return true;
}

PackedPlace last_not_above(const PackedNumbers& list, std::uint32_t number) {
  std::size_t mark = 0;
  while (mark + 1 < list.marks.size() && list.marks[mark + 1] >> 11 <= number) ++mark;
  PackedReader reader(list, mark);
  if (reader.number() > number) return {};
  PackedPlace place{mark * kMarkEvery, reader.number()};
  while (reader.advance() && reader.number() <= number) {
    ++place.index;
    place.number = reader.number();
  }
  return place;
}

std::uint32_t number_at(const PackedNumbers& list, std::size_t index) {
  const std::size_t mark = std::min(index / kMarkEvery, list.marks.size() - 1);
  PackedReader reader(list, mark);
  for (std::size_t left = index - mark * kMarkEvery; left > 0; --left) reader.advance();
  return reader.number();
}

std::uint8_t run_value(const PackedRuns& runs, char32_t code_point) {
  return runs.values[last_not_above(runs.firsts, code_point).index];
}

}  // namespace landfall
