#include "shared/xpath/date_time.h"

#include <algorithm>
#include <cmath>

namespace landfall {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr std::int64_t kDayMs = 24 * kHourMs;
// 0001-01-01 and 10000-01-01 in days since 1970.
constexpr std::int64_t kFirstDay = -719162;
constexpr std::int64_t kDayAfterLast = 2932897;

constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::string_view kWeekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// Howard Hinnant's "chrono-compatible low-level date algorithms": days_from_civil reversed.
void civil_of_days(std::int64_t days, CivilTime& to) {
  const std::int64_t shifted = days + 719468;
  const std::int64_t era = floor_div(shifted, 146097);
  const std::int64_t day_of_era = shifted - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  to.day = static_cast<unsigned>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
  to.month =
      static_cast<unsigned>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  to.year = year_of_era + era * 400 + (to.month <= 2 ? 1 : 0);
  to.weekday = static_cast<unsigned>(days + 4 - floor_div(days + 4, 7) * 7);
}

unsigned days_in_month(std::int64_t year, unsigned month) {
  constexpr unsigned kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

// The day of the `nth` Sunday of a month; nth 0 is the last one.
std::int64_t sunday_of(std::int64_t year, unsigned month, unsigned nth) {
  if (nth == 0) {
    const std::int64_t last = days_of_civil(year, month, days_in_month(year, month));
    return last - (last + 4 - floor_div(last + 4, 7) * 7);
  }
  const std::int64_t first = days_of_civil(year, month, 1);
  const std::int64_t weekday = first + 4 - floor_div(first + 4, 7) * 7;
  return first + (7 - weekday) % 7 + 7 * (nth - 1);
}

// When summer time begins and ends in a year, as UTC instants, and whether it spans New Year.
struct SummerSpan {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

SummerSpan summer_of(const TimeZone& zone, std::int64_t year) {
  const std::int64_t standard = zone.standard_minutes * kMinuteMs;
  switch (zone.summer) {
    case TimeZone::Summer::europe:  // last Sundays of March and October, 01:00 UTC
      return {sunday_of(year, 3, 0) * kDayMs + kHourMs, sunday_of(year, 10, 0) * kDayMs + kHourMs};
    case TimeZone::Summer::north_america:  // 02:00 local, second of March, first of November
      return {sunday_of(year, 3, 2) * kDayMs + 2 * kHourMs - standard,
              sunday_of(year, 11, 1) * kDayMs + kHourMs - standard};
    case TimeZone::Summer::australia:  // 02:00 standard, first Sundays of October and April
      return {sunday_of(year, 10, 1) * kDayMs + 2 * kHourMs - standard,
              sunday_of(year, 4, 1) * kDayMs + 2 * kHourMs - standard};
    case TimeZone::Summer::new_zealand:  // 02:00 standard, last of September, first of April
      return {sunday_of(year, 9, 0) * kDayMs + 2 * kHourMs - standard,
              sunday_of(year, 4, 1) * kDayMs + 2 * kHourMs - standard};
    case TimeZone::Summer::none:
      break;
  }
  return {};
}

struct NamedZone {
  std::string_view name;
  std::int32_t minutes;
  TimeZone::Summer summer;
};

constexpr NamedZone kZones[] = {
    {"Asia/Taipei", 480, TimeZone::Summer::none},
    {"UTC", 0, TimeZone::Summer::none},
    {"Etc/UTC", 0, TimeZone::Summer::none},
    {"GMT", 0, TimeZone::Summer::none},
    {"Asia/Hong_Kong", 480, TimeZone::Summer::none},
    {"Asia/Macau", 480, TimeZone::Summer::none},
    {"Asia/Shanghai", 480, TimeZone::Summer::none},
    {"Asia/Singapore", 480, TimeZone::Summer::none},
    {"Asia/Kuala_Lumpur", 480, TimeZone::Summer::none},
    {"Asia/Manila", 480, TimeZone::Summer::none},
    {"Australia/Perth", 480, TimeZone::Summer::none},
    {"Asia/Tokyo", 540, TimeZone::Summer::none},
    {"Asia/Seoul", 540, TimeZone::Summer::none},
    {"Asia/Bangkok", 420, TimeZone::Summer::none},
    {"Asia/Ho_Chi_Minh", 420, TimeZone::Summer::none},
    {"Asia/Saigon", 420, TimeZone::Summer::none},
    {"Asia/Jakarta", 420, TimeZone::Summer::none},
    {"Asia/Phnom_Penh", 420, TimeZone::Summer::none},
    {"Asia/Vientiane", 420, TimeZone::Summer::none},
    {"Asia/Makassar", 480, TimeZone::Summer::none},
    {"Asia/Jayapura", 540, TimeZone::Summer::none},
    {"Asia/Ulaanbaatar", 480, TimeZone::Summer::none},
    {"Asia/Yangon", 390, TimeZone::Summer::none},
    {"Asia/Rangoon", 390, TimeZone::Summer::none},
    {"Asia/Kolkata", 330, TimeZone::Summer::none},
    {"Asia/Calcutta", 330, TimeZone::Summer::none},
    {"Asia/Colombo", 330, TimeZone::Summer::none},
    {"Asia/Kathmandu", 345, TimeZone::Summer::none},
    {"Asia/Katmandu", 345, TimeZone::Summer::none},
    {"Asia/Dhaka", 360, TimeZone::Summer::none},
    {"Asia/Karachi", 300, TimeZone::Summer::none},
    {"Asia/Dubai", 240, TimeZone::Summer::none},
    {"Africa/Johannesburg", 120, TimeZone::Summer::none},
    {"America/Phoenix", -420, TimeZone::Summer::none},
    {"America/Asuncion", -180, TimeZone::Summer::none},
    {"America/Sao_Paulo", -180, TimeZone::Summer::none},
    {"America/New_York", -300, TimeZone::Summer::north_america},
    {"America/Toronto", -300, TimeZone::Summer::north_america},
    {"America/Chicago", -360, TimeZone::Summer::north_america},
    {"America/Denver", -420, TimeZone::Summer::north_america},
    {"America/Los_Angeles", -480, TimeZone::Summer::north_america},
    {"America/Vancouver", -480, TimeZone::Summer::north_america},
    {"Europe/London", 0, TimeZone::Summer::europe},
    {"Europe/Lisbon", 0, TimeZone::Summer::europe},
    {"Europe/Paris", 60, TimeZone::Summer::europe},
    {"Europe/Berlin", 60, TimeZone::Summer::europe},
    {"Europe/Madrid", 60, TimeZone::Summer::europe},
    {"Europe/Rome", 60, TimeZone::Summer::europe},
    {"Australia/Sydney", 600, TimeZone::Summer::australia},
    {"Australia/Melbourne", 600, TimeZone::Summer::australia},
    {"Australia/Brisbane", 600, TimeZone::Summer::none},
    {"Pacific/Auckland", 720, TimeZone::Summer::new_zealand},
};

// `value` in decimal with at least `width` digits; fmt would bring its whole formatter for this.
std::string padded(std::int64_t value, std::size_t width) {
  std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

// Reads digits of a fixed shape from a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  [[nodiscard]] bool done() const { return at_ == text_.size(); }
  [[nodiscard]] char peek() const { return done() ? '\0' : text_[at_]; }
  bool accept(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool digits(std::size_t least, std::size_t most, unsigned& value) {
    std::size_t count = 0;
    value = 0;
    while (count < most && peek() >= '0' && peek() <= '9') {
      value = value * 10 + static_cast<unsigned>(peek() - '0');
      ++at_;
      ++count;
    }
    return count >= least;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

// ".123456": the first three digits count.
bool read_fraction(Scanner& scan, unsigned& milliseconds) {
  milliseconds = 0;
  if (!scan.accept('.') && !scan.accept(',')) return true;
  unsigned scale = 100;
  std::size_t count = 0;
  while (scan.peek() >= '0' && scan.peek() <= '9' && count < 12) {
    unsigned digit = 0;
    if (!scan.digits(1, 1, digit)) return false;
    milliseconds += digit * scale;
    scale /= 10;
    ++count;
  }
  return count > 0;
}

bool read_offset(Scanner& scan, std::optional<std::int32_t>& minutes) {
  if (scan.done()) return true;
  if (scan.accept('Z')) {
    minutes = 0;
    return scan.done();
  }
  const bool west = scan.peek() == '-';
  if (!scan.accept('+') && !scan.accept('-')) return false;
  unsigned hour = 0;
  unsigned minute = 0;
  if (!scan.digits(2, 2, hour)) return false;
  scan.accept(':');
  if (!scan.done() && !scan.digits(2, 2, minute)) return false;
  if (hour > 18 || minute > 59 || !scan.done()) return false;
  const auto total = static_cast<std::int32_t>(hour * 60 + minute);
  minutes = west ? -total : total;
  return true;
}

bool read_date(Scanner& scan, std::int64_t& days) {
  unsigned year = 0;
  unsigned month = 0;
  unsigned day = 0;
  if (!scan.digits(4, 4, year) || !scan.accept('-') || !scan.digits(1, 2, month) ||
      !scan.accept('-') || !scan.digits(1, 2, day)) {
    return false;
  }
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) {
    return false;
  }
  days = days_of_civil(year, month, day);
  return true;
}

}  // namespace

std::optional<TimeZone> find_time_zone(std::string_view name) {
  for (const NamedZone& zone : kZones) {
    if (zone.name == name) return TimeZone{zone.minutes, zone.summer};
  }
  if (name.substr(0, 3) != "UTC") return std::nullopt;
  Scanner scan(name.substr(3));
  std::optional<std::int32_t> minutes;
  if (scan.peek() == 'Z' || !read_offset(scan, minutes) || !minutes) return std::nullopt;
  return TimeZone{*minutes, TimeZone::Summer::none};
}

std::vector<std::string_view> time_zone_names() {
  std::vector<std::string_view> names;
  for (const NamedZone& zone : kZones) names.push_back(zone.name);
  return names;
}

std::int64_t days_of_civil(std::int64_t year, unsigned month, unsigned day) {
  const std::int64_t shifted = month <= 2 ? year - 1 : year;
  const std::int64_t era = floor_div(shifted, 400);
  const std::int64_t year_of_era = shifted - era * 400;
  const std::int64_t from_march = month > 2 ? month - 3 : month + 9;
  const std::int64_t day_of_year = (153 * from_march + 2) / 5 + static_cast<std::int64_t>(day) - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

std::int32_t offset_minutes_at(const TimeZone& zone, std::int64_t milliseconds) {
  if (zone.summer == TimeZone::Summer::none) return zone.standard_minutes;
  CivilTime utc;
  civil_of_days(floor_div(milliseconds, kDayMs), utc);
  const SummerSpan span = summer_of(zone, utc.year);
  const bool inside = span.begin < span.end ? milliseconds >= span.begin && milliseconds < span.end
                                            : milliseconds >= span.begin || milliseconds < span.end;
  return zone.standard_minutes + (inside ? 60 : 0);
}

std::int64_t instant_of_local(const TimeZone& zone, std::int64_t local_milliseconds) {
  const std::int64_t standard = local_milliseconds - zone.standard_minutes * kMinuteMs;
  if (zone.summer == TimeZone::Summer::none) return standard;
  const std::int64_t summer = standard - kHourMs;
  const bool in_summer = offset_minutes_at(zone, summer) != zone.standard_minutes;
  const bool in_standard = offset_minutes_at(zone, standard) == zone.standard_minutes;
  return in_summer && !in_standard ? summer : standard;
}

CivilTime civil_of(std::int64_t milliseconds, const TimeZone& zone) {
  CivilTime civil;
  civil.offset_minutes = offset_minutes_at(zone, milliseconds);
  const std::int64_t local = milliseconds + civil.offset_minutes * kMinuteMs;
  const std::int64_t days = floor_div(local, kDayMs);
  const std::int64_t of_day = local - days * kDayMs;
  civil_of_days(days, civil);
  civil.hour = static_cast<unsigned>(of_day / kHourMs);
  civil.minute = static_cast<unsigned>(of_day / kMinuteMs % 60);
  civil.second = static_cast<unsigned>(of_day / 1000 % 60);
  civil.millisecond = static_cast<unsigned>(of_day % 1000);
  return civil;
}

std::optional<DateTime> parse_date_time(std::string_view text, const TimeZone& zone) {
  Scanner scan(text);
  std::int64_t days = 0;
  if (!read_date(scan, days)) return std::nullopt;
  if (scan.done()) return DateTime{instant_of_local(zone, days * kDayMs), false, true};
  if (!scan.accept('T') && !scan.accept(' ')) return std::nullopt;
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
  unsigned millisecond = 0;
  if (!scan.digits(2, 2, hour) || !scan.accept(':') || !scan.digits(2, 2, minute)) {
    return std::nullopt;
  }
  if (scan.accept(':') && !(scan.digits(2, 2, second) && read_fraction(scan, millisecond))) {
    return std::nullopt;
  }
  std::optional<std::int32_t> offset;
  if (hour > 23 || minute > 59 || second > 59 || !read_offset(scan, offset)) return std::nullopt;
  const std::int64_t local =
      days * kDayMs + hour * kHourMs + minute * kMinuteMs + second * 1000 + millisecond;
  const std::int64_t instant = offset ? local - *offset * kMinuteMs : instant_of_local(zone, local);
  return DateTime{instant, false, true};
}

std::string format_date_time(const DateTime& value, const TimeZone& zone) {
  if (!value.valid) return "Invalid Date";
  const CivilTime c = civil_of(value.milliseconds, zone);
  const bool midnight = c.hour == 0 && c.minute == 0 && c.second == 0 && c.millisecond == 0;
  const std::string date = padded(c.year, 4) + "-" + padded(c.month, 2) + "-" + padded(c.day, 2);
  if (midnight && !value.timed) return date;
  const std::int32_t offset = c.offset_minutes < 0 ? -c.offset_minutes : c.offset_minutes;
  return date + "T" + padded(c.hour, 2) + ":" + padded(c.minute, 2) + ":" + padded(c.second, 2) +
         "." + padded(c.millisecond, 3) + (c.offset_minutes < 0 ? "-" : "+") +
         padded(offset / 60, 2) + ":" + padded(offset % 60, 2);
}

double days_of(const DateTime& value) {
  if (!value.valid) return std::nan("");
  return static_cast<double>(value.milliseconds) / static_cast<double>(kDayMs);
}

DateTime date_time_of_days(double days) {
  const bool in_range = days >= static_cast<double>(kFirstDay) - 1 &&
                        days <= static_cast<double>(kDayAfterLast);  // false for NaN
  if (!in_range) return {0, false, false};
  const double milliseconds = std::floor(days * static_cast<double>(kDayMs) + 0.5);
  return {static_cast<std::int64_t>(milliseconds), false, true};
}

DateTime add_months(const DateTime& value, std::int64_t months, const TimeZone& zone) {
  constexpr std::int64_t kMostMonths = 12 * 10000;
  if (!value.valid || months > kMostMonths || months < -kMostMonths) return {0, false, false};
  const CivilTime c = civil_of(value.milliseconds, zone);
  const std::int64_t index = c.year * 12 + static_cast<std::int64_t>(c.month) - 1 + months;
  const std::int64_t year = floor_div(index, 12);
  const auto month = static_cast<unsigned>(index - year * 12 + 1);
  if (year < 1 || year > 9999) return {0, false, false};
  const unsigned day = std::min(c.day, days_in_month(year, month));
  const std::int64_t of_day =
      c.hour * kHourMs + c.minute * kMinuteMs + c.second * 1000 + c.millisecond;
  const std::int64_t local = days_of_civil(year, month, day) * kDayMs + of_day;
  return {instant_of_local(zone, local), value.timed, true};
}

std::string format_by_pattern(const DateTime& value, std::string_view pattern,
                              const TimeZone& zone) {
  if (!value.valid) return {};
  const CivilTime c = civil_of(value.milliseconds, zone);
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%' || i + 1 == pattern.size()) {
      text += pattern[i];
      continue;
    }
    switch (pattern[++i]) {
      case 'Y':
        text += padded(c.year, 4);
        break;
      case 'y':
        text += padded(c.year % 100, 2);
        break;
      case 'm':
        text += padded(c.month, 2);
        break;
      case 'n':
        text += padded(c.month, 1);
        break;
      case 'd':
        text += padded(c.day, 2);
        break;
      case 'e':
        text += padded(c.day, 1);
        break;
      case 'b':
        text += kMonths[c.month - 1];
        break;
      case 'a':
        text += kWeekdays[c.weekday];
        break;
      case 'H':
        text += padded(c.hour, 2);
        break;
      case 'h':
        text += padded(c.hour, 1);
        break;
      case 'M':
        text += padded(c.minute, 2);
        break;
      case 'S':
        text += padded(c.second, 2);
        break;
      case '3':
        text += padded(c.millisecond, 3);
        break;
      case '%':
        text += '%';
        break;
      default:
        text += '%';
        text += pattern[i];
    }
  }
  return text;
}

}  // namespace landfall
