// Unpacks zlib data, in which some vectors hold large files.

#ifndef LANDFALL_TESTS_CONFORMANCE_OPERATIONS_INFLATE_H_
#define LANDFALL_TESTS_CONFORMANCE_OPERATIONS_INFLATE_H_

#include <optional>

#include "shared/base/bytes.h"

namespace landfall::conformance {

// What `zlib` unpacks to; nothing when it is damaged. The checksum at its end is not looked at: the
// vectors' own digests are. Source: RFC 1950, RFC 1951.
[[nodiscard]] std::optional<Bytes> inflate(ByteView zlib);

}  // namespace landfall::conformance

#endif  // LANDFALL_TESTS_CONFORMANCE_OPERATIONS_INFLATE_H_
