#include "shared/form/places.h"

#include <algorithm>
#include <cmath>

#include "shared/identity/outcome.h"
#include "shared/text/decimal.h"
#include "shared/text/folding.h"

namespace landfall {
namespace {

struct Place {
  double parts[4] = {0, 0, 0, 0};
};

bool read_place(std::string_view text, Place& place) {
  std::size_t count = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const Result<double> number = parse_decimal(text.substr(0, end));
    if (!number.ok() || count == 4) return false;
    place.parts[count++] = number.value();
    text = trim(text.substr(end));
  }
  return count >= 2 && std::abs(place.parts[0]) <= 90 && std::abs(place.parts[1]) <= 180 &&
         place.parts[3] >= 0;
}

}  // namespace

std::string_view fault_of_places(std::string_view type, std::string_view text) {
  const bool is_line = type == "geotrace";
  const bool is_area = type == "geoshape";
  if (!is_line && !is_area && type != "geopoint") return {};
  Place first;
  Place last;
  std::size_t count = 0;
  bool reads = true;
  while (reads && !text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view part = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (part.empty()) continue;
    last = Place{};
    reads = read_place(part, last);
    if (count++ == 0) first = last;
  }
  const bool is_closed = first.parts[0] == last.parts[0] && first.parts[1] == last.parts[1];
  if (is_area) return reads && count >= 4 && is_closed ? "" : finding_code::geoshape_malformed;
  if (is_line) return reads && count >= 2 ? "" : finding_code::geotrace_malformed;
  return reads && count == 1 ? "" : finding_code::geopoint_malformed;
}

}  // namespace landfall
