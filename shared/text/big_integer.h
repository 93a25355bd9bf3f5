// Natural numbers of any size, with just what reading a decimal number exactly needs.

#ifndef LANDFALL_SHARED_TEXT_BIG_INTEGER_H_
#define LANDFALL_SHARED_TEXT_BIG_INTEGER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace landfall {

class BigInteger {
 public:
  BigInteger() = default;
  explicit BigInteger(std::uint32_t value);

  // *this × factor + addend.
  void multiply_add(std::uint32_t factor, std::uint32_t addend);
  void multiply_by_power_of_ten(unsigned exponent);
  void shift_left(std::size_t bits);
  void shift_right_one();
  // REQUIRES: other ≤ *this.
  void subtract(const BigInteger& other);

  [[nodiscard]] bool is_zero() const { return words_.empty(); }
  [[nodiscard]] std::size_t bit_length() const;
  // Negative, zero or positive as *this is less than, equal to or greater than `other`.
  [[nodiscard]] int compare(const BigInteger& other) const;

 private:
  void drop_leading_zeros();

  std::vector<std::uint32_t> words_;  // lowest first, the last one not zero
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_TEXT_BIG_INTEGER_H_
