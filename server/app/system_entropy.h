// The operating system's randomness, as the core's Entropy.

#ifndef LANDFALL_SERVER_APP_SYSTEM_ENTROPY_H_
#define LANDFALL_SERVER_APP_SYSTEM_ENTROPY_H_

#include <cstdint>
#include <span>

#include "shared/base/entropy.h"

namespace landfall {

// Reads getrandom(2); waits until the kernel's generator is seeded and aborts when there is none.
class SystemEntropy : public Entropy {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_APP_SYSTEM_ENTROPY_H_
