// The one bounded JSON reader, and accessors to what it read that cannot throw.

#ifndef LANDFALL_SHARED_CODEC_JSON_H_
#define LANDFALL_SHARED_CODEC_JSON_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/codec/json_value.h"

namespace landfall {

// Bounds checked while reading, before memory is taken for what exceeds them.
// REQUIRES: depth ≤ kMaxJsonDepth.
struct JsonLimits {
  std::size_t bytes = std::size_t{8} << 20;
  std::size_t depth = 64;         // open arrays and objects at one place
  std::size_t elements = 500000;  // values in the whole document, members counted by their value
};

inline constexpr std::size_t kMaxJsonDepth = 512;

// Integers up to this magnitude are exact as doubles (2^53).
inline constexpr std::int64_t kMaxExactInteger = 9007199254740992;

// Reads one JSON text (RFC 8259) that is also I-JSON (RFC 7493): UTF-8 without byte order mark, no
// duplicate members, no lone surrogates. A number written without fraction or exponent becomes an
// integer when its magnitude is at most 2^53; every other one, "-0" included, becomes the nearest
// double.
//
// Errors (offset = byte position in `text`):
//   json_malformed             first byte that cannot stand there; the end for a text cut short
//   json_too_large             more than limits.bytes (offset 0) or limits.elements
//   json_too_deep              the bracket that opens one level too many
//   json_duplicate_member      the second member's name
//   json_number_out_of_range   a number beyond the range of doubles
//   utf8_invalid               an ill-formed sequence, or the escape of a lone surrogate
// Source: RFC 8259, RFC 7493.
[[nodiscard]] Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

// Members. Each takes any value: what is not an object has no members.

// The member, or nullptr when it is absent.
[[nodiscard]] const Json* find_member(const Json& object, std::string_view key);

// The member as text, number, list …
//
// Errors:
//   json_shape   absent, or of another type
[[nodiscard]] Result<std::string_view> member_text(const Json& object, std::string_view key);
[[nodiscard]] Result<bool> member_bool(const Json& object, std::string_view key);
[[nodiscard]] Result<double> member_number(const Json& object, std::string_view key);
// Also takes a double without fraction; refuses magnitudes above 2^53.
[[nodiscard]] Result<std::int64_t> member_integer(const Json& object, std::string_view key);
[[nodiscard]] Result<const Json*> member_object(const Json& object, std::string_view key);
[[nodiscard]] Result<const Json*> member_array(const Json& object, std::string_view key);

// The member as text, or `otherwise` when it is absent or not text.
[[nodiscard]] std::string_view member_text_or(const Json& object, std::string_view key,
                                              std::string_view otherwise);
// The member as a truth value, or `otherwise` when it is absent or not one.
[[nodiscard]] bool member_bool_or(const Json& object, std::string_view key, bool otherwise);

// Values by themselves. The text of a string value (empty view for any other); the truth value
// (false for any other); a number as double (0 for any other); an exact integer.
[[nodiscard]] std::string_view text_value(const Json& value);
[[nodiscard]] bool bool_value(const Json& value);
[[nodiscard]] double number_value(const Json& value);
//
// Errors:
//   json_shape   not a number, with a fraction, or above 2^53 in magnitude
[[nodiscard]] Result<std::int64_t> integer_value(const Json& value);

// True when `object` is an object and has no member but those in `allowed`.
[[nodiscard]] bool has_only_members(const Json& object,
                                    std::initializer_list<std::string_view> allowed);

}  // namespace landfall

#endif  // LANDFALL_SHARED_CODEC_JSON_H_
