// Streaming SHA-256 and SHA-1 over OpenSSL, which uses the processor's SHA instructions.

#ifndef LANDFALL_SERVER_INTAKE_DIGEST_H_
#define LANDFALL_SERVER_INTAKE_DIGEST_H_

#include <memory>
#include <string>

#include "shared/base/bytes.h"

namespace landfall {

enum class DigestKind { sha256, sha1 };

// One running digest. SHA-1 is here only because tus clients may ask for it as a transport
// checksum; nothing is trusted because of it.
class DigestStream {
 public:
  explicit DigestStream(DigestKind kind);
  DigestStream(DigestStream&&) noexcept;
  DigestStream& operator=(DigestStream&&) noexcept;
  ~DigestStream();

  void add(ByteView bytes);

  // The digest of everything added so far, raw; the stream may go on.
  [[nodiscard]] Bytes value() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// SHA-256 of `bytes`, 32 raw bytes.
[[nodiscard]] Bytes sha256_of(ByteView bytes);

// SHA-256 of `bytes`, 64 lower-case hex digits.
[[nodiscard]] std::string sha256_hex_of(ByteView bytes);

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_DIGEST_H_
