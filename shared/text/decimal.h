// Doubles from and to their shortest decimal digits, the same bits on every platform.

#ifndef LANDFALL_SHARED_TEXT_DECIMAL_H_
#define LANDFALL_SHARED_TEXT_DECIMAL_H_

#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace landfall {

// The value is 0.`digits` × 10^`point`: digits "15", point 1 is 1.5. No leading or trailing zeros;
// zero has no digits and point 0.
struct ShortestDecimal {
  bool negative = false;
  std::string digits;
  int point = 0;

  bool operator==(const ShortestDecimal&) const = default;
};

// The fewest digits that read back as exactly `value`, and of those the nearest ones.
// REQUIRES: value is finite.
[[nodiscard]] ShortestDecimal shortest_decimal(double value);

// `value` as ECMAScript's Number::toString writes it ("1e+21", "0.000001", "-0" as "0").
// REQUIRES: value is finite.
// Source: ECMA-262 section 6.1.6.1.20.
[[nodiscard]] std::string format_es6_number(double value);

// The double nearest to `text`: optional '-', digits, optional fraction, optional exponent, as in
// JSON but leading zeros, ".5" and "5." are accepted. No white space, no "+", no names for
// infinity. Too small becomes 0.
//
// Errors:
//   number_malformed      not that shape; offset = first offending byte
//   number_out_of_range   too large for a double
[[nodiscard]] Result<double> parse_decimal(std::string_view text);

// The same without an exponent: what people type, and what XPath reads a text as (XPath 1.0,
// section 4.4).
[[nodiscard]] Result<double> parse_plain_decimal(std::string_view text);

}  // namespace landfall

#endif  // LANDFALL_SHARED_TEXT_DECIMAL_H_
