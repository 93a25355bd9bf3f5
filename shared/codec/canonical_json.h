// Canonical JSON (RFC 8785): the one byte string for a value, over which we sign and hash.

#ifndef LANDFALL_SHARED_CODEC_CANONICAL_JSON_H_
#define LANDFALL_SHARED_CODEC_CANONICAL_JSON_H_

#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/codec/json.h"

namespace landfall {

// Writes `value` canonically: no white space, members in the order of their UTF-16 code units,
// numbers as ECMAScript writes them, the fewest escapes. Also the way to write any JSON text.
//
// Errors (offset is 0):
//   json_number_out_of_range   NaN, an infinity, or an integer beyond ±2^53, which a reader would
//                              round
//   utf8_invalid               a string that is not well-formed UTF-8
//   json_shape                 a binary or discarded value
//   json_too_deep              more than kMaxJsonDepth levels
// Source: RFC 8785 section 3.2.
[[nodiscard]] Result<std::string> write_canonical_json(const Json& value);

// The canonical form of the JSON text `text`.
//
// Errors: those of parse_json with the offset in `text`, and of write_canonical_json.
[[nodiscard]] Result<std::string> canonicalize(std::string_view text,
                                               const JsonLimits& limits = {});

// True when `text` is JSON and its own canonical form.
[[nodiscard]] bool is_canonical(std::string_view text, const JsonLimits& limits = {});

// Reads a text that must be its own canonical form: the payload of everything signed.
//
// Errors:
//   json_not_canonical   JSON, but written another way; offset = first differing byte
//   and those of parse_json
[[nodiscard]] Result<Json> parse_canonical_json(std::string_view text,
                                                const JsonLimits& limits = {});

}  // namespace landfall

#endif  // LANDFALL_SHARED_CODEC_CANONICAL_JSON_H_
