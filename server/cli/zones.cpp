// landfall zones: lists the time zones that --tz takes.

#include <cstdio>

#include "server/cli/command.h"
#include "shared/xpath/date_time.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "zones";

constexpr std::string_view kHelp =
    "usage: landfall zones\n"
    "\n"
    "Prints the names that --tz takes, one on a line. Besides them it takes the distance from "
    "UTC,\n"
    "UTC+hh:mm or UTC-hh:mm, for any other place: UTC+03:30 for Tehran.\n"
    "\n"
    "exit codes: 0 printed, 2 wrong usage\n"
    "example: landfall zones | grep Asia\n";

ExitCode run(const Options& /*options*/) {
  for (const std::string_view name : time_zone_names()) {
    std::printf("%.*s\n", static_cast<int>(name.size()), name.data());
  }
  return kExitYes;
}

}  // namespace

const Command kZonesCommand = {
    kName, "list the time zones that --tz takes", kHelp, {{}, 0, 0}, run,
};

}  // namespace landfall
