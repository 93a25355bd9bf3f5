// The date and time a command works with: given in its options, or the system's now.

#ifndef LANDFALL_SERVER_CLI_MOMENT_H_
#define LANDFALL_SERVER_CLI_MOMENT_H_

#include <cstdint>
#include <string>

#include "server/cli/options.h"
#include "server/cli/outcome.h"
#include "shared/xpath/date_time.h"

namespace landfall {

inline constexpr std::string_view kDefaultTimeZone = "Asia/Taipei";

// A zone with the name it was given by.
struct NamedZone {
  std::string name;
  TimeZone zone;
};

// The zone named by --tz, Asia/Taipei without it. Fails with kExitUsage for an unknown one.
[[nodiscard]] Outcome<NamedZone> zone_option(const Options& options);

// The date given by --as-of ("YYYY-MM-DD"), today in `zone` without it. Fails with kExitUsage.
[[nodiscard]] Outcome<std::string> as_of_option(const Options& options, const TimeZone& zone);

// The instant given by --as-of (a date, or a time stamp), in milliseconds since 1970; now without
// it. Fails with kExitUsage.
[[nodiscard]] Outcome<std::int64_t> instant_option(const Options& options, const TimeZone& zone);

[[nodiscard]] std::int64_t now_milliseconds();

// `milliseconds` as RFC 3339 UTC in whole seconds.
[[nodiscard]] std::string utc_text(std::int64_t milliseconds);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_MOMENT_H_
