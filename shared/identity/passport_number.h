// Passport numbers: one hard rule for all, and the usual formats of some countries as warnings.

#ifndef LANDFALL_SHARED_IDENTITY_PASSPORT_NUMBER_H_
#define LANDFALL_SHARED_IDENTITY_PASSPORT_NUMBER_H_

#include <string_view>

#include "shared/identity/outcome.h"

namespace landfall {

// Checks five to fifteen of A-Z and 0-9, stored in upper case without spaces. `country` is the ISO
// alpha-3 code of the issuing country, with HKG, MAC and GBN for their own passports; empty when
// not known.
//
// Findings: passport_number_malformed; warning passport_number_unusual {country}, because issuing
// states change their formats.
[[nodiscard]] CheckOutcome check_passport_number(std::string_view value,
                                                 std::string_view country = {});

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_PASSPORT_NUMBER_H_
