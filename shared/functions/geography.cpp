#include "shared/functions/geography.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "shared/libm/libm.h"
#include "shared/text/decimal.h"

namespace landfall {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kEarthRadiusMeters = 6378100;
constexpr double kRadiansPerDegree = 3.14159265358979323846 / 180;

struct Place {
  double latitude = 0;  // degrees
  double longitude = 0;

  bool operator==(const Place&) const = default;
};

std::string_view next_part(std::string_view& text, std::string_view separators) {
  const std::size_t begin = std::min(text.find_first_not_of(separators), text.size());
  const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
  const std::string_view part = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return part;
}

// "latitude longitude", with altitude and accuracy behind them or not.
std::optional<Place> read_place(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const Result<double> latitude = parse_plain_decimal(next_part(text, kSpace));
  const Result<double> longitude = parse_plain_decimal(next_part(text, kSpace));
  if (!latitude.ok() || !longitude.ok()) return std::nullopt;
  if (std::abs(latitude.value()) > 90 || std::abs(longitude.value()) > 180) return std::nullopt;
  return Place{latitude.value(), longitude.value()};
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// The places of a text; nothing when there are none, or when one of them is none.
std::optional<std::vector<Place>> read_places(std::string_view text) {
  std::vector<Place> places;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (is_blank(part)) continue;
    const std::optional<Place> place = read_place(part);
    if (!place) return std::nullopt;
    places.push_back(*place);
  }
  if (places.empty()) return std::nullopt;
  return places;
}

// Centimetres are more than a phone knows, and the other engines stop there.
double to_hundredths(double value) { return std::floor(value * 100 + 0.5) / 100; }

double meters_between(const Place& a, const Place& b) {
  const double from = a.latitude * kRadiansPerDegree;
  const double to = b.latitude * kRadiansPerDegree;
  const double turn = (b.longitude - a.longitude) * kRadiansPerDegree;
  const double up = lfm_sin((to - from) / 2);
  const double along = lfm_sin(turn / 2);
  const double half = up * up + lfm_cos(from) * lfm_cos(to) * along * along;
  return 2 * kEarthRadiusMeters * lfm_asin(std::fmin(1, std::sqrt(half)));
}

}  // namespace

double length_of_line(std::string_view text) {
  const auto places = read_places(text);
  if (!places) return kNaN;
  double meters = 0;
  for (std::size_t i = 1; i < places->size(); ++i) {
    meters += meters_between((*places)[i - 1], (*places)[i]);
  }
  return to_hundredths(meters);
}

// The area between each side and the equator, summed with its sign.
double area_of_shape(std::string_view text) {
  const auto places = read_places(text);
  if (!places) return kNaN;
  double sum = 0;
  for (std::size_t i = 0; i < places->size(); ++i) {
    const Place& from = (*places)[i];
    const Place& to = (*places)[(i + 1) % places->size()];
    sum +=
        (to.longitude - from.longitude) * kRadiansPerDegree *
        (2 + lfm_sin(from.latitude * kRadiansPerDegree) + lfm_sin(to.latitude * kRadiansPerDegree));
  }
  return to_hundredths(std::abs(sum) * kEarthRadiusMeters * kEarthRadiusMeters / 2);
}

bool lies_within(std::string_view text, std::string_view shape) {
  const std::optional<Place> place = read_place(text);
  const auto ring = read_places(shape);
  if (!place || !ring || ring->size() < 4 || ring->front() != ring->back()) return false;
  // Inside when a ray to the north crosses the ring an odd number of times.
  bool inside = false;
  for (std::size_t i = 1; i < ring->size(); ++i) {
    const Place& a = (*ring)[i - 1];
    const Place& b = (*ring)[i];
    if ((a.longitude > place->longitude) == (b.longitude > place->longitude)) continue;
    const double part = (place->longitude - a.longitude) / (b.longitude - a.longitude);
    if (place->latitude < a.latitude + part * (b.latitude - a.latitude)) inside = !inside;
  }
  return inside;
}

}  // namespace landfall
