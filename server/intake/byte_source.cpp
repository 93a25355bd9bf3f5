#include "server/intake/byte_source.h"

namespace landfall {

SourceEnd MemorySource::read(const std::function<bool(ByteView)>& receive) {
  if (bytes_.empty()) return SourceEnd::complete;
  return receive(bytes_) ? SourceEnd::complete : SourceEnd::refused;
}

std::optional<std::uint64_t> MemorySource::declared_bytes() const { return bytes_.size(); }

}  // namespace landfall
