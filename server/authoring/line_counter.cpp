#include "server/authoring/line_counter.h"

namespace landfall {

std::uint32_t LineCounter::line_at(std::ptrdiff_t place) {
  while (at_ < bytes_.size() && utf8_at_ < place) step();
  return line_;
}

void LineCounter::step() {
  const std::uint32_t unit = unit_at(at_);
  at_ += encoding_.unit_bytes;
  utf8_at_ += utf8_bytes(unit);
  const bool is_first_of_two = unit == '\r' && unit_at(at_) == '\n';
  if ((unit == '\n' || unit == '\r') && !is_first_of_two) ++line_;
}

std::uint32_t LineCounter::unit_at(std::size_t at) const {
  if (at + encoding_.unit_bytes > bytes_.size()) return 0;
  std::uint32_t unit = 0;
  for (std::size_t i = 0; i < encoding_.unit_bytes; ++i) {
    const std::size_t place = encoding_.is_little_endian ? encoding_.unit_bytes - 1 - i : i;
    unit = unit << 8 | bytes_[at + place];
  }
  return unit;
}

// Half of a surrogate pair counts as half of its four bytes.
std::ptrdiff_t LineCounter::utf8_bytes(std::uint32_t unit) const {
  if (!encoding_.is_converted || unit < 0x80) return 1;
  if (unit < 0x800 || (unit >= 0xD800 && unit <= 0xDFFF)) return 2;
  return unit < 0x10000 ? 3 : 4;
}

}  // namespace landfall
