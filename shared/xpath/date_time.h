// Instants, time zones and ISO 8601 texts, as far as expressions need them.

#ifndef LANDFALL_SHARED_XPATH_DATE_TIME_H_
#define LANDFALL_SHARED_XPATH_DATE_TIME_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace landfall {

// A zone by its rule, not by its history: the offset in force now, and when summer time begins.
struct TimeZone {
  enum class Summer : std::uint8_t { none, europe, north_america, australia, new_zealand };

  std::int32_t standard_minutes = 0;  // east of UTC
  Summer summer = Summer::none;

  bool operator==(const TimeZone&) const = default;
};

// The zone with the IANA name `name`, or written "UTC+08:00"; nothing when it is not known.
[[nodiscard]] std::optional<TimeZone> find_time_zone(std::string_view name);

// The IANA names that find_time_zone() knows, the likeliest first.
[[nodiscard]] std::vector<std::string_view> time_zone_names();

// A point in time. `timed` shows that a time of day was meant, so that midnight is written too.
struct DateTime {
  std::int64_t milliseconds = 0;  // since 1970-01-01T00:00:00Z
  bool timed = false;
  bool valid = true;

  bool operator==(const DateTime&) const = default;
};

// A point in time as calendars in `zone` show it.
struct CivilTime {
  std::int64_t year = 1970;
  unsigned month = 1;
  unsigned day = 1;
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
  unsigned millisecond = 0;
  unsigned weekday = 4;  // 0 = Sunday
  std::int32_t offset_minutes = 0;
};

// The offset of `zone` from UTC at an instant.
[[nodiscard]] std::int32_t offset_minutes_at(const TimeZone& zone, std::int64_t milliseconds);

// The instant of a wall-clock time in `zone`; in the hour that summer time skips or repeats, the
// one that standard time gives.
[[nodiscard]] std::int64_t instant_of_local(const TimeZone& zone, std::int64_t local_milliseconds);

[[nodiscard]] CivilTime civil_of(std::int64_t milliseconds, const TimeZone& zone);

// Days since 1970-01-01 of a proleptic Gregorian date; month and day may be out of range.
[[nodiscard]] std::int64_t days_of_civil(std::int64_t year, unsigned month, unsigned day);

// Reads "YYYY-MM-DD" (month and day also with one digit) or a time stamp with seconds, fraction and
// offset optional; without an offset it is meant in `zone`. Nothing for anything else, also for a
// day that its month does not have.
[[nodiscard]] std::optional<DateTime> parse_date_time(std::string_view text, const TimeZone& zone);

// "YYYY-MM-DD" at midnight of an untimed value, else "YYYY-MM-DDThh:mm:ss.sss+hh:mm", in `zone`;
// "Invalid Date" for an invalid one.
[[nodiscard]] std::string format_date_time(const DateTime& value, const TimeZone& zone);

// Days since 1970-01-01T00:00:00Z, with a fraction.
[[nodiscard]] double days_of(const DateTime& value);

// The instant that lies `days` after 1970-01-01T00:00:00Z, to the millisecond; invalid for NaN,
// infinities and years beyond 0001 to 9999.
[[nodiscard]] DateTime date_time_of_days(double days);

// The same wall-clock time `months` later in `zone`; the last day of the month where that day does
// not exist.
// Source: domain.md 4.16, add_months.
[[nodiscard]] DateTime add_months(const DateTime& value, std::int64_t months, const TimeZone& zone);

// `value` by a pattern of %Y %y %m %n %d %e %b %a %H %h %M %S %3 %%; others are copied. English
// names of months and days, as ODK gives them to expressions.
// Source: ODK XForms specification, format-date-time().
[[nodiscard]] std::string format_by_pattern(const DateTime& value, std::string_view pattern,
                                            const TimeZone& zone);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XPATH_DATE_TIME_H_
