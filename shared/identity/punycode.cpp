#include "shared/identity/punycode.h"

#include <algorithm>
#include <cstdint>

namespace landfall {
namespace {

// The names and values of RFC 3492 section 5.
constexpr std::uint32_t kBase = 36;
constexpr std::uint32_t kTmin = 1;
constexpr std::uint32_t kTmax = 26;
constexpr std::uint32_t kSkew = 38;
constexpr std::uint32_t kDamp = 700;
constexpr std::uint32_t kInitialBias = 72;
constexpr char32_t kInitialN = 0x80;

char digit(std::uint32_t value) {
  return static_cast<char>(value < 26 ? 'a' + value : '0' + (value - 26));
}

std::uint32_t adapt(std::uint32_t delta, std::uint32_t points, bool first_time) {
  delta = first_time ? delta / kDamp : delta / 2;
  delta += delta / points;
  std::uint32_t k = 0;
  for (; delta > (kBase - kTmin) * kTmax / 2; k += kBase) delta /= kBase - kTmin;
  return k + (kBase - kTmin + 1) * delta / (delta + kSkew);
}

void append_variable_length(std::string& to, std::uint32_t delta, std::uint32_t bias) {
  for (std::uint32_t k = kBase;; k += kBase) {
    const std::uint32_t threshold = k <= bias ? kTmin : std::min(k - bias, kTmax);
    if (delta < threshold) break;
    to.push_back(digit(threshold + (delta - threshold) % (kBase - threshold)));
    delta = (delta - threshold) / (kBase - threshold);
  }
  to.push_back(digit(delta));
}

}  // namespace

std::string encode_punycode(std::u32string_view label) {
  std::string encoded;
  for (const char32_t c : label) {
    if (c < kInitialN) encoded.push_back(static_cast<char>(c));
  }
  const auto basic = static_cast<std::uint32_t>(encoded.size());
  std::uint32_t handled = basic;
  if (basic > 0) encoded.push_back('-');

  char32_t n = kInitialN;
  std::uint32_t delta = 0;
  std::uint32_t bias = kInitialBias;
  while (handled < label.size()) {
    char32_t next = 0x10FFFF;
    for (const char32_t c : label) {
      if (c >= n) next = std::min(next, c);
    }
    delta += static_cast<std::uint32_t>(next - n) * (handled + 1);
    n = next;
    for (const char32_t c : label) {
      if (c < n) ++delta;
      if (c != n) continue;
      append_variable_length(encoded, delta, bias);
      bias = adapt(delta, handled + 1, handled == basic);
      delta = 0;
      ++handled;
    }
    ++delta;
    ++n;
  }
  return encoded;
}

}  // namespace landfall
