// NumberSet: numbers below a bound, of which the next one is found fast.

#ifndef LANDFALL_SHARED_FORM_NUMBER_SET_H_
#define LANDFALL_SHARED_FORM_NUMBER_SET_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace landfall {

class NumberSet {
 public:
  // An empty set of numbers below `bound`.
  explicit NumberSet(std::size_t bound) : words_(bound / 64 + 1, 0) {}

  // REQUIRES, here and below: below the bound.
  [[nodiscard]] bool has(std::uint32_t number) const {
    return (words_[number / 64] >> (number % 64) & 1) != 0;
  }
  void insert(std::uint32_t number) { words_[number / 64] |= bit_of(number); }
  void erase(std::uint32_t number) { words_[number / 64] &= ~bit_of(number); }

  // The smallest number from `from` on; UINT32_MAX when there is none. `from` may be the bound.
  [[nodiscard]] std::uint32_t next(std::uint32_t from) const;

 private:
  static std::uint64_t bit_of(std::uint32_t number) { return std::uint64_t{1} << (number % 64); }

  std::vector<std::uint64_t> words_;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_NUMBER_SET_H_
