#include "shared/text/run_table.h"

#include <algorithm>

namespace landfall {

std::uint8_t run_value(std::span<const std::uint32_t> runs, char32_t code_point) {
  // 0xFF below makes the wanted run the last one not above the key.
  const std::uint32_t key = (static_cast<std::uint32_t>(code_point) << 8) | 0xFF;
  const auto next = std::upper_bound(runs.begin(), runs.end(), key);
  return static_cast<std::uint8_t>(*std::prev(next) & 0xFF);
}

}  // namespace landfall
