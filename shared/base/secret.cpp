#include "shared/base/secret.h"

namespace landfall {

void wipe(std::span<std::uint8_t> bytes) {
  volatile std::uint8_t* out = bytes.data();
  for (std::size_t i = 0; i < bytes.size(); ++i) out[i] = 0;
}

bool equal_in_constant_time(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  if (a.size() != b.size()) return false;
  std::uint8_t difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference = static_cast<std::uint8_t>(difference | (a[i] ^ b[i]));
  }
  return difference == 0;
}

}  // namespace landfall
