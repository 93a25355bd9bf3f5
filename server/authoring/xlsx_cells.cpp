#include "server/authoring/xlsx_cells.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

#include "shared/text/utf8.h"

namespace landfall {
namespace {

constexpr double kMaxExact = 9007199254740992.0;

std::optional<double> number_of(std::string_view digits) {
  double number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(number)) {
    return std::nullopt;
  }
  return number;
}

std::string clock_text(std::int64_t seconds) {
  return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string day_text(std::int64_t day, bool since_1904) {
  namespace chrono = std::chrono;
  // Day 60 of the 1900 count is a 29 February that never was.
  const std::int64_t offset = since_1904 ? 0 : (day >= 60 ? -1 : 0);
  const auto first = since_1904 ? chrono::year{1904} / 1 / 1 : chrono::year{1899} / 12 / 31;
  const chrono::sys_days date = chrono::sys_days{first} + chrono::days{day + offset};
  const chrono::year_month_day parts{date};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(parts.year()),
                     static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The character of "_xHHHH_" at the start of `text`; 0 where there is none.
char32_t escape_at(std::string_view text) {
  if (text.size() < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_') return 0;
  char32_t code = 0;
  for (std::size_t i = 2; i < 6; ++i) {
    const int digit = hex_digit(text[i]);
    if (digit < 0) return 0;
    code = code * 16 + static_cast<char32_t>(digit);
  }
  return code >= 0xD800 && code <= 0xDFFF ? 0 : code;
}

// True where `code` begins with "General" (which Chinese and Japanese sheets write "G/…") or the
// exponent of a scientific number. Any other e or g is a year or an era of an East Asian calendar.
bool is_plain_number(std::string_view code) {
  constexpr std::string_view kGeneral = "general";
  if (code.starts_with("G/")) return true;
  const bool is_exponent = code.size() > 1 && (code[0] == 'E' || code[0] == 'e');
  if (is_exponent) return code[1] == '+' || code[1] == '-';
  return code.size() >= kGeneral.size() &&
         std::equal(kGeneral.begin(), kGeneral.end(), code.begin(),
                    [](char lower, char c) { return lower == (c | 0x20); });
}

}  // namespace

NumberLook look_of_builtin_format(std::uint32_t id) {
  const bool is_date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
                       (id >= 50 && id <= 58);
  return is_date ? NumberLook::date : NumberLook::number;
}

NumberLook look_of_format_code(std::string_view code) {
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"' || c == '[') {
      const std::size_t end = code.find(c == '"' ? '"' : ']', i + 1);
      if (end == std::string_view::npos) break;
      i = end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (is_plain_number(code.substr(i))) {
      return NumberLook::number;
    } else if (std::string_view("yYmMdDhHsSeEgG").find(c) != std::string_view::npos) {
      return NumberLook::date;
    }
  }
  return NumberLook::number;
}

std::string format_cell_number(std::string_view digits) {
  const std::optional<double> number = number_of(digits);
  if (!number) return std::string(digits);
  if (*number == std::floor(*number) && std::fabs(*number) < kMaxExact) {
    return fmt::format("{}", static_cast<std::int64_t>(*number));
  }
  return fmt::format("{}", *number);
}

std::string format_cell_date(std::string_view digits, bool since_1904) {
  const std::optional<double> number = number_of(digits);
  if (!number || *number < 0 || *number >= 2958466) return format_cell_number(digits);
  auto seconds = static_cast<std::int64_t>(std::llround(*number * 86400));
  const std::int64_t day = seconds / 86400;
  seconds %= 86400;
  if (day == 0 && !since_1904) return clock_text(seconds);
  const std::string date = day_text(day, since_1904);
  return seconds == 0 ? date : date + "T" + clock_text(seconds);
}

std::string unescaped_cell_text(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t code = text[i] == '_' ? escape_at(text.substr(i)) : 0;
    if (code == 0) {
      result += text[i++];
    } else {
      append_utf8(result, code);
      i += 7;
    }
  }
  return result;
}

std::optional<std::size_t> column_of_reference(std::string_view reference) {
  std::size_t column = 0;
  std::size_t letters = 0;
  while (letters < reference.size() && letters < 3 && reference[letters] >= 'A' &&
         reference[letters] <= 'Z') {
    column = column * 26 + static_cast<std::size_t>(reference[letters] - 'A' + 1);
    ++letters;
  }
  if (letters == 0) return std::nullopt;
  return column - 1;
}

}  // namespace landfall
