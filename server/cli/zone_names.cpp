#include "server/cli/zone_names.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "shared/text/folding.h"
#include "shared/xpath/date_time.h"

namespace landfall {
namespace {

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

std::string nearest_time_zone(std::string_view name) {
  constexpr std::size_t kLongestName = 64;
  if (name.empty() || name.size() > kLongestName) return {};
  std::string from_utc = "UTC" + std::string(name);
  if (find_time_zone(from_utc)) return from_utc;
  const std::string place = ascii_lower(place_of(name));
  std::string_view nearest;
  std::size_t least = place.size() / 3 + 1;
  for (const std::string_view known : time_zone_names()) {
    const std::size_t distance = edit_distance(place, ascii_lower(place_of(known)));
    if (distance >= least) continue;
    least = distance;
    nearest = known;
  }
  return std::string(nearest);
}

}  // namespace landfall
