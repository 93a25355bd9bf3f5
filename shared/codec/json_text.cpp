#include "shared/codec/json_text.h"

#include <charconv>
#include <cmath>
#include <cstdint>

#include "shared/text/decimal.h"

namespace landfall {
namespace {

void append_escaped(std::string& to, char c) {
  constexpr std::string_view kEscaped = "\b\t\n\f\r\"\\";
  constexpr std::string_view kLetters = "btnfr\"\\";
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  to.push_back('\\');
  if (const std::size_t i = kEscaped.find(c); i != std::string_view::npos) {
    to.push_back(kLetters[i]);
    return;
  }
  const auto byte = static_cast<unsigned char>(c);
  to += "u00";
  to.push_back(kHexDigits[byte >> 4]);
  to.push_back(kHexDigits[byte & 15]);
}

}  // namespace

void append_json_string(std::string& to, std::string_view text) {
  to.push_back('"');
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
    to.append(text.substr(plain, i - plain));
    append_escaped(to, c);
    plain = i + 1;
  }
  to.append(text.substr(plain));
  to.push_back('"');
}

void append_json_number(std::string& to, double number) {
  constexpr double kExact = 9007199254740992.0;
  if (std::abs(number) < kExact && number == std::trunc(number)) {
    char digits[20];
    const auto end =
        std::to_chars(digits, digits + sizeof digits, static_cast<std::int64_t>(number));
    to.append(digits, end.ptr);
    return;
  }
  to += format_es6_number(number);
}

}  // namespace landfall
