// What becomes of a value that nobody types, where the form says its type: calculations and hidden
// questions of XForms.

#ifndef LANDFALL_SHARED_FORM_BIND_TYPE_H_
#define LANDFALL_SHARED_FORM_BIND_TYPE_H_

#include <string_view>

#include "shared/form/answer.h"
#include "shared/form/package.h"
#include "shared/form/reading.h"

namespace landfall {

// `answer` as the type `bind_type` holds it: "int" cuts the fraction off and takes 32 bits,
// "decimal" takes numbers, "date" the day of a time stamp; what does not fit is empty. Other types,
// also none, leave it as it is.
// Source: ODK XForms specification, "Data Types"; XML Schema part 2.
[[nodiscard]] Answer cast_answer(std::string_view bind_type, Answer answer);

// What expressions see of an answer to a question with a bind_type. What was typed stays, with a
// finding where it is not that type: of 4.5 for an "int" they see 4, of a place that is none
// ("geopoint", "geotrace", "geoshape") nothing.
void fit_to_bind_type(const NodeDefinition& definition, Reading& reading);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_BIND_TYPE_H_
