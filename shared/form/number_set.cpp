#include "shared/form/number_set.h"

#include <bit>

namespace landfall {

std::uint32_t NumberSet::next(std::uint32_t from) const {
  std::size_t word = from / 64;
  std::uint64_t bits = words_[word] & (~std::uint64_t{0} << (from % 64));
  while (bits == 0) {
    if (++word == words_.size()) return UINT32_MAX;
    bits = words_[word];
  }
  return static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(bits));
}

}  // namespace landfall
