// Compresses what a server hands out unchanged, once, as small as it gets.

#ifndef LANDFALL_SERVER_CLI_COMPRESSION_H_
#define LANDFALL_SERVER_CLI_COMPRESSION_H_

#include "shared/base/bytes.h"

namespace landfall {

// `bytes` in one Brotli stream (RFC 7932), quality 11. Empty when there is no memory for it.
[[nodiscard]] Bytes brotli_of(ByteView bytes);

// `bytes` in one gzip member (RFC 1952) without name or time, so that the same bytes give the same
// file. Empty when there is no memory for it.
[[nodiscard]] Bytes gzip_of(ByteView bytes);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_COMPRESSION_H_
