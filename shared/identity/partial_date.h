// Dates of which only the year, or the year and month, are known, as some passports print them.

#ifndef LANDFALL_SHARED_IDENTITY_PARTIAL_DATE_H_
#define LANDFALL_SHARED_IDENTITY_PARTIAL_DATE_H_

#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/identity/date.h"

namespace landfall {

// month and day are 0 when unknown; a known day needs a known month.
struct PartialDate {
  int year = 1970;
  int month = 0;
  int day = 0;

  bool operator==(const PartialDate&) const = default;
};

// Parses "YYYY", "YYYY-MM" or "YYYY-MM-DD".
//
// Errors: date_malformed and date_out_of_range as parse_date().
// Source: RFC 3339 full-date, cut after the year or the month.
[[nodiscard]] Result<PartialDate> parse_partial_date(std::string_view text);

[[nodiscard]] std::string format_partial_date(PartialDate date);

// The earliest and the latest day it can be.
[[nodiscard]] Date earliest_of(PartialDate date);
[[nodiscard]] Date latest_of(PartialDate date);

// Findings: date_malformed, date_does_not_exist.
[[nodiscard]] CheckOutcome check_partial_date(std::string_view value);

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_PARTIAL_DATE_H_
