// The header fields of tus, read strictly.

#ifndef LANDFALL_SERVER_HTTP_UPLOAD_HEADERS_H_
#define LANDFALL_SERVER_HTTP_UPLOAD_HEADERS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "server/intake/receive_parts.h"
#include "shared/base/result.h"

namespace landfall {

// A count of bytes: digits only, without sign, exactly what fits 63 bits.
//
// Errors:
//   header_malformed   anything else
[[nodiscard]] Result<std::uint64_t> parse_byte_count(std::string_view text);

// What intake needs of Upload-Metadata; empty where the key is absent.
struct UploadMetadata {
  std::string kid;
  std::string sha256;
};

// Reads "key base64,key base64,key": keys printable ASCII without space and comma, each once;
// values base64 with padding or absent.
//
// Errors:
//   upload_metadata_malformed   another shape; a kid or sha256 that cannot be one; too long
[[nodiscard]] Result<UploadMetadata> parse_upload_metadata(std::string_view text);

// Reads "sha1 base64" or "sha256 base64", the digest of the right size.
//
// Errors:
//   upload_checksum_malformed   another shape or algorithm
[[nodiscard]] Result<UploadChunk::Checksum> parse_upload_checksum(std::string_view text);

}  // namespace landfall

#endif  // LANDFALL_SERVER_HTTP_UPLOAD_HEADERS_H_
