// The interface through which the core receives randomness; it makes none of its own.

#ifndef LANDFALL_SHARED_BASE_ENTROPY_H_
#define LANDFALL_SHARED_BASE_ENTROPY_H_

#include <cstdint>
#include <span>

namespace landfall {

class Entropy {
 public:
  virtual ~Entropy() = default;

  // Fills all of `out` with bytes an attacker cannot predict. Does not fail: an implementation that
  // runs dry aborts, because going on without entropy would be worse.
  virtual void fill(std::span<std::uint8_t> out) = 0;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_BASE_ENTROPY_H_
