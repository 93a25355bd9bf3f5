// Dates in the calendar of the Republic of China (Minguo): year 1 is 1912, months are Gregorian.

#ifndef LANDFALL_SHARED_IDENTITY_ROC_CALENDAR_H_
#define LANDFALL_SHARED_IDENTITY_ROC_CALENDAR_H_

#include <optional>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/identity/date.h"

namespace landfall {

// A year of the era: 1912 is {1, false}, 1911 is {1, true} (民國前1年). There is no year 0.
struct RocYear {
  int year = 1;
  bool before_era = false;

  bool operator==(const RocYear&) const = default;
};

[[nodiscard]] RocYear roc_year_of(Date date);

// Reads a date as people write it in Taiwan: "民國112年11月21日", "民國前1年10月10日", "112/11/21"
// (also with "." or "-"), "1121121" and "991231" (years of two digits), and "2023-11-21", because
// a year of four digits is always Gregorian. Full-width digits and spaces are folded.
//
// Errors:
//   date_malformed      none of these shapes; offset = 0
//   date_out_of_range   no such day, or year 0; offset = 0
[[nodiscard]] Result<Date> parse_roc_date(std::string_view text);

// "民國112年11月21日" or "民國前1年10月10日".
[[nodiscard]] std::string format_roc_date(Date date);

// "1121121", seven digits; nullopt before 1912 and after year 999 of the era.
[[nodiscard]] std::optional<std::string> format_roc_compact(Date date);

// Checks a typed ROC date; stored as Gregorian "YYYY-MM-DD".
//
// Findings: date_malformed, date_does_not_exist.
[[nodiscard]] CheckOutcome check_roc_date(std::string_view value);

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_ROC_CALENDAR_H_
