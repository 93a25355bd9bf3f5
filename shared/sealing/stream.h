// The payload of an age file: STREAM, 64 KiB chunks under ChaCha20-Poly1305, the last one marked.

#ifndef LANDFALL_SHARED_SEALING_STREAM_H_
#define LANDFALL_SHARED_SEALING_STREAM_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "shared/base/bytes.h"
#include "shared/sealing/header.h"
#include "shared/sealing/primitives.h"

namespace landfall {

inline constexpr std::size_t kChunkBytes = std::size_t{64} << 10;
inline constexpr std::size_t kSealedChunkBytes = kChunkBytes + kAeadTagBytes;
inline constexpr std::size_t kPayloadNonceBytes = 16;
using PayloadNonce = std::array<std::uint8_t, kPayloadNonceBytes>;

// The payload key of a file. Source: C2SP age.md, "Payload".
[[nodiscard]] AeadKey payload_key(const FileKey& file_key, const PayloadNonce& nonce);

// The nonce of the next chunk: an 88-bit big-endian counter and the mark of the last one.
class ChunkCounter {
 public:
  [[nodiscard]] AeadNonce nonce(bool last) const;
  void advance();

 private:
  std::uint64_t count_ = 0;
};

// Bytes that grow but are not cleared between uses: what push() and finish() hand out stays valid
// until the next call.
class OutputBuffer {
 public:
  // Forgets what was written and makes room for `capacity_bytes`.
  void start(std::size_t capacity_bytes);

  // The next `size` bytes to write. REQUIRES: within the room asked for.
  [[nodiscard]] std::span<std::uint8_t> extend(std::size_t size);

  // Takes back the last `size` bytes.
  void retract(std::size_t size) { used_ -= size; }

  [[nodiscard]] ByteView written() const { return ByteView(bytes_).first(used_); }

 private:
  Bytes bytes_;
  std::size_t used_ = 0;
};

// A chunk that is coming together from pieces.
class PartialChunk {
 public:
  explicit PartialChunk(std::size_t full_bytes) : bytes_(full_bytes) {}

  // Moves bytes off the front of `input` until the chunk is full or the input is used up.
  void take(ByteView& input);
  void clear() { used_ = 0; }

  [[nodiscard]] bool is_empty() const { return used_ == 0; }
  [[nodiscard]] bool is_full() const { return used_ == bytes_.size(); }
  [[nodiscard]] ByteView view() const { return ByteView(bytes_).first(used_); }

 private:
  Bytes bytes_;
  std::size_t used_ = 0;
};

// Seals a payload that arrives in pieces. Whole chunks are sealed straight from the caller's bytes.
class StreamSealer {
 public:
  explicit StreamSealer(AeadKey key);

  // At most how many bytes push() of `size` bytes, or finish(), writes.
  [[nodiscard]] static std::size_t bound(std::size_t size);

  void push(ByteView plaintext, OutputBuffer& out);
  void finish(OutputBuffer& out);

 private:
  void seal_chunk(ByteView plaintext, bool last, OutputBuffer& out);

  AeadKey key_;
  ChunkCounter counter_;
  // A full chunk waits here until it is known whether it is the last.
  PartialChunk pending_{kChunkBytes};
};

// Opens a payload that arrives in pieces; hands out nothing that was not verified.
class StreamOpener {
 public:
  explicit StreamOpener(AeadKey key);

  // At most how many bytes push() of `size` bytes, or finish(), writes.
  [[nodiscard]] static std::size_t bound(std::size_t size);

  // False when a chunk is not genuine; what was verified before it is in `out`, and no further call
  // gives anything.
  [[nodiscard]] bool push(ByteView sealed, OutputBuffer& out);

  // False when the payload ends early, or its last chunk is not genuine.
  [[nodiscard]] bool finish(OutputBuffer& out);

 private:
  bool open_full_chunk(ByteView sealed, OutputBuffer& out);
  bool open_chunk(ByteView sealed, bool last, OutputBuffer& out);

  AeadKey key_;
  ChunkCounter counter_;
  PartialChunk pending_{kSealedChunkBytes};
  bool first_ = true;
  bool ended_ = false;
  bool failed_ = false;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_SEALING_STREAM_H_
