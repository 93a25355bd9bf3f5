#include "shared/xpath/value.h"

#include <cmath>
#include <limits>

#include "shared/text/decimal.h"

namespace landfall {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view trim_xml_space(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string format_xpath_number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  const ShortestDecimal shortest = shortest_decimal(value);
  if (shortest.digits.empty()) return "0";
  std::string text = shortest.negative ? "-" : "";
  const int count = static_cast<int>(shortest.digits.size());
  if (shortest.point <= 0) {
    text += "0.";
    text.append(static_cast<std::size_t>(-shortest.point), '0');
    return text + shortest.digits;
  }
  if (shortest.point >= count) {
    text += shortest.digits;
    text.append(static_cast<std::size_t>(shortest.point - count), '0');
    return text;
  }
  const auto whole = static_cast<std::size_t>(shortest.point);
  return text + shortest.digits.substr(0, whole) + "." + shortest.digits.substr(whole);
}

double number_of_text(std::string_view text, const TimeZone& zone) {
  const std::string_view trimmed = trim_xml_space(text);
  if (trimmed.empty()) return kNaN;
  const Result<double> number = parse_plain_decimal(trimmed);
  if (number.ok()) return number.value();
  if (trimmed.size() < 8) return kNaN;
  const std::optional<DateTime> date = parse_date_time(trimmed, zone);
  return date ? days_of(*date) : kNaN;
}

}  // namespace landfall
