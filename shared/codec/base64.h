// Standard base64 (RFC 4648 section 4), strict, padded (armor) and unpadded (age stanzas).

#ifndef LANDFALL_SHARED_CODEC_BASE64_H_
#define LANDFALL_SHARED_CODEC_BASE64_H_

#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace landfall {

enum class Base64Padding { required, forbidden };

// The bytes that `text` encodes: the "+/" alphabet only, padding exactly as `padding` says, no line
// breaks, and unused low bits zero, so that there is one encoding for every byte string.
//
// Errors:
//   base64_invalid   offset = first byte that cannot stand there (the end for a bad length)
[[nodiscard]] Result<Bytes> parse_base64(std::string_view text, Base64Padding padding);

// `bytes` in the "+/" alphabet, padded or not.
[[nodiscard]] std::string format_base64(ByteView bytes, Base64Padding padding);

}  // namespace landfall

#endif  // LANDFALL_SHARED_CODEC_BASE64_H_
