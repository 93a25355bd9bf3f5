// Random edits for tests: the same ones on every machine.

#ifndef LANDFALL_TESTS_SHARED_FORM_CHANCE_H_
#define LANDFALL_TESTS_SHARED_FORM_CHANCE_H_

#include <cstddef>
#include <cstdint>

namespace landfall {

// A linear congruential generator (Knuth's MMIX constants); the standard library's
// distributions differ between implementations.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state_ >> 33) % bound;
  }

 private:
  std::uint64_t state_;
};

}  // namespace landfall

#endif  // LANDFALL_TESTS_SHARED_FORM_CHANCE_H_
