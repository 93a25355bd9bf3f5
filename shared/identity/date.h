// Calendar dates: Gregorian, proleptic, years 1 to 9999, no time and no zone.

#ifndef LANDFALL_SHARED_IDENTITY_DATE_H_
#define LANDFALL_SHARED_IDENTITY_DATE_H_

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/identity/outcome.h"

namespace landfall {

// REQUIRES of every function that takes one: a date that exists, as parse_date() gives it.
struct Date {
  int year = 1970;
  int month = 1;
  int day = 1;

  auto operator<=>(const Date&) const = default;
};

inline constexpr int kMinYear = 1;
inline constexpr int kMaxYear = 9999;

[[nodiscard]] bool is_leap_year(int year);
// REQUIRES: 1 ≤ month ≤ 12.
[[nodiscard]] int days_in_month(int year, int month);
// True when there is such a day between 0001-01-01 and 9999-12-31.
[[nodiscard]] bool is_date(int year, int month, int day);

// Parses `text`, exactly "YYYY-MM-DD" in ASCII digits: no spaces, no sign, no time.
//
// Errors:
//   date_malformed       not that shape; offset = first offending byte
//   date_out_of_range    no such day (0000, month 13, 30 February); offset = start of the wrong
//   part
// Source: RFC 3339 section 5.6, full-date.
[[nodiscard]] Result<Date> parse_date(std::string_view text);

// "YYYY-MM-DD".
[[nodiscard]] std::string format_date(Date date);

// Days since 1970-01-01, negative before.
[[nodiscard]] std::int32_t days_from_date(Date date);

// The day `days` after 1970-01-01.
//
// Errors:
//   date_out_of_range   before year 1 or after year 9999
[[nodiscard]] Result<Date> date_from_days(std::int64_t days);

// `date` plus `days`, which may be negative. Errors: as date_from_days.
[[nodiscard]] Result<Date> add_days(Date date, std::int64_t days);

// The same day `months` later or earlier; the last day of that month where there is no such day.
//
// Errors:
//   date_out_of_range   before year 1 or after year 9999
[[nodiscard]] Result<Date> add_months(Date date, std::int64_t months);

// 0 for Sunday to 6 for Saturday.
[[nodiscard]] int weekday(Date date);

// Full years completed on `on`; a birthday on 29 February counts on 1 March in other years. 0
// before the birth.
[[nodiscard]] int age_on(Date birth, Date on);

// Checks a typed date; stored as "YYYY-MM-DD". Full-width and other digits are folded.
//
// Findings: date_malformed, date_does_not_exist.
[[nodiscard]] CheckOutcome check_date(std::string_view value);

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_DATE_H_
