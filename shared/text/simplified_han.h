// Simplified Chinese characters, which Taiwanese authorities ask to be written in full.

#ifndef LANDFALL_SHARED_TEXT_SIMPLIFIED_HAN_H_
#define LANDFALL_SHARED_TEXT_SIMPLIFIED_HAN_H_

#include <optional>
#include <string>
#include <string_view>

namespace landfall {

// The traditional form of a character used only in simplified writing (in GB 2312 and not in Big5);
// 0 where there are several; nullopt for every other character.
// Source: Unihan kTraditionalVariant (Unicode 15.0).
[[nodiscard]] std::optional<char32_t> traditional_form(char32_t code_point);

// `text` with every simplified character that has a single traditional form replaced by it.
[[nodiscard]] std::string suggest_traditional(std::string_view text);

}  // namespace landfall

#endif  // LANDFALL_SHARED_TEXT_SIMPLIFIED_HAN_H_
