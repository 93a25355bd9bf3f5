#include "shared/form/places.h"

#include <algorithm>
#include <cmath>

#include "shared/identity/outcome.h"
#include "shared/text/decimal.h"
#include "shared/text/folding.h"

namespace landfall {
namespace {

// Latitude, longitude, altitude and accuracy; the last two are 0 where they are not given.
bool read_place(std::string_view text, double* parts) {
  std::size_t count = 0;
  parts[3] = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const Result<double> number = parse_decimal(text.substr(0, end));
    if (!number.ok() || count == 4) return false;
    parts[count++] = number.value();
    text = trim(text.substr(end));
  }
  return count >= 2 && std::abs(parts[0]) <= 90 && std::abs(parts[1]) <= 180 && parts[3] >= 0;
}

}  // namespace

std::string_view fault_of_places(std::string_view type, std::string_view text) {
  const bool is_line = type == "geotrace";
  const bool is_area = type == "geoshape";
  if (!is_line && !is_area && type != "geopoint") return {};
  const std::string_view fault = is_line   ? finding_code::geotrace_malformed
                                 : is_area ? finding_code::geoshape_malformed
                                           : finding_code::geopoint_malformed;
  double first[2] = {0, 0};
  double parts[4] = {0, 0, 0, 0};
  std::size_t count = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view part = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (part.empty()) continue;
    if (!read_place(part, parts)) return fault;
    if (count++ == 0) std::copy_n(parts, 2, first);
  }
  if (is_line) return count >= 2 ? "" : fault;
  if (is_area) return count >= 4 && std::equal(first, first + 2, parts) ? "" : fault;
  return count == 1 ? "" : fault;
}

}  // namespace landfall
