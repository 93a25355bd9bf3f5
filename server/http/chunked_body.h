// The chunked transfer coding, read strictly: what two servers could read in two ways is refused.

#ifndef LANDFALL_SERVER_HTTP_CHUNKED_BODY_H_
#define LANDFALL_SERVER_HTTP_CHUNKED_BODY_H_

#include <cstddef>
#include <functional>

#include "server/intake/byte_source.h"

namespace landfall {

// Reads up to `size` bytes to `data` and returns how many; 0 or less when there are none.
using ReadBytes = std::function<std::ptrdiff_t(char* data, std::size_t size)>;

// Hands the content of a chunked body to `receive`, and reads not a byte beyond the body's end.
// Sizes are 1 to 8 hex digits, lines end in CRLF, extensions and trailers are passed over up to
// kMaxChunkLineBytes and kMaxTrailerLines.
//
// Ends: complete; refused by `receive`; broken for anything else, also when bytes stop coming.
// Source: RFC 9112 section 7.1.
[[nodiscard]] SourceEnd read_chunked_body(const ReadBytes& read,
                                          const std::function<bool(ByteView)>& receive);

inline constexpr std::size_t kMaxChunkLineBytes = 256;
inline constexpr int kMaxTrailerLines = 16;

}  // namespace landfall

#endif  // LANDFALL_SERVER_HTTP_CHUNKED_BODY_H_
