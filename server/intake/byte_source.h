// Bytes that arrive from outside, piece by piece, and may stop arriving.

#ifndef LANDFALL_SERVER_INTAKE_BYTE_SOURCE_H_
#define LANDFALL_SERVER_INTAKE_BYTE_SOURCE_H_

#include <cstdint>
#include <functional>
#include <optional>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace landfall {

// How reading a source ended.
enum class SourceEnd {
  complete,  // all of it was handed over
  refused,   // the receiver said stop
  broken,    // the sender went away or broke the framing
  too_slow,  // the sender was slower than the least rate
  too_large  // more than the listener accepts
};

// The error for whoever needed all of it. REQUIRES: `end` is not `complete`.
[[nodiscard]] Error source_error(SourceEnd end);

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Hands over the bytes in order, in pieces, until the end or until `receive` returns false.
  // A source is read at most once.
  virtual SourceEnd read(const std::function<bool(ByteView)>& receive) = 0;

  // How many bytes are coming, where the sender said so in advance.
  [[nodiscard]] virtual std::optional<std::uint64_t> declared_bytes() const = 0;
};

// The whole of `bytes`, which must outlive the source, in one piece.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(ByteView bytes) : bytes_(bytes) {}
  SourceEnd read(const std::function<bool(ByteView)>& receive) override;
  [[nodiscard]] std::optional<std::uint64_t> declared_bytes() const override;

 private:
  ByteView bytes_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_BYTE_SOURCE_H_
