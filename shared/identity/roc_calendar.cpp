#include "shared/identity/roc_calendar.h"

#include <charconv>

#include "shared/text/folding.h"

namespace landfall {
namespace {

constexpr int kYearsBefore = 1911;
constexpr int kMaxCompactYear = 999;
constexpr std::string_view kEra = "民國";
constexpr std::string_view kBeforeEra = "民國前";
constexpr std::string_view kBeforeEraInShort = "民前";
constexpr std::string_view kFirstYear = "元";
constexpr std::string_view kYear = "年";
constexpr std::string_view kMonth = "月";
constexpr std::string_view kDay = "日";

constexpr Error kMalformed{ErrorCode::date_malformed, 0};
constexpr Error kOutOfRange{ErrorCode::date_out_of_range, 0};

// The digits of a date as they were written; `year_digits` tells the calendars apart.
struct Parts {
  int year = 0;
  int month = 0;
  int day = 0;
  std::size_t year_digits = 0;
};

// Takes one to `max_digits` digits from the front of `text` into `number`; 0 when there are none or
// too many, otherwise how many there were.
std::size_t take_number(std::string_view& text, std::size_t max_digits, int& number) {
  std::size_t digits = 0;
  while (digits < text.size() && is_ascii_digit(text[digits])) ++digits;
  if (digits == 0 || digits > max_digits) return 0;
  std::from_chars(text.data(), text.data() + digits, number);
  text.remove_prefix(digits);
  return digits;
}

bool take(std::string_view& text, std::string_view wanted) {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(wanted.size());
  return true;
}

// Year, month and day, each followed by its mark.
bool take_parts(std::string_view text, std::string_view after_year, std::string_view after_month,
                std::string_view after_day, Parts& parts) {
  parts = {};
  if (take(text, kFirstYear)) {
    parts.year = 1;
    parts.year_digits = 1;
  } else {
    parts.year_digits = take_number(text, 4, parts.year);
  }
  return parts.year_digits > 0 && take(text, after_year) && take_number(text, 2, parts.month) > 0 &&
         take(text, after_month) && take_number(text, 2, parts.day) > 0 && take(text, after_day) &&
         text.empty();
}

// "1121121" or "991231".
bool take_compact(std::string_view text, Parts& parts) {
  if (!is_all_digits(text) || (text.size() != 6 && text.size() != 7)) return false;
  parts.year_digits = text.size() - 4;
  std::string_view year = text.substr(0, parts.year_digits);
  std::string_view month = text.substr(parts.year_digits, 2);
  std::string_view day = text.substr(parts.year_digits + 2, 2);
  return take_number(year, 3, parts.year) > 0 && take_number(month, 2, parts.month) > 0 &&
         take_number(day, 2, parts.day) > 0;
}

Result<Date> date_of(int year, const Parts& parts) {
  if (!is_date(year, parts.month, parts.day)) return kOutOfRange;
  return Date{year, parts.month, parts.day};
}

Result<Date> date_in_era(const Parts& parts) {
  if (parts.year == 0) return kOutOfRange;
  return date_of(parts.year + kYearsBefore, parts);
}

}  // namespace

RocYear roc_year_of(Date date) {
  if (date.year > kYearsBefore) return {date.year - kYearsBefore, false};
  return {kYearsBefore + 1 - date.year, true};
}

Result<Date> parse_roc_date(std::string_view text) {
  const std::string folded = fold_dashes(fold_digits(fold_width(text)));
  const std::string spaceless = remove_ascii(folded, " \t");
  std::string_view rest = spaceless;
  Parts parts;
  if (take(rest, kBeforeEra) || take(rest, kBeforeEraInShort)) {
    if (!take_parts(rest, kYear, kMonth, kDay, parts)) return kMalformed;
    if (parts.year == 0) return kOutOfRange;
    return date_of(kYearsBefore + 1 - parts.year, parts);
  }
  const bool names_era = take(rest, kEra);
  if (take_parts(rest, kYear, kMonth, kDay, parts)) {
    const bool is_gregorian = !names_era && parts.year_digits == 4;
    return is_gregorian ? date_of(parts.year, parts) : date_in_era(parts);
  }
  if (names_era) return kMalformed;
  for (const std::string_view separator : {"/", ".", "-"}) {
    if (!take_parts(rest, separator, separator, "", parts)) continue;
    return parts.year_digits == 4 ? date_of(parts.year, parts) : date_in_era(parts);
  }
  if (!take_compact(rest, parts)) return kMalformed;
  return date_in_era(parts);
}

std::string format_roc_date(Date date) {
  const RocYear year = roc_year_of(date);
  std::string text(year.before_era ? kBeforeEra : kEra);
  text += std::to_string(year.year);
  text += kYear;
  text += std::to_string(date.month);
  text += kMonth;
  text += std::to_string(date.day);
  text += kDay;
  return text;
}

std::optional<std::string> format_roc_compact(Date date) {
  const RocYear year = roc_year_of(date);
  if (year.before_era || year.year > kMaxCompactYear) return {};
  // The ISO form of the same day with the era's year: "0112-11-21".
  const std::string iso = format_date({year.year, date.month, date.day});
  return iso.substr(1, 3) + iso.substr(5, 2) + iso.substr(8, 2);
}

CheckOutcome check_roc_date(std::string_view value) {
  const Result<Date> date = parse_roc_date(trim(value));
  if (date.ok()) return {{}, format_date(date.value())};
  return refused_with(date.error().code == ErrorCode::date_malformed
                          ? finding_code::date_malformed
                          : finding_code::date_does_not_exist);
}

}  // namespace landfall
