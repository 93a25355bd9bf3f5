#include "server/cli/zone_names.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "shared/text/folding.h"
#include "shared/xpath/date_time.h"

namespace landfall {
namespace {

// The core keeps its own table, which no program but this one has to list. A test compares them.
constexpr std::array<std::string_view, 52> kNames = {
    "Asia/Taipei",
    "UTC",
    "Etc/UTC",
    "GMT",
    "Asia/Hong_Kong",
    "Asia/Macau",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Kuala_Lumpur",
    "Asia/Manila",
    "Australia/Perth",
    "Asia/Tokyo",
    "Asia/Seoul",
    "Asia/Bangkok",
    "Asia/Ho_Chi_Minh",
    "Asia/Saigon",
    "Asia/Jakarta",
    "Asia/Phnom_Penh",
    "Asia/Vientiane",
    "Asia/Makassar",
    "Asia/Jayapura",
    "Asia/Ulaanbaatar",
    "Asia/Yangon",
    "Asia/Rangoon",
    "Asia/Kolkata",
    "Asia/Calcutta",
    "Asia/Colombo",
    "Asia/Kathmandu",
    "Asia/Katmandu",
    "Asia/Dhaka",
    "Asia/Karachi",
    "Asia/Dubai",
    "Africa/Johannesburg",
    "America/Phoenix",
    "America/Asuncion",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Toronto",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Vancouver",
    "Europe/London",
    "Europe/Lisbon",
    "Europe/Paris",
    "Europe/Berlin",
    "Europe/Madrid",
    "Europe/Rome",
    "Australia/Sydney",
    "Australia/Melbourne",
    "Australia/Brisbane",
    "Pacific/Auckland",
};

// How many letters must be put in, left out or changed to make one of the other.
std::size_t edit_distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t changed = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

// The place without its continent.
std::string_view place_of(std::string_view name) { return name.substr(name.rfind('/') + 1); }

}  // namespace

std::span<const std::string_view> time_zone_names() { return kNames; }

std::string nearest_time_zone(std::string_view name) {
  constexpr std::size_t kLongestName = 64;
  if (name.empty() || name.size() > kLongestName) return {};
  std::string from_utc = "UTC" + std::string(name);
  if (find_time_zone(from_utc)) return from_utc;
  const std::string place = ascii_lower(place_of(name));
  std::string_view nearest;
  std::size_t least = place.size() / 3 + 1;
  for (const std::string_view known : kNames) {
    const std::size_t distance = edit_distance(place, ascii_lower(place_of(known)));
    if (distance >= least) continue;
    least = distance;
    nearest = known;
  }
  return std::string(nearest);
}

}  // namespace landfall
