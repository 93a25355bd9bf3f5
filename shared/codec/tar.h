// Uncompressed POSIX ustar archives of plain files: the hand-carried bundle.

#ifndef LANDFALL_SHARED_CODEC_TAR_H_
#define LANDFALL_SHARED_CODEC_TAR_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace landfall {

inline constexpr std::size_t kTarBlockBytes = 512;

// One file of an archive; `name` is a relative path ("parts/3f…") without "..", "." or empty steps.
// Both point into the archive's bytes.
struct TarEntry {
  std::string_view name;
  ByteView data;
};

// What one 512-byte header block says; `name` is owned so that the block may be reused.
struct TarHeader {
  std::string name;
  std::uint64_t size_bytes = 0;

  // Bytes of zero padding that follow the data.
  [[nodiscard]] std::size_t padding_bytes() const;
  bool operator==(const TarHeader&) const = default;
};

// Reads one header block, exactly kTarBlockBytes long; an all-zero block is the end mark, nullopt.
// Only plain files with relative names are taken: no links, directories, devices or extensions.
//
// Errors:
//   tar_malformed   checksum, magic, type, number or name; offset = start of the wrong field
// Source: POSIX.1-2008 pax, "ustar Interchange Format".
[[nodiscard]] Result<std::optional<TarHeader>> parse_tar_header(ByteView block);

// Reads a whole archive, at most `max_entries` files with distinct names, ended by two zero blocks
// and nothing but zeros after them.
//
// Errors:
//   tar_malformed   as parse_tar_header, a duplicate name, data cut short, padding that is not
//   zero,
//                   or a missing end; offset = where
//   too_large       more than `max_entries` files
[[nodiscard]] Result<std::vector<TarEntry>> parse_tar(ByteView archive, std::size_t max_entries);

// The header block for a file of `size_bytes` called `name`, with fixed owner, mode and time, so
// that the same files give the same archive.
//
// Errors:
//   tar_malformed   `name` is empty, absolute, has a "." or ".." step, is longer than 100 bytes or
//                   not printable ASCII; or the size needs more than 11 octal digits
[[nodiscard]] Result<Bytes> write_tar_header(std::string_view name, std::uint64_t size_bytes);

// The whole archive of `entries`, in their order, with its end mark.
//
// Errors: as write_tar_header.
[[nodiscard]] Result<Bytes> write_tar(const std::vector<TarEntry>& entries);

}  // namespace landfall

#endif  // LANDFALL_SHARED_CODEC_TAR_H_
