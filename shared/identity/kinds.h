// The registry of identifier types: one entry point for form questions and `landfall check`.

#ifndef LANDFALL_SHARED_IDENTITY_KINDS_H_
#define LANDFALL_SHARED_IDENTITY_KINDS_H_

#include <span>
#include <string_view>

#include "shared/base/result.h"
#include "shared/identity/context.h"
#include "shared/identity/outcome.h"

namespace landfall {

// Every type check_value() knows, ordered by name: country date email hkid macau_bir
// mainland_travel_permit mrz name_en name_zh partial_date passport_number person_name phone prc_id
// roc_date roc_id tw_phone ubn ui_no zh_text.
[[nodiscard]] std::span<const std::string_view> identity_types();

// Checks one value that is not empty as its type says; findings and stored form are described with
// each type's own function.
//
// Errors:
//   identity_type_unknown   no such type
//   utf8_invalid            offset = first wrong byte of `value`
[[nodiscard]] Result<CheckOutcome> check_value(std::string_view type, std::string_view value,
                                               const CheckContext& context = {});

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_KINDS_H_
