// Unicode normalization forms C and D.

#ifndef LANDFALL_SHARED_TEXT_NORMALIZATION_H_
#define LANDFALL_SHARED_TEXT_NORMALIZATION_H_

#include <string>
#include <string_view>

namespace landfall {

// `text` in normalization form C; bytes that are not well-formed UTF-8 pass unchanged.
// Source: UAX #15 (Unicode 15.0).
[[nodiscard]] std::string normalize_nfc(std::string_view text);

// `text` in normalization form D: every letter apart from its marks.
[[nodiscard]] std::string normalize_nfd(std::string_view text);

[[nodiscard]] bool is_nfc(std::string_view text);

// True for a mark that attaches to the letter before it (canonical combining class not 0).
[[nodiscard]] bool is_combining(char32_t code_point);

}  // namespace landfall

#endif  // LANDFALL_SHARED_TEXT_NORMALIZATION_H_
