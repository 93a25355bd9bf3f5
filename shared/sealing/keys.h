// Signing keys, what names them, and the keys an applicant derives from one root.

#ifndef LANDFALL_SHARED_SEALING_KEYS_H_
#define LANDFALL_SHARED_SEALING_KEYS_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/entropy.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"
#include "shared/sealing/primitives.h"
#include "shared/sealing/x25519.h"

namespace landfall {

inline constexpr std::size_t kRootBytes = 32;

// The JWK thumbprint of an Ed25519 key, base64url: the `kid` of everything it signs.
// Source: RFC 7638, RFC 8037 appendix A.3.
[[nodiscard]] std::string key_thumbprint(const Ed25519PublicKey& key);

// Reads a public key, 32 bytes in base64url.
//
// Errors:
//   public_key_invalid   offset 0
[[nodiscard]] Result<Ed25519PublicKey> parse_public_key(std::string_view text);

// Writes a public key in base64url.
[[nodiscard]] std::string format_public_key(const Ed25519PublicKey& key);

// An Ed25519 key that signs. Move-only, wiped when dropped.
class SigningKey {
 public:
  explicit SigningKey(const Secret<kEd25519SeedBytes>& seed);

  [[nodiscard]] const Ed25519PublicKey& public_key() const { return public_key_; }
  [[nodiscard]] const std::string& kid() const { return kid_; }
  [[nodiscard]] Ed25519Signature sign(ByteView message) const;

 private:
  Secret<kEd25519SecretBytes> secret_;
  Ed25519PublicKey public_key_;
  std::string kid_;
};

// What an applicant signs with and what is sealed to an applicant.
struct ApplicantKeys {
  SigningKey sign;
  X25519Identity age;
};

// Derives both keys from the root: HKDF-SHA-256 without salt, info "landfall/v1/sign" for the
// Ed25519 seed and "landfall/v1/age" for the age identity.
[[nodiscard]] ApplicantKeys derive_applicant_keys(const Secret<kRootBytes>& root);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SEALING_KEYS_H_
