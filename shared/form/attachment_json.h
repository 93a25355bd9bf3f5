// Attachment rules as documents.json writes them.

#ifndef LANDFALL_SHARED_FORM_ATTACHMENT_JSON_H_
#define LANDFALL_SHARED_FORM_ATTACHMENT_JSON_H_

#include "shared/base/result.h"
#include "shared/codec/json.h"
#include "shared/form/attachment.h"

namespace landfall {

// Reads {"types":[…], "ext":[…], "max_bytes", "max_files"?, "max_pages"?, "pixels"?:{"min_width",
// "min_height", "max_side", "ratio":[w, h], "tolerance_percent"}}; other members are left alone.
//
// Errors: json_shape.
[[nodiscard]] Result<AttachmentRule> attachment_rule_of_json(const Json& rule);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_ATTACHMENT_JSON_H_
