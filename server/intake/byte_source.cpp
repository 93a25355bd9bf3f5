#include "server/intake/byte_source.h"

namespace landfall {

Error source_error(SourceEnd end) {
  switch (end) {
    case SourceEnd::too_slow:
      return {ErrorCode::request_too_slow};
    case SourceEnd::too_large:
      return {ErrorCode::too_large};
    default:
      return {ErrorCode::request_incomplete};
  }
}

SourceEnd MemorySource::read(const std::function<bool(ByteView)>& receive) {
  if (bytes_.empty()) return SourceEnd::complete;
  return receive(bytes_) ? SourceEnd::complete : SourceEnd::refused;
}

std::optional<std::uint64_t> MemorySource::declared_bytes() const { return bytes_.size(); }

}  // namespace landfall
