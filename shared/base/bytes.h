// Byte strings and views of them.

#ifndef LANDFALL_SHARED_BASE_BYTES_H_
#define LANDFALL_SHARED_BASE_BYTES_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace landfall {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// The bytes of `text`, not copied: valid as long as `text` is.
[[nodiscard]] inline ByteView bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// The characters of `bytes`, not copied and not checked: valid as long as `bytes` is.
[[nodiscard]] inline std::string_view text_of(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// By pointers: libc++ copies a range of other iterators byte by byte.
inline void append(Bytes& to, ByteView from) {
  to.insert(to.end(), from.data(), from.data() + from.size());
}

}  // namespace landfall

#endif  // LANDFALL_SHARED_BASE_BYTES_H_
