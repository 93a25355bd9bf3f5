// Small operations on cell texts: blanks, quotes, names, yes and no.

#ifndef LANDFALL_SHARED_XLSFORM_CELL_TEXT_H_
#define LANDFALL_SHARED_XLSFORM_CELL_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace landfall {

// `text` without blanks around it. Blanks are the ASCII ones and U+00A0, U+2007, U+202F, U+3000,
// U+FEFF, which word processors leave behind.
[[nodiscard]] std::string_view trimmed_cell(std::string_view text);

// Whether nothing but blanks stands in any of the cells.
[[nodiscard]] bool is_blank_row(const std::vector<std::string>& cells);

// The first byte of `text` that no text file has, npos where there is none: one that is no UTF-8,
// or the NUL that files in UTF-16 are full of.
[[nodiscard]] std::size_t find_no_text(std::string_view text);

// Trimmed, and every run of blanks inside as one space.
[[nodiscard]] std::string collapsed(std::string_view text);

// The same, but line ends stay, as "\n".
[[nodiscard]] std::string collapsed_lines(std::string_view text);

// `text` with each character that nobody sees as "<U+200B>"; nothing where there is none.
[[nodiscard]] std::optional<std::string> shown_invisibles(std::string_view text);

// The curly quotes that word processors make, straight again.
[[nodiscard]] std::string with_straight_quotes(std::string_view text);

// ASCII letters in lower case.
[[nodiscard]] std::string lowered(std::string_view text);

// "List  Name" → "list_name".
[[nodiscard]] std::string snake_cased(std::string_view text);

// The words between blanks.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

// The letters of a sheet's column, `index` from 0: A, B … Z, AA.
[[nodiscard]] std::string column_letters(std::size_t index);

// yes, no, true, false, true(), false() in any case.
[[nodiscard]] std::optional<bool> yes_or_no(std::string_view text);

// A whole number with optional sign, up to 15 digits.
[[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view text);

// A decimal number in units of 10^-6: "2.5" → 2500000. Nothing for text, more than nine digits
// before the point, or what is finer than the unit.
[[nodiscard]] std::optional<std::int64_t> millionths(std::string_view text);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_CELL_TEXT_H_
