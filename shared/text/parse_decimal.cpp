// Reading a decimal number to the nearest double, by exact arithmetic. fast_float does the same
// faster for long numbers, with a table of 10 KB that the wasm module would have to carry; numbers
// that people type take the short way below, which needs no table.

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include "shared/text/big_integer.h"
#include "shared/text/decimal.h"
#include "shared/text/folding.h"

namespace landfall {
namespace {

// The value is an integer of `count` digits × 10^`exponent`. `leading` are the first of its digits,
// all of them where there are no more than kExactDigits.
struct Digits {
  bool negative = false;
  std::uint64_t leading = 0;
  std::size_t count = 0;  // without zeros in front
  std::int64_t exponent = 0;
};

constexpr std::size_t kExactDigits = 15;  // a double holds any integer of so many

// More digits than any midpoint between two doubles has (767): what follows only breaks ties.
constexpr std::size_t kMaxDigits = 800;
constexpr std::int64_t kMaxExponent = 1000000000000;  // no text is as long as this
// Beyond these powers of ten every number is infinite, or zero.
constexpr std::int64_t kTooLarge = 310;
constexpr std::int64_t kTooSmall = -330;

constexpr int kPrecision = 53;
constexpr int kLeastExponent = -1074;  // of the last bit of the smallest doubles
constexpr int kExponentBias = 1023;

class DecimalReader {
 public:
  explicit DecimalReader(std::string_view text) : text_(text) {}

