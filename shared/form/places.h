// Places, lines and areas as texts: what ODK's geopoint, geotrace and geoshape hold.

#ifndef LANDFALL_SHARED_FORM_PLACES_H_
#define LANDFALL_SHARED_FORM_PLACES_H_

#include <string_view>

namespace landfall {

// What is wrong with `text` as an answer of `type`: the code of a finding, or nothing; nothing too
// for every other type. A place is "latitude longitude [altitude [accuracy]]", degrees and metres;
// a geopoint is one, a geotrace two or more with semicolons between, a geoshape four or more of
// which the last stands where the first does. A semicolon at the end, as Collect writes it, may be.
// Source: ODK XForms specification, "Data Types".
[[nodiscard]] std::string_view fault_of_places(std::string_view type, std::string_view text);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_PLACES_H_
