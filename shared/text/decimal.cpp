#include "shared/text/decimal.h"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <cmath>
#include <cstdint>

#include "shared/base/invariant.h"
#include "shared/text/folding.h"

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

// Moves `at` over digits and says how many there were.
std::size_t skip_digits(std::string_view text, std::size_t& at) {
  const std::size_t start = at;
  while (at < text.size() && is_ascii_digit(text[at])) ++at;
  return at - start;
}

// The offset of the first byte that does not fit the shape; npos when all do.
std::size_t find_misfit(std::string_view text) {
  std::size_t at = 0;
  if (at < text.size() && text[at] == '-') ++at;
  std::size_t mantissa_digits = skip_digits(text, at);
  if (at < text.size() && text[at] == '.') {
    ++at;
    mantissa_digits += skip_digits(text, at);
  }
  if (mantissa_digits == 0) return at;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (skip_digits(text, at) == 0) return at;
  }
  return at == text.size() ? std::string_view::npos : at;
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

Result<double> parse_decimal(std::string_view text) {
  const std::size_t misfit = find_misfit(text);
  if (misfit != std::string_view::npos) {
    return Error{ErrorCode::number_malformed, static_cast<std::uint32_t>(misfit)};
  }
  double value = 0;
  // The shape is settled; fast_float only converts. Which way it reports an overflow changed
  // between its versions, the infinity did not.
  (void)fast_float::from_chars(text.data(), text.data() + text.size(), value);
  if (!std::isfinite(value)) return Error{ErrorCode::number_out_of_range, 0};
  return value;
}

}  // namespace landfall