  // The offset of the first byte that does not fit; npos when all do.
  std::size_t read(Digits& number) {
    number.negative = take('-');
    std::size_t count = read_digits(number, false);
    if (take('.')) count += read_digits(number, true);
    if (count == 0) return at_;
    if (take('e') || take('E')) {
      const bool is_negative = peek() == '-';
      if (peek() == '+' || peek() == '-') ++at_;
      if (!read_exponent(number, is_negative)) return at_;
    }
    return at_ == text_.size() ? std::string_view::npos : at_;
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool take(char wanted) {
    if (peek() != wanted || at_ == text_.size()) return false;
    ++at_;
    return true;
  }

  std::size_t read_digits(Digits& number, bool is_fraction) {
    const std::size_t start = at_;
    for (; is_ascii_digit(peek()); ++at_) {
      const auto digit = static_cast<std::uint64_t>(peek() - '0');
      if (is_fraction) --number.exponent;
      if (number.count == 0 && digit == 0) continue;
      if (number.count < kExactDigits) number.leading = number.leading * 10 + digit;
      ++number.count;
    }
    return at_ - start;
  }

  bool read_exponent(Digits& number, bool is_negative) {
    const std::size_t start = at_;
    std::int64_t exponent = 0;
    for (; is_ascii_digit(peek()); ++at_) {
      if (exponent < kMaxExponent) exponent = exponent * 10 + (peek() - '0');
    }
    number.exponent += is_negative ? -exponent : exponent;
    return at_ > start;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// Clinger's short way: both numbers are exact doubles, so one operation rounds once.
bool read_exactly(const Digits& number, double& value) {
  constexpr std::array<double, 23> kPowers = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                              1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                              1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  if (number.count > kExactDigits || number.exponent < -22 || number.exponent > 22) return false;
  value = static_cast<double>(number.leading);
  if (number.exponent < 0) {
    value /= kPowers[static_cast<std::size_t>(-number.exponent)];
  } else {
    value *= kPowers[static_cast<std::size_t>(number.exponent)];
  }
  return true;
}

// A positive number as quotient × 2^exponent, cut to 54 or 55 bits; `has_more` when bits were cut.
struct Quotient {
  std::uint64_t bits = 0;
  int exponent = 0;
  bool has_more = false;
};

Quotient divide(BigInteger numerator, BigInteger denominator) {
  constexpr int kWantedBits = 54;
  const int shift = kWantedBits - static_cast<int>(numerator.bit_length()) +
                    static_cast<int>(denominator.bit_length());
  if (shift > 0) {
    numerator.shift_left(static_cast<std::size_t>(shift));
  } else {
    denominator.shift_left(static_cast<std::size_t>(-shift));
  }
  Quotient quotient;
  quotient.exponent = -shift;
  denominator.shift_left(kWantedBits);
  for (int i = kWantedBits; i >= 0; --i) {
    quotient.bits <<= 1;
    if (numerator.compare(denominator) >= 0) {
      numerator.subtract(denominator);
      quotient.bits |= 1;
    }
    denominator.shift_right_one();
  }
  quotient.has_more = !numerator.is_zero();
  return quotient;
}

// The nearest double, ties to even. The bits of infinity come out by themselves.
double rounded(const Quotient& quotient) {
  const int length = static_cast<int>(std::bit_width(quotient.bits));
  const int least = kLeastExponent - quotient.exponent;
  const int dropped = std::max(length - kPrecision, least);
  if (dropped > length) return 0;
  const std::uint64_t rest = quotient.bits & ((std::uint64_t{1} << dropped) - 1);
  const std::uint64_t half = std::uint64_t{1} << (dropped - 1);
  std::uint64_t kept = quotient.bits >> dropped;
  if (rest > half || (rest == half && (quotient.has_more || (kept & 1) != 0))) ++kept;

  // Adding the mantissa with its leading bit counts the exponent up by one, as it should be for
  // every normal number; one that rounding made longer moves on to the next exponent alike.
  const int exponent = quotient.exponent + dropped - kLeastExponent;
  std::uint64_t bits = kept;
  if (exponent >= 2 * kExponentBias)
    bits = std::uint64_t{2 * kExponentBias + 1} << 52;
  else
    bits += static_cast<std::uint64_t>(exponent) << 52;
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

// The digits of `text`, a number, up to its exponent. Of those behind the most that matter only
// whether they are zeros: then a last digit that is neither 0 nor 5 says "a little more".
std::string significant_digits(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c == 'e' || c == 'E') break;
    if (!is_ascii_digit(c) || (digits.empty() && c == '0')) continue;
    if (digits.size() < kMaxDigits) {
      digits.push_back(c);
    } else if (c != '0' && (digits.back() == '0' || digits.back() == '5')) {
      ++digits.back();
    }
  }
  return digits;
}

double read_slowly(const Digits& number, std::string_view text) {
  BigInteger numerator;
  const std::string digits = significant_digits(text);
  for (const char digit : digits) {
    const auto value = static_cast<std::uint32_t>(digit - '0');
    if (numerator.is_zero()) {
      numerator = BigInteger(value);
    } else {
      numerator.multiply_add(10, value);
    }
  }
  const std::int64_t exponent =
      number.exponent + static_cast<std::int64_t>(number.count - digits.size());
  BigInteger denominator(1);
  if (exponent < 0) {
    denominator.multiply_by_power_of_ten(static_cast<unsigned>(-exponent));
  } else {
    numerator.multiply_by_power_of_ten(static_cast<unsigned>(exponent));
  }
  return rounded(divide(std::move(numerator), std::move(denominator)));
}

}  // namespace

Result<double> parse_decimal(std::string_view text) {
  Digits number;
  const std::size_t misfit = DecimalReader(text).read(number);
  if (misfit != std::string_view::npos) {
    return Error{ErrorCode::number_malformed, static_cast<std::uint32_t>(misfit)};
  }
  double value = 0;
  const std::int64_t magnitude = static_cast<std::int64_t>(number.count) + number.exponent;
  const bool is_zero = number.count == 0 || magnitude < kTooSmall;
  if (!is_zero && magnitude > kTooLarge) return Error{ErrorCode::number_out_of_range, 0};
  if (!is_zero && !read_exactly(number, value)) value = read_slowly(number, text);
  if (!std::isfinite(value)) return Error{ErrorCode::number_out_of_range, 0};
  return number.negative ? -value : value;
}

Result<double> parse_plain_decimal(std::string_view text) {
  const std::size_t exponent = text.find_first_of("eE");
  if (exponent == std::string_view::npos) return parse_decimal(text);
  return Error{ErrorCode::number_malformed, static_cast<std::uint32_t>(exponent)};
}

}  // namespace landfall
