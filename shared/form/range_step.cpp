#include "shared/form/range_step.h"

#include <algorithm>
#include <cstdint>

#include "shared/text/decimal.h"

namespace landfall {
namespace {

constexpr int kMostDigits = 18;  // a remainder below 10^18, times ten, and a digit fit 64 bits

// What is left of `number` × 10^`places`, a whole number, after division by `divisor`; never
// negative. With divisor 0 the number itself.
std::uint64_t remainder_of(const ShortestDecimal& number, int places, std::uint64_t divisor) {
  std::uint64_t rest = 0;
  for (int i = 0; i < number.point + places; ++i) {
    const auto at = static_cast<std::size_t>(i);
    rest *= 10;
    if (at < number.digits.size()) rest += static_cast<std::uint64_t>(number.digits[at] - '0');
    if (divisor != 0) rest %= divisor;
  }
  return number.negative && rest != 0 ? divisor - rest : rest;
}

}  // namespace

bool lies_on_step(double value, double start, double step) {
  if (step == 0 || value == start) return true;
  const ShortestDecimal numbers[] = {shortest_decimal(value), shortest_decimal(start),
                                     shortest_decimal(step)};
  int places = -numbers[2].point;  // negative: the last digit of all stands before the point
  for (const ShortestDecimal& number : numbers) {
    if (number.digits.empty()) continue;
    places = std::max(places, static_cast<int>(number.digits.size()) - number.point);
  }
  // Doubles have 17 digits: a step that is this much larger than the last place of the others is
  // larger than what lies between them, or has no such place.
  if (numbers[2].point + places > kMostDigits) return false;
  const std::uint64_t divisor = remainder_of(numbers[2], places, 0);
  return remainder_of(numbers[0], places, divisor) == remainder_of(numbers[1], places, divisor);
}

}  // namespace landfall
