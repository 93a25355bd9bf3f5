// Taiwanese unified business numbers 統一編號.

#ifndef LANDFALL_SHARED_IDENTITY_TW_UBN_H_
#define LANDFALL_SHARED_IDENTITY_TW_UBN_H_

#include <string_view>

#include "shared/identity/outcome.h"

namespace landfall {

// Checks eight digits by the rule in force since 2023-04-01, which all older numbers satisfy, too.
//
// Findings: ubn_malformed, ubn_check_wrong.
[[nodiscard]] CheckOutcome check_ubn(std::string_view value);

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_TW_UBN_H_
