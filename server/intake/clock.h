// The moment something happens, as the use cases receive it; they read no clock of their own.

#ifndef LANDFALL_SERVER_INTAKE_CLOCK_H_
#define LANDFALL_SERVER_INTAKE_CLOCK_H_

#include <compare>
#include <cstdint>
#include <string>

namespace landfall {

// Whole seconds since 1970-01-01T00:00:00Z; leap seconds do not exist here.
struct Instant {
  std::int64_t unix_seconds = 0;

  auto operator<=>(const Instant&) const = default;
};

// Thread rule: any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
};

// `instant` as RFC 3339 UTC in whole seconds, "2026-11-21T07:00:00Z".
[[nodiscard]] std::string format_instant(Instant instant);

// `instant` as an HTTP date, "Sat, 21 Nov 2026 07:00:00 GMT" (RFC 9110 section 5.6.7).
[[nodiscard]] std::string format_http_date(Instant instant);

// The year of the Republic of China (Gregorian minus 1911) in Taipei at `instant`.
[[nodiscard]] int roc_year_in_taipei(Instant instant);

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_CLOCK_H_
