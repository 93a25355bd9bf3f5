// The ROC national identity number 國民身分證統一編號, and the check digit it shares with the UI
// No.

#ifndef LANDFALL_SHARED_IDENTITY_ROC_NATIONAL_ID_H_
#define LANDFALL_SHARED_IDENTITY_ROC_NATIONAL_ID_H_

#include <optional>
#include <string_view>

#include "shared/identity/outcome.h"

namespace landfall {

// The check digit of a letter and eight symbols, of which the first may be A to D (old UI No.) and
// counts with the units digit of its value; nullopt for another shape.
[[nodiscard]] std::optional<char> roc_check_digit(std::string_view letter_and_eight);

// Checks a national identity number: a letter, 1 (male) or 2 (female), eight digits of which the
// last is the check digit. Width, case, spaces and hyphens are folded.
//
// Findings: roc_id_malformed, roc_id_check_digit_wrong {expected}.
[[nodiscard]] CheckOutcome check_roc_id(std::string_view value);

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_ROC_NATIONAL_ID_H_
