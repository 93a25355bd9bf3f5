// Entropy expanded from one seed, for callers that can hand over bytes only once.

#ifndef LANDFALL_SHARED_SEALING_SEEDED_ENTROPY_H_
#define LANDFALL_SHARED_SEALING_SEEDED_ENTROPY_H_

#include <cstdint>
#include <span>

#include "shared/base/bytes.h"
#include "shared/base/entropy.h"
#include "shared/base/secret.h"

namespace landfall {

// Gives HMAC-SHA-256(key, counter) blocks, keyed by HKDF of the seed. As good as its seed: the
// bridge passes fresh bytes of the browser's generator, tests a constant. The same seed gives the
// same bytes, so a seed is used once.
class SeededEntropy : public Entropy {
 public:
  // REQUIRES: at least 32 bytes of seed.
  explicit SeededEntropy(ByteView seed);

  void fill(std::span<std::uint8_t> out) override;

 private:
  Secret<32> key_;
  std::uint64_t counter_ = 0;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_SEALING_SEEDED_ENTROPY_H_
