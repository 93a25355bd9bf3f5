// Folding what people type into what a number is made of: width, digits, case, blanks.

#ifndef LANDFALL_SHARED_TEXT_FOLDING_H_
#define LANDFALL_SHARED_TEXT_FOLDING_H_

#include <string>
#include <string_view>

namespace landfall {

// All take UTF-8; bytes that are not well-formed pass unchanged.

// Full-width forms U+FF01..U+FF5E become ASCII, U+3000 becomes a space.
[[nodiscard]] std::string fold_width(std::string_view text);

// Decimal digits of every script (Unicode Nd: Arabic-Indic, Devanagari, Thai, full-width …) become
// 0-9.
[[nodiscard]] std::string fold_digits(std::string_view text);

// Dashes that keyboards put for a hyphen (U+2010..U+2015, U+2212, U+FE58, U+FE63, U+FF0D) become
// '-'.
[[nodiscard]] std::string fold_dashes(std::string_view text);

// a-z become A-Z, or A-Z a-z; nothing else changes, whatever the locale.
[[nodiscard]] std::string ascii_upper(std::string_view text);
[[nodiscard]] std::string ascii_lower(std::string_view text);

// Without leading and trailing white space (Unicode White_Space, and U+FEFF, which is pasted
// along).
[[nodiscard]] std::string_view trim(std::string_view text);

// Without any of the ASCII characters in `unwanted`.
[[nodiscard]] std::string remove_ascii(std::string_view text, std::string_view unwanted);

// How every official number is read: width, digits and dashes folded, upper case, every kind of
// white space and hyphen removed.
[[nodiscard]] std::string fold_identifier(std::string_view text);

[[nodiscard]] constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool is_ascii_lower(char c) { return c >= 'a' && c <= 'z'; }

// True for a text of one or more ASCII digits.
[[nodiscard]] bool is_all_digits(std::string_view text);

}  // namespace landfall

#endif  // LANDFALL_SHARED_TEXT_FOLDING_H_
