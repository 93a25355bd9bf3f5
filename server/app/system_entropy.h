// Randomness from the kernel.

#ifndef LANDFALL_SERVER_APP_SYSTEM_ENTROPY_H_
#define LANDFALL_SERVER_APP_SYSTEM_ENTROPY_H_

#include "shared/base/entropy.h"

namespace landfall {

// getrandom(2); aborts when the kernel has none to give. Thread rule: any thread.
class SystemEntropy final : public Entropy {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_APP_SYSTEM_ENTROPY_H_
