// Names of persons: in Latin letters as in the passport, in Chinese, and in any other script.

#ifndef LANDFALL_SHARED_IDENTITY_PERSON_NAME_H_
#define LANDFALL_SHARED_IDENTITY_PERSON_NAME_H_

#include <string>
#include <string_view>

#include "shared/identity/outcome.h"

namespace landfall {

inline constexpr std::size_t kMaxLatinName = 39;    // the name field of a passport's MRZ
inline constexpr std::size_t kMaxChineseName = 20;  // graphemes
inline constexpr std::size_t kMaxNativeName = 80;   // graphemes

enum class NameTrack {
  general,
  hong_kong_macao,  // only A-Z and spaces are stored there
};

// Checks one part of a name in Latin letters: A-Z, spaces, ' - . and comma, beginning with a
// letter; stored in upper case, with single spaces. On the Hong Kong and Macao track hyphens become
// spaces and other punctuation goes.
//
// Findings: name_empty, name_en_character {character, expected: the name without it where there is
// one}, name_too_long {max}; warning name_en_punctuation {expected} where the track changes it.
// Source: ICAO Doc 9303-3 sections 4.6 and 6.A; the Agency's notes on forms.
[[nodiscard]] CheckOutcome check_name_en(std::string_view value,
                                         NameTrack track = NameTrack::general);

// Checks a Chinese name: 2 to 20 Han characters after NFC and the middle dot of transliterated
// names (U+00B7, also typed as U+2027 or U+30FB); one character only where `single_name` says that
// the passport has a single name.
//
// Findings: name_empty, name_zh_character {character}, name_zh_too_short, name_too_long {max};
// warning name_zh_simplified {expected}.
[[nodiscard]] CheckOutcome check_name_zh(std::string_view value, bool single_name = false);

// Checks text whose Chinese shall be in traditional characters, for example an address; other
// scripts, digits and marks are left alone, and it is stored as it is. What a form makes of it is
// the form's: check('zh_text', .) in a rule that warns.
//
// Findings: required, where there is no text; name_zh_simplified {expected}: the whole text, with
// every simplified character replaced that has a single traditional form.
[[nodiscard]] CheckOutcome check_zh_text(std::string_view value);

// Checks a whole name in whatever script it is written: Han alone by the Chinese rule, any other as
// letters, marks, spaces and the punctuation of names, at most 80 graphemes; stored in form C with
// single spaces.
//
// Findings: name_empty, name_character {character}, name_too_long {max}, and those of
// check_name_zh().
[[nodiscard]] CheckOutcome check_person_name(std::string_view value, bool single_name = false);

// Checks the parts against the single-name tick: with it the given name must be empty, without it
// it must not be.
//
// Findings: name_given_not_empty, name_given_missing.
[[nodiscard]] std::vector<Finding> check_single_name(std::string_view given, bool single_name);

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_PERSON_NAME_H_
