// Compresses what a server hands out unchanged, once, as small as it gets.

#ifndef LANDFALL_SERVER_CLI_COMPRESSION_H_
#define LANDFALL_SERVER_CLI_COMPRESSION_H_

#include <cstddef>
#include <optional>

#include "shared/base/bytes.h"

namespace landfall {

// `bytes` in one Brotli stream (RFC 7932), quality 11. Empty when there is no memory for it.
[[nodiscard]] Bytes brotli_of(ByteView bytes);

// `bytes` in one gzip member (RFC 1952) without name or time, so that the same bytes give the same
// file. Empty when there is no memory for it.
[[nodiscard]] Bytes gzip_of(ByteView bytes);

// What one Brotli stream, or one gzip member, holds; nothing where `bytes` is none, broken off, or
// followed by something, or where it holds more than `max_bytes`.
[[nodiscard]] std::optional<Bytes> from_brotli(ByteView bytes, std::size_t max_bytes);
[[nodiscard]] std::optional<Bytes> from_gzip(ByteView bytes, std::size_t max_bytes);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_COMPRESSION_H_
