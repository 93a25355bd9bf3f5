// Hong Kong identity card numbers.

#ifndef LANDFALL_SHARED_IDENTITY_HKID_H_
#define LANDFALL_SHARED_IDENTITY_HKID_H_

#include <optional>
#include <string_view>

#include "shared/identity/outcome.h"

namespace landfall {

// The check character (0-9 or A) of one or two letters and six digits; nullopt for another shape.
[[nodiscard]] std::optional<char> hkid_check_character(std::string_view letters_and_digits);

// Checks "A123456(3)", with or without parentheses, and without the check character, which is then
// supplied; stored as "A1234563".
//
// Findings: hkid_malformed, hkid_check_character_wrong {expected}; warning
// hkid_check_character_supplied {expected}.
[[nodiscard]] CheckOutcome check_hkid(std::string_view value);

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_HKID_H_
