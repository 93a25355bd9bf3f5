#include "shared/identity/date.h"

#include <algorithm>

#include "shared/text/folding.h"

namespace landfall {
namespace {

constexpr std::string_view kShape = "dddd-dd-dd";
constexpr int kDaysPer400Years = 146097;
// Days from 0000-03-01, where the arithmetic's years begin, to 1970-01-01.
constexpr std::int64_t kDaysToEpoch = 719468;

Error out_of_range(std::uint32_t offset) { return Error{ErrorCode::date_out_of_range, offset}; }

int number_at(std::string_view text, std::size_t offset, std::size_t digits) {
  int number = 0;
  for (const char c : text.substr(offset, digits)) number = number * 10 + (c - '0');
  return number;
}

// Appends `number` with at least `digits` digits.
void append_number(std::string& to, int number, int digits) {
  std::string reversed;
  for (; number > 0 || digits > 0; number /= 10, --digits) {
    reversed.push_back(static_cast<char>('0' + number % 10));
  }
  to.append(reversed.rbegin(), reversed.rend());
}

std::int64_t floor_divide(std::int64_t dividend, std::int64_t divisor) {
  return dividend / divisor - (dividend % divisor < 0 ? 1 : 0);
}

}  // namespace

bool is_leap_year(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in_month(int year, int month) {
  if (month == 2) return is_leap_year(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool is_date(int year, int month, int day) {
  return year >= kMinYear && year <= kMaxYear && month >= 1 && month <= 12 && day >= 1 &&
         day <= days_in_month(year, month);
}

Result<Date> parse_date(std::string_view text) {
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool fits =
        i < text.size() && (kShape[i] == 'd' ? is_ascii_digit(text[i]) : text[i] == kShape[i]);
    if (!fits) return Error{ErrorCode::date_malformed, static_cast<std::uint32_t>(i)};
  }
  if (text.size() > kShape.size()) {
    return Error{ErrorCode::date_malformed, static_cast<std::uint32_t>(kShape.size())};
  }
  const Date date{number_at(text, 0, 4), number_at(text, 5, 2), number_at(text, 8, 2)};
  if (date.year < kMinYear) return out_of_range(0);
  if (date.month < 1 || date.month > 12) return out_of_range(5);
  if (!is_date(date.year, date.month, date.day)) return out_of_range(8);
  return date;
}

std::string format_date(Date date) {
  std::string text;
  append_number(text, date.year, 4);
  text.push_back('-');
  append_number(text, date.month, 2);
  text.push_back('-');
  append_number(text, date.day, 2);
  return text;
}

std::int32_t days_from_date(Date date) {
  // Years that begin in March put the leap day last, so that month lengths follow one formula.
  const int year = date.month <= 2 ? date.year - 1 : date.year;
  const int month = date.month <= 2 ? date.month + 9 : date.month - 3;
  const std::int64_t era = floor_divide(year, 400);
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return static_cast<std::int32_t>(era * kDaysPer400Years + day_of_era - kDaysToEpoch);
}

Result<Date> date_from_days(std::int64_t days) {
  if (days < days_from_date({kMinYear, 1, 1}) || days > days_from_date({kMaxYear, 12, 31})) {
    return out_of_range(0);
  }
  const std::int64_t shifted = days + kDaysToEpoch;
  const std::int64_t era = floor_divide(shifted, kDaysPer400Years);
  const std::int64_t day_of_era = shifted - era * kDaysPer400Years;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month = (5 * day_of_year + 2) / 153;
  Date date;
  date.day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1);
  date.month = static_cast<int>(month < 10 ? month + 3 : month - 9);
  date.year = static_cast<int>(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
  return date;
}

Result<Date> add_days(Date date, std::int64_t days) {
  // Nobody needs more than the whole calendar, and so the sum cannot overflow.
  constexpr std::int64_t kWholeCalendar = 3652059;
  if (days > kWholeCalendar || days < -kWholeCalendar) return out_of_range(0);
  return date_from_days(days_from_date(date) + days);
}

Result<Date> add_months(Date date, std::int64_t months) {
  constexpr std::int64_t kWholeCalendar = 12 * kMaxYear;
  if (months > kWholeCalendar || months < -kWholeCalendar) return out_of_range(0);
  const std::int64_t total = std::int64_t{12} * date.year + (date.month - 1) + months;
  const std::int64_t year = floor_divide(total, 12);
  if (year < kMinYear || year > kMaxYear) return out_of_range(0);
  Date moved;
  moved.year = static_cast<int>(year);
  moved.month = static_cast<int>(total - year * 12) + 1;
  moved.day = std::min(date.day, days_in_month(moved.year, moved.month));
  return moved;
}

int weekday(Date date) {
  constexpr std::int64_t kThursday = 4;  // 1970-01-01
  const std::int64_t days = days_from_date(date) + kThursday;
  return static_cast<int>(days - floor_divide(days, 7) * 7);
}

int age_on(Date birth, Date on) {
  const bool before_birthday =
      on.month < birth.month || (on.month == birth.month && on.day < birth.day);
  return std::max(0, on.year - birth.year - (before_birthday ? 1 : 0));
}

CheckOutcome check_date(std::string_view value) {
  const std::string folded = fold_dashes(fold_digits(fold_width(trim(value))));
  const Result<Date> date = parse_date(folded);
  if (date.ok()) return {{}, format_date(date.value())};
  return refused_with(date.error().code == ErrorCode::date_malformed
                          ? finding_code::date_malformed
                          : finding_code::date_does_not_exist);
}

}  // namespace landfall
