// The X25519 recipient type of age: "age1…" recipients and "AGE-SECRET-KEY-1…" identities.

#ifndef LANDFALL_SHARED_SEALING_X25519_H_
#define LANDFALL_SHARED_SEALING_X25519_H_

#include <string>
#include <string_view>

#include "shared/base/entropy.h"
#include "shared/base/result.h"
#include "shared/sealing/header.h"
#include "shared/sealing/primitives.h"
#include "shared/sealing/unwrap.h"

namespace landfall {

struct X25519Recipient {
  X25519Point point{};

  bool operator==(const X25519Recipient&) const = default;
};

// Reads a recipient: bech32 with prefix "age" over 32 bytes.
//
// Errors:
//   recipient_invalid   anything else; the offset is bech32's
// Source: C2SP age.md, "The X25519 recipient type".
[[nodiscard]] Result<X25519Recipient> parse_x25519_recipient(std::string_view text);

// Writes "age1…".
[[nodiscard]] std::string format_x25519_recipient(const X25519Recipient& recipient);

// The secret half. Move-only, wiped when dropped.
class X25519Identity {
 public:
  explicit X25519Identity(X25519Scalar scalar);

  [[nodiscard]] const X25519Recipient& recipient() const { return recipient_; }

  // Looks whether `stanza` wraps a file key for this identity, and if so stores it in `file_key`.
  [[nodiscard]] Unwrap unwrap(const Stanza& stanza, FileKey& file_key) const;

  // Copies, for a caller that opens several files at once or stores the key.
  [[nodiscard]] X25519Identity clone() const;
  [[nodiscard]] X25519Scalar copy_scalar() const;

  // "AGE-SECRET-KEY-1…": a secret in clear, for key files and nothing else.
  [[nodiscard]] std::string format_secret() const;

 private:
  X25519Scalar scalar_;
  X25519Recipient recipient_;
};

// Reads an identity: bech32 with prefix "AGE-SECRET-KEY-" over 32 bytes.
//
// Errors:
//   identity_invalid   anything else, post-quantum identities among it; offset 0, so that it tells
//                      nothing of the secret
[[nodiscard]] Result<X25519Identity> parse_x25519_identity(std::string_view text);

// Makes a new identity.
[[nodiscard]] X25519Identity generate_x25519_identity(Entropy& entropy);

// Wraps `file_key` for `recipient` under a fresh ephemeral key.
//
// Errors:
//   recipient_invalid   the point is of low order: everybody could unwrap
[[nodiscard]] Result<Stanza> wrap_x25519(const FileKey& file_key, const X25519Recipient& recipient,
                                         Entropy& entropy);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SEALING_X25519_H_
