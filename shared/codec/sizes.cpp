#include "shared/codec/sizes.h"

#include <bit>

namespace landfall {

std::uint64_t padme_length(std::uint64_t size_bytes) {
  if (size_bytes < 2 || (size_bytes >> 63) != 0) return size_bytes;
  const int exponent = static_cast<int>(std::bit_width(size_bytes)) - 1;
  const int kept_bits = static_cast<int>(std::bit_width(static_cast<unsigned>(exponent)));
  const int zeroed_bits = exponent - kept_bits;
  if (zeroed_bits <= 0) return size_bytes;
  const std::uint64_t mask = (std::uint64_t{1} << zeroed_bits) - 1;
  return (size_bytes + mask) & ~mask;
}

}  // namespace landfall
