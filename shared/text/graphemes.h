// Extended grapheme clusters: what a person counts as one character.

#ifndef LANDFALL_SHARED_TEXT_GRAPHEMES_H_
#define LANDFALL_SHARED_TEXT_GRAPHEMES_H_

#include <cstddef>
#include <string_view>

namespace landfall {

// The number of extended grapheme clusters in `text`. Every byte that is not part of well-formed
// UTF-8 counts as one. Lengths in forms are counted with this.
// Source: UAX #29, rules GB1 to GB999 with GB9c (conjuncts stay together) on Unicode 15.0 data.
[[nodiscard]] std::size_t count_graphemes(std::string_view text);

// The offset behind the grapheme cluster that begins at `offset`; text.size() at the end.
[[nodiscard]] std::size_t next_grapheme(std::string_view text, std::size_t offset);

// The longest prefix of `text` with at most `count` grapheme clusters.
[[nodiscard]] std::string_view first_graphemes(std::string_view text, std::size_t count);

}  // namespace landfall

#endif  // LANDFALL_SHARED_TEXT_GRAPHEMES_H_
