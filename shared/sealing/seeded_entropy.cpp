#include "shared/sealing/seeded_entropy.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "shared/base/invariant.h"
#include "shared/sealing/primitives.h"

namespace landfall {

SeededEntropy::SeededEntropy(ByteView seed)
    : key_(hkdf_key(seed, {}, bytes_of("landfall/v1/entropy"))) {
  require(seed.size() >= 32, "a seed has at least 32 bytes");
}

void SeededEntropy::fill(std::span<std::uint8_t> out) {
  while (!out.empty()) {
    std::array<std::uint8_t, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i) {
      counter[i] = static_cast<std::uint8_t>(counter_ >> (8 * i));
    }
    ++counter_;
    Sha256Digest block = hmac_sha256(key_.view(), counter);
    const std::size_t size = std::min(block.size(), out.size());
    std::memcpy(out.data(), block.data(), size);
    wipe(block);
    out = out.subspan(size);
  }
}

}  // namespace landfall
