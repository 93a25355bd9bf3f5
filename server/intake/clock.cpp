#include "server/intake/clock.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

namespace landfall {
namespace {

using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_seconds;

struct Split {
  std::chrono::year_month_day date;
  std::chrono::weekday weekday;
  std::chrono::hh_mm_ss<seconds> time;
};

Split split(Instant instant) {
  const sys_seconds point{seconds{instant.unix_seconds}};
  const auto day = std::chrono::floor<days>(point);
  return {std::chrono::year_month_day{day}, std::chrono::weekday{day},
          std::chrono::hh_mm_ss<seconds>{point - day}};
}

constexpr std::array kWeekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::string format_instant(Instant instant) {
  const Split at = split(instant);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(at.date.year()),
                     static_cast<unsigned>(at.date.month()), static_cast<unsigned>(at.date.day()),
                     at.time.hours().count(), at.time.minutes().count(), at.time.seconds().count());
}

std::string format_http_date(Instant instant) {
  const Split at = split(instant);
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kWeekdays[at.weekday.c_encoding()],
                     static_cast<unsigned>(at.date.day()),
                     kMonths[static_cast<unsigned>(at.date.month()) - 1],
                     static_cast<int>(at.date.year()), at.time.hours().count(),
                     at.time.minutes().count(), at.time.seconds().count());
}

int roc_year_in_taipei(Instant instant) {
  // Taipei has been at UTC+8 without summer time since 1980.
  constexpr std::int64_t kTaipeiOffsetSeconds = std::int64_t{8} * 3600;
  const Split at = split({instant.unix_seconds + kTaipeiOffsetSeconds});
  return static_cast<int>(at.date.year()) - 1911;
}

}  // namespace landfall
