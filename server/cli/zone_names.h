// The name of a time zone that was probably meant.

#ifndef LANDFALL_SERVER_CLI_ZONE_NAMES_H_
#define LANDFALL_SERVER_CLI_ZONE_NAMES_H_

#include <string>
#include <string_view>

namespace landfall {

// What to write for `name`, which is no zone: "UTC+08:00" for "+08:00", else the name that differs
// least; empty where none is like it.
[[nodiscard]] std::string nearest_time_zone(std::string_view name);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_ZONE_NAMES_H_
