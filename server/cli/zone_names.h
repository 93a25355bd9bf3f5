// The names that --tz takes, and the one that was probably meant.

#ifndef LANDFALL_SERVER_CLI_ZONE_NAMES_H_
#define LANDFALL_SERVER_CLI_ZONE_NAMES_H_

#include <span>
#include <string>
#include <string_view>

namespace landfall {

// Every name that find_time_zone() of shared/xpath/date_time.h knows, in its order; it takes
// UTC+hh:mm and UTC-hh:mm besides.
[[nodiscard]] std::span<const std::string_view> time_zone_names();

// What to write for `name`, which is no zone: "UTC+08:00" for "+08:00", else the name that differs
// least; empty where none is like it.
[[nodiscard]] std::string nearest_time_zone(std::string_view name);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_ZONE_NAMES_H_
