// Bytes that lie somewhere and are read piece by piece, as large as they may be.

#ifndef LANDFALL_SERVER_INTAKE_STORED_BYTES_H_
#define LANDFALL_SERVER_INTAKE_STORED_BYTES_H_

#include <cstdint>
#include <span>

#include "shared/base/result.h"

namespace landfall {

// Never changes while it is held. Thread rule: any thread.
class StoredBytes {
 public:
  virtual ~StoredBytes() = default;

  [[nodiscard]] virtual std::uint64_t size_bytes() const = 0;

  // Fills all of `out` with the bytes from `offset` on.
  //
  // Errors: storage_unavailable, also when there are not as many
  virtual Result<Done> read(std::uint64_t offset, std::span<std::uint8_t> out) const = 0;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_STORED_BYTES_H_
