// The UI No. 外來人口統一證號 of foreigners and other non-citizens, in both formats.

#ifndef LANDFALL_SHARED_IDENTITY_UI_NO_H_
#define LANDFALL_SHARED_IDENTITY_UI_NO_H_

#include <optional>
#include <string_view>

#include "shared/identity/date.h"
#include "shared/identity/outcome.h"

namespace landfall {

enum class UiNoFormat { old_two_letters, new_one_letter };
enum class UiNoGroup { foreign, without_household_registration, hong_kong_macao, mainland, mixed };

// What a number says about its holder; `mixed` is the old format's A and B, which do not tell
// Hong Kong, Macao and Mainland residents and nationals without registration apart.
struct UiNo {
  UiNoFormat format = UiNoFormat::new_one_letter;
  char sex = 'M';
  UiNoGroup group = UiNoGroup::foreign;

  bool operator==(const UiNo&) const = default;
};

// Reads a normalised number whose check digit is right; nullopt for any other text.
[[nodiscard]] std::optional<UiNo> read_ui_no(std::string_view normalised);

// Checks a UI No.: letter, 8 or 9, eight digits (since 2021), or letter, A to D, eight digits,
// which stay usable until 2031-01-01.
//
// Findings: ui_no_malformed, ui_no_check_digit_wrong {expected}; warning ui_no_old_format_ended
// when `as_of` is after that day.
[[nodiscard]] CheckOutcome check_ui_no(std::string_view value, std::optional<Date> as_of = {});

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_UI_NO_H_
