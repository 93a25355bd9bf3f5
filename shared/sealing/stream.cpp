#include "shared/sealing/stream.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "shared/base/invariant.h"

namespace landfall {

AeadKey payload_key(const FileKey& file_key, const PayloadNonce& nonce) {
  return hkdf_key(file_key.view(), nonce, bytes_of("payload"));
}

AeadNonce ChunkCounter::nonce(bool last) const {
  AeadNonce nonce{};
  for (std::size_t i = 0; i < sizeof(count_); ++i) {
    nonce[10 - i] = static_cast<std::uint8_t>(count_ >> (8 * i));
  }
  nonce[11] = last ? 1 : 0;
  return nonce;
}

void ChunkCounter::advance() { ++count_; }

void OutputBuffer::start(std::size_t capacity_bytes) {
  if (bytes_.size() < capacity_bytes) bytes_.resize(capacity_bytes);
  used_ = 0;
}

std::span<std::uint8_t> OutputBuffer::extend(std::size_t size) {
  require(size <= bytes_.size() - used_, "output stays within the room asked for");
  const std::span<std::uint8_t> room = std::span(bytes_).subspan(used_, size);
  used_ += size;
  return room;
}

void PartialChunk::take(ByteView& input) {
  const std::size_t size = std::min(bytes_.size() - used_, input.size());
  if (size == 0) return;
  std::memcpy(bytes_.data() + used_, input.data(), size);
  used_ += size;
  input = input.subspan(size);
}

StreamSealer::StreamSealer(AeadKey key) : key_(std::move(key)) {}

std::size_t StreamSealer::bound(std::size_t size) {
  return size + kChunkBytes + (size / kChunkBytes + 2) * kAeadTagBytes;
}

void StreamSealer::push(ByteView plaintext, OutputBuffer& out) {
  while (!plaintext.empty()) {
    if (pending_.is_full()) {
      seal_chunk(pending_.view(), false, out);
      pending_.clear();
    }
    if (pending_.is_empty() && plaintext.size() > kChunkBytes) {
      seal_chunk(plaintext.first(kChunkBytes), false, out);
      plaintext = plaintext.subspan(kChunkBytes);
    } else {
      pending_.take(plaintext);
    }
  }
}

void StreamSealer::finish(OutputBuffer& out) {
  seal_chunk(pending_.view(), true, out);
  pending_.clear();
}

void StreamSealer::seal_chunk(ByteView plaintext, bool last, OutputBuffer& out) {
  aead_seal(out.extend(plaintext.size() + kAeadTagBytes), plaintext, {}, counter_.nonce(last),
            key_);
  counter_.advance();
}

StreamOpener::StreamOpener(AeadKey key) : key_(std::move(key)) {}

std::size_t StreamOpener::bound(std::size_t size) { return size + kSealedChunkBytes; }

bool StreamOpener::push(ByteView sealed, OutputBuffer& out) {
  while (!sealed.empty() && !failed_) {
    if (ended_) {
      failed_ = true;
    } else if (pending_.is_empty() && sealed.size() >= kSealedChunkBytes) {
      failed_ = !open_full_chunk(sealed.first(kSealedChunkBytes), out);
      sealed = sealed.subspan(kSealedChunkBytes);
    } else {
      pending_.take(sealed);
      if (!pending_.is_full()) break;
      failed_ = !open_full_chunk(pending_.view(), out);
      pending_.clear();
    }
  }
  return !failed_;
}

bool StreamOpener::finish(OutputBuffer& out) {
  if (failed_ || ended_) return !failed_;
  // An empty last chunk stands only for an empty payload; anything else has a shorter writing.
  const std::size_t least = first_ ? kAeadTagBytes : kAeadTagBytes + 1;
  failed_ = pending_.view().size() < least || !open_chunk(pending_.view(), true, out);
  pending_.clear();
  return !failed_;
}

bool StreamOpener::open_full_chunk(ByteView sealed, OutputBuffer& out) {
  // A full chunk may be the last one. Only its own mark says so, never what follows: trailing bytes
  // must not turn a genuine last chunk into a bad one.
  if (open_chunk(sealed, false, out)) return true;
  ended_ = open_chunk(sealed, true, out);
  return ended_;
}

bool StreamOpener::open_chunk(ByteView sealed, bool last, OutputBuffer& out) {
  const std::size_t size = sealed.size() - kAeadTagBytes;
  if (!aead_open(out.extend(size), sealed, {}, counter_.nonce(last), key_)) {
    out.retract(size);
    return false;
  }
  counter_.advance();
  first_ = false;
  return true;
}

}  // namespace landfall
