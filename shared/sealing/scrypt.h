// The scrypt recipient type of age: a file opened by a passphrase.

#ifndef LANDFALL_SHARED_SEALING_SCRYPT_H_
#define LANDFALL_SHARED_SEALING_SCRYPT_H_

#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/entropy.h"
#include "shared/base/result.h"
#include "shared/sealing/header.h"
#include "shared/sealing/unwrap.h"

namespace landfall {

// A passphrase, byte for byte as entered. Move-only, wiped when dropped.
class Passphrase {
 public:
  explicit Passphrase(std::string_view text);
  Passphrase(Passphrase&&) noexcept = default;
  Passphrase& operator=(Passphrase&& other) noexcept;
  Passphrase(const Passphrase&) = delete;
  Passphrase& operator=(const Passphrase&) = delete;
  ~Passphrase();

  [[nodiscard]] ByteView view() const { return bytes_; }

 private:
  Bytes bytes_;
};

// True for a stanza of this type, which must be the only one of its header.
[[nodiscard]] bool is_scrypt(const Stanza& stanza);

// Wraps `file_key` under `passphrase`.
//
// Errors: those of scrypt().
// Source: C2SP age.md, "The scrypt recipient type".
[[nodiscard]] Result<Stanza> wrap_scrypt(const FileKey& file_key, const Passphrase& passphrase,
                                         unsigned work_factor, Entropy& entropy);

// Looks whether `stanza` opens with `passphrase`. Work factors above kMaxScryptWorkFactor are
// malformed to us, and cost nothing.
[[nodiscard]] Unwrap unwrap_scrypt(const Stanza& stanza, const Passphrase& passphrase,
                                   FileKey& file_key);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SEALING_SCRYPT_H_
