// What kind of character a code point is, as far as names and addresses need to know.

#ifndef LANDFALL_SHARED_TEXT_SCRIPTS_H_
#define LANDFALL_SHARED_TEXT_SCRIPTS_H_

#include <string>
#include <string_view>

namespace landfall {

// Scripts of the twelve locales; everything else is `other`, and `common` is shared by all scripts
// (digits, punctuation, combining marks).
enum class Script {
  common,
  latin,
  greek,
  cyrillic,
  arabic,
  devanagari,
  thai,
  lao,
  myanmar,
  khmer,
  hangul,
  kana,
  bopomofo,
  han,
  other,
};

// Source: UAX #24 (Unicode 15.0), with Common and Inherited as `common`.
[[nodiscard]] Script script_of(char32_t code_point);

// CJK unified ideographs with all extensions to Unicode 15.1, and compatibility ideographs.
[[nodiscard]] bool is_han(char32_t code_point);

// Pictographs: emoji and the like (Extended_Pictographic).
[[nodiscard]] bool is_pictograph(char32_t code_point);

// Controls, format characters other than the two joiners, line separators, private use, surrogates
// and noncharacters: never part of a name or an address.
[[nodiscard]] bool is_unprintable(char32_t code_point);

// Characters that change the direction of the text around them (Bidi_Control).
[[nodiscard]] bool is_bidi_control(char32_t code_point);

// Unicode White_Space.
[[nodiscard]] bool is_white_space(char32_t code_point);

// `text` between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE, and without bidi controls of its
// own, to be shown inside other text.
[[nodiscard]] std::string isolate(std::string_view text);

}  // namespace landfall

#endif  // LANDFALL_SHARED_TEXT_SCRIPTS_H_
