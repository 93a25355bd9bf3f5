// Macao resident identity card numbers (BIR).

#ifndef LANDFALL_SHARED_IDENTITY_MACAU_BIR_H_
#define LANDFALL_SHARED_IDENTITY_MACAU_BIR_H_

#include <string_view>

#include "shared/identity/outcome.h"

namespace landfall {

// Checks "1234567(8)", "12345678", the older "1/234567/8", and "1234567" without the check digit:
// 1, 5 or 7, six digits, one check digit whose rule is not published and which is never computed.
// Stored without decoration.
//
// Findings: macau_bir_malformed.
[[nodiscard]] CheckOutcome check_macau_bir(std::string_view value);

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_MACAU_BIR_H_
