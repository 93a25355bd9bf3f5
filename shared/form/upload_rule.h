// The document rule of an upload question whose author names none: an imported form's.

#ifndef LANDFALL_SHARED_FORM_UPLOAD_RULE_H_
#define LANDFALL_SHARED_FORM_UPLOAD_RULE_H_

#include <string_view>

#include "shared/codec/json.h"

namespace landfall {

// A rule for documents.json: media types, extensions, sizes and pages for the question type `type`,
// image, audio, video or file; any other is taken for file.
[[nodiscard]] Json upload_rule(std::string_view type);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_UPLOAD_RULE_H_
