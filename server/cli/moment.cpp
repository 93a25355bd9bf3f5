#include "server/cli/moment.h"

#include <fmt/core.h>

#include <chrono>

#include "server/cli/terminal.h"
#include "server/cli/zone_names.h"
#include "shared/submission/wire_values.h"

namespace landfall {
namespace {

std::string unknown_zone(const std::string& name) {
  const std::string nearest = nearest_time_zone(name);
  const std::string meant = nearest.empty() ? "" : "did you mean " + nearest + "? ";
  return "unknown time zone: " + visible_text(name) + "; " + meant +
         "landfall zones lists the names, and UTC+hh:mm or UTC-hh:mm is taken for any place";
}

}  // namespace

Outcome<NamedZone> zone_option(const Options& options) {
  const std::string name = options.value("tz", kDefaultTimeZone);
  const std::optional<TimeZone> zone = find_time_zone(name);
  if (!zone) return Failure{kExitUsage, unknown_zone(name)};
  return NamedZone{name, *zone};
}

Outcome<std::string> as_of_option(const Options& options, const TimeZone& zone) {
  if (!options.has("as-of")) {
    const CivilTime today = civil_of(now_milliseconds(), zone);
    return fmt::format("{:04}-{:02}-{:02}", today.year, today.month, today.day);
  }
  const std::string date = options.value("as-of");
  if (!is_calendar_date(date)) {
    return Failure{kExitUsage, "--as-of wants a date, YYYY-MM-DD, not: " + date};
  }
  return date;
}

Outcome<std::int64_t> instant_option(const Options& options, const TimeZone& zone) {
  if (!options.has("as-of")) return now_milliseconds();
  const std::string text = options.value("as-of");
  const std::optional<DateTime> instant = parse_date_time(text, zone);
  if (!instant || !instant->valid) {
    return Failure{kExitUsage, "--as-of wants a date or a time stamp, not: " + text};
  }
  return instant->milliseconds;
}

std::int64_t now_milliseconds() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count();
}

std::string utc_text(std::int64_t milliseconds) {
  const CivilTime utc = civil_of(milliseconds, TimeZone{});
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", utc.year, utc.month, utc.day, utc.hour,
                     utc.minute, utc.second);
}

}  // namespace landfall
