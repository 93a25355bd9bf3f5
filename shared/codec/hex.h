// Lower-case hexadecimal, the written form of our digests.

#ifndef LANDFALL_SHARED_CODEC_HEX_H_
#define LANDFALL_SHARED_CODEC_HEX_H_

#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace landfall {

// The bytes that `text` writes, two lower-case digits each: upper case is refused, so that a digest
// has one written form.
//
// Errors:
//   hex_invalid   offset = first byte that is not 0-9a-f (the end for an odd length)
[[nodiscard]] Result<Bytes> parse_hex(std::string_view text);

// `bytes` as lower-case digits.
[[nodiscard]] std::string format_hex(ByteView bytes);

// True for exactly 64 lower-case hexadecimal digits.
[[nodiscard]] bool is_sha256_hex(std::string_view text);

}  // namespace landfall

#endif  // LANDFALL_SHARED_CODEC_HEX_H_
