// Telephone numbers: Taiwanese ones by numbering plan, all others by the lengths of their country.

#ifndef LANDFALL_SHARED_IDENTITY_PHONE_H_
#define LANDFALL_SHARED_IDENTITY_PHONE_H_

#include <optional>
#include <string>
#include <string_view>

#include "shared/identity/outcome.h"

namespace landfall {

enum class TwPhoneKind { mobile, landline };

// `e164` is "+886…"; `extension` the one to six digits after '#', "ext.", 轉 or 分機.
struct TwPhone {
  TwPhoneKind kind = TwPhoneKind::mobile;
  std::string e164;
  std::string extension;

  bool operator==(const TwPhone&) const = default;
};

// Reads a Taiwanese mobile or landline number with or without +886, spaces, hyphens, dots and
// parentheses; nullopt for anything else. Toll-free and short numbers are nobody's own.
[[nodiscard]] std::optional<TwPhone> read_tw_phone(std::string_view value);

// Checks a Taiwanese number; stored as E.164, with ";ext=" and the extension where there is one.
//
// Findings: tw_phone_malformed {expected}, the number with its zero, where only that is missing;
// phone_not_personal.
[[nodiscard]] CheckOutcome check_tw_phone(std::string_view value);

// Checks a number of any country. `calling_code` is the country's, without '+' ("852"); empty when
// the number brings its own ("+85251234567"). "886" is checked as Taiwanese; 852 and 853 take at
// most ten digits; all others 6 to 14, or fewer where the country has such numbers. What is dialled
// before a number at home only goes. Stored as E.164.
//
// Findings: phone_malformed, and those of check_tw_phone; warning phone_unusual {calling_code} for
// a length that the country's plan does not have, because plans change.
// Source: ITU-T E.164; lengths from libphonenumber (phone_plans.gen.h).
[[nodiscard]] CheckOutcome check_phone(std::string_view value, std::string_view calling_code = {});

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_PHONE_H_
