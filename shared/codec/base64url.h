// base64url without padding (RFC 4648 section 5), strict: one encoding for every byte string.

#ifndef LANDFALL_SHARED_CODEC_BASE64URL_H_
#define LANDFALL_SHARED_CODEC_BASE64URL_H_

#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace landfall {

// The bytes that `text` encodes: the URL-safe alphabet only, no padding, no line breaks, and unused
// low bits zero, so that two different texts never decode to the same bytes.
//
// Errors:
//   base64url_invalid   offset = first byte that cannot stand there (the end for a bad length)
[[nodiscard]] Result<Bytes> parse_base64url(std::string_view text);

// `bytes` in the URL-safe alphabet, without padding.
[[nodiscard]] std::string format_base64url(ByteView bytes);

}  // namespace landfall

#endif  // LANDFALL_SHARED_CODEC_BASE64URL_H_
