// Places: length, area and containment, on a sphere.

#ifndef LANDFALL_SHARED_FUNCTIONS_GEOGRAPHY_H_
#define LANDFALL_SHARED_FUNCTIONS_GEOGRAPHY_H_

#include <string_view>

namespace landfall {

// A place is "latitude longitude" in degrees, with altitude and accuracy behind them or not; a line
// or a shape has semicolons between its places.

// The metres from each place to the next, to the hundredth; NaN without places or with what is
// none.
[[nodiscard]] double length_of_line(std::string_view places);

// The square metres within, to the hundredth; NaN without places or with what is none.
// Source: Chamberlain and Duquette, "Some algorithms for polygons on a sphere", JPL 07-03, 2007.
[[nodiscard]] double area_of_shape(std::string_view places);

// Whether the place lies in the shape, which has to end where it begins.
[[nodiscard]] bool lies_within(std::string_view place, std::string_view shape);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FUNCTIONS_GEOGRAPHY_H_
