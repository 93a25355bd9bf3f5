#include "shared/text/decimal.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>

#include "shared/base/invariant.h"

namespace landfall {
namespace {

// "-", "e+21" and so on for a decimal exponent.
std::string exponent_text(int exponent) {
  std::string text = exponent < 0 ? "e-" : "e+";
  const unsigned magnitude = static_cast<unsigned>(exponent < 0 ? -exponent : exponent);
  if (magnitude >= 100) text.push_back(static_cast<char>('0' + magnitude / 100));
  if (magnitude >= 10) text.push_back(static_cast<char>('0' + magnitude / 10 % 10));
  text.push_back(static_cast<char>('0' + magnitude % 10));
  return text;
}

}  // namespace

ShortestDecimal shortest_decimal(double value) {
  require(std::isfinite(value), "only finite numbers have decimal digits");
  ShortestDecimal decimal;
  decimal.negative = std::signbit(value);
  if (value == 0) return decimal;
  // The algorithm itself instead of fmt::format: a fifth of the code in the module.
  const auto shortest = fmt::detail::dragonbox::to_decimal(std::fabs(value));
  std::uint64_t significand = shortest.significand;
  while (significand != 0) {
    decimal.digits.insert(decimal.digits.begin(), static_cast<char>('0' + significand % 10));
    significand /= 10;
  }
  decimal.point = static_cast<int>(decimal.digits.size()) + shortest.exponent;
  while (decimal.digits.back() == '0') decimal.digits.pop_back();
  return decimal;
}

std::string format_es6_number(double value) {
  const ShortestDecimal decimal = shortest_decimal(value);
  const std::string& digits = decimal.digits;
  const int count = static_cast<int>(digits.size());
  if (count == 0) return "0";

  std::string text;
  if (decimal.negative) text.push_back('-');
  const int point = decimal.point;
  if (count <= point && point <= 21) {
    text += digits;
    text.append(static_cast<std::size_t>(point - count), '0');
  } else if (0 < point && point <= 21) {
    text += digits;
    text.insert(text.size() - static_cast<std::size_t>(count - point), 1, '.');
  } else if (-6 < point && point <= 0) {
    text += "0.";
    text.append(static_cast<std::size_t>(-point), '0');
    text += digits;
  } else {
    text.push_back(digits[0]);
    if (count > 1) {
      text.push_back('.');
      text.append(digits, 1);
    }
    text += exponent_text(point - 1);
  }
  return text;
}

}  // namespace landfall
