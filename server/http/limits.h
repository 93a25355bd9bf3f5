// What one request may be, in one place; the unit is in the name, the reason beside it.

#ifndef LANDFALL_SERVER_HTTP_LIMITS_H_
#define LANDFALL_SERVER_HTTP_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace landfall {

// One header line; the longest we use is Upload-Metadata.
inline constexpr std::size_t kMaxHeaderLineBytes = 8192;
inline constexpr std::size_t kMaxHeaderCount = 64;
inline constexpr std::size_t kMaxTargetBytes = 2048;
inline constexpr std::size_t kMaxUploadMetadataBytes = 4096;
inline constexpr std::size_t kMaxUploadChecksumBytes = 128;

// application/jose: a manifest with kMaxManifestParts parts has room.
inline constexpr std::size_t kMaxManifestBodyBytes = std::size_t{128} << 10;
// application/x-tar in one request: a submission of text; larger ones upload parts first.
inline constexpr std::size_t kMaxBundleBodyBytes = std::size_t{1} << 20;

// The same carried by hand: with all its parts, never in memory as a whole.
inline constexpr std::uint64_t kMaxCarriedBundleBytes = std::uint64_t{512} << 20;

// From the first byte of a request to the end of its headers.
inline constexpr int kHeaderSeconds = 10;
// Without a single byte. A phone between two cells is silent for longer than a wire.
inline constexpr int kSilenceSeconds = 20;
// A body that is slower over any window of that length is given up: what arrived is kept.
inline constexpr std::uint64_t kLeastBytesPerSecond = 256;
inline constexpr int kSlowWindowSeconds = 30;
inline constexpr int kKeepAliveSeconds = 5;
// Between two requests; each costs a file and some kilobytes of the kernel's, no thread.
inline constexpr std::size_t kMaxWaitingConnections = 4096;
inline constexpr std::size_t kKeepAliveRequests = 1000;
// Read and thrown away after an early refusal, so that the client sees the refusal and no reset.
inline constexpr std::size_t kMaxDrainBytes = std::size_t{256} << 10;

}  // namespace landfall

#endif  // LANDFALL_SERVER_HTTP_LIMITS_H_
