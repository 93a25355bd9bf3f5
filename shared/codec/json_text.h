// Appending JSON tokens to a text: for what is written straight, without a tree of values.

#ifndef LANDFALL_SHARED_CODEC_JSON_TEXT_H_
#define LANDFALL_SHARED_CODEC_JSON_TEXT_H_

#include <string>
#include <string_view>

namespace landfall {

// Appends `text` as a JSON string with the fewest escapes, as RFC 8785 writes it.
// REQUIRES: `text` is UTF-8.
void append_json_string(std::string& to, std::string_view text);

// Appends a number as ECMAScript writes it.
// REQUIRES: `number` is finite.
// Source: RFC 8785 section 3.2.2.3.
void append_json_number(std::string& to, double number);

}  // namespace landfall

#endif  // LANDFALL_SHARED_CODEC_JSON_TEXT_H_
