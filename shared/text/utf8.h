// Strict UTF-8: reading and writing code points.

#ifndef LANDFALL_SHARED_TEXT_UTF8_H_
#define LANDFALL_SHARED_TEXT_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace landfall {

// What read_code_point() returns for bytes that are no well-formed sequence.
inline constexpr char32_t kNoCodePoint = 0xFFFFFFFF;

// Reads the code point at `offset` and moves `offset` behind it. Overlong forms, surrogates, values
// above U+10FFFF and cut sequences give kNoCodePoint and move by one byte.
// REQUIRES: offset < text.size().
[[nodiscard]] char32_t read_code_point(std::string_view text, std::size_t& offset);

// The offset of the first byte that begins no well-formed sequence; npos when there is none.
// Source: Unicode 15.0 section 3.9, table 3-7.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text);

[[nodiscard]] bool is_utf8(std::string_view text);

// The code points of `text`.
//
// Errors:
//   utf8_invalid   offset = first byte that begins no well-formed sequence
[[nodiscard]] Result<std::u32string> decode_utf8(std::string_view text);

// Appends `code_point`.
// REQUIRES: a Unicode scalar value.
void append_utf8(std::string& to, char32_t code_point);

// The UTF-8 form of scalar values.
[[nodiscard]] std::string encode_utf8(std::u32string_view code_points);

}  // namespace landfall

#endif  // LANDFALL_SHARED_TEXT_UTF8_H_
