#include "shared/text/big_integer.h"

#include <bit>

namespace landfall {
namespace {

constexpr std::size_t kWordBits = 32;

}  // namespace

BigInteger::BigInteger(std::uint32_t value) {
  if (value != 0) words_.push_back(value);
}

void BigInteger::multiply_add(std::uint32_t factor, std::uint32_t addend) {
  std::uint64_t carry = addend;
  for (std::uint32_t& word : words_) {
    carry += std::uint64_t{word} * factor;
    word = static_cast<std::uint32_t>(carry);
    carry >>= kWordBits;
  }
  if (carry != 0) words_.push_back(static_cast<std::uint32_t>(carry));
}

void BigInteger::multiply_by_power_of_ten(unsigned exponent) {
  constexpr std::uint32_t kBillion = 1000000000;
  for (; exponent >= 9; exponent -= 9) multiply_add(kBillion, 0);
  for (; exponent > 0; --exponent) multiply_add(10, 0);
}

void BigInteger::shift_left(std::size_t bits) {
  if (is_zero()) return;
  const std::size_t rest = bits % kWordBits;
  if (rest != 0) multiply_add(std::uint32_t{1} << rest, 0);
  words_.insert(words_.begin(), bits / kWordBits, 0);
}

void BigInteger::shift_right_one() {
  std::uint32_t carry = 0;
  for (std::size_t i = words_.size(); i-- > 0;) {
    const std::uint32_t word = words_[i];
    words_[i] = (word >> 1) | (carry << (kWordBits - 1));
    carry = word & 1;
  }
  drop_leading_zeros();
}

void BigInteger::subtract(const BigInteger& other) {
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const std::uint64_t taken = borrow + (i < other.words_.size() ? other.words_[i] : 0);
    const std::uint64_t word = words_[i];
    words_[i] = static_cast<std::uint32_t>(word - taken);
    borrow = word < taken ? 1 : 0;
  }
  drop_leading_zeros();
}

std::size_t BigInteger::bit_length() const {
  if (is_zero()) return 0;
  const auto top_bits = static_cast<std::size_t>(std::bit_width(words_.back()));
  return (words_.size() - 1) * kWordBits + top_bits;
}

int BigInteger::compare(const BigInteger& other) const {
  if (words_.size() != other.words_.size()) return words_.size() < other.words_.size() ? -1 : 1;
  for (std::size_t i = words_.size(); i-- > 0;) {
    if (words_[i] != other.words_[i]) return words_[i] < other.words_[i] ? -1 : 1;
  }
  return 0;
}

void BigInteger::drop_leading_zeros() {
  while (!words_.empty() && words_.back() == 0) words_.pop_back();
}

}  // namespace landfall
