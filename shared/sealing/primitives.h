// The cryptographic primitives everything else is made of; the only door to libsodium.
//
// Nothing here makes randomness: whoever needs it passes bytes in. Every function gives the same
// bytes natively and as WebAssembly.

#ifndef LANDFALL_SHARED_SEALING_PRIMITIVES_H_
#define LANDFALL_SHARED_SEALING_PRIMITIVES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"

namespace landfall {

inline constexpr std::size_t kSha256Bytes = 32;
inline constexpr std::size_t kAeadKeyBytes = 32;
inline constexpr std::size_t kAeadNonceBytes = 12;
inline constexpr std::size_t kAeadLongNonceBytes = 24;
inline constexpr std::size_t kAeadTagBytes = 16;
inline constexpr std::size_t kX25519Bytes = 32;
inline constexpr std::size_t kEd25519SeedBytes = 32;
inline constexpr std::size_t kEd25519SecretBytes = 64;

// Opening takes 2^factor KiB; files that ask for more are refused before any of it is allocated.
inline constexpr unsigned kMaxScryptWorkFactor = 18;

inline constexpr std::size_t kPasswordHashBytes = 32;
inline constexpr std::size_t kPasswordSaltBytes = 16;

using Sha256Digest = std::array<std::uint8_t, kSha256Bytes>;
using AeadKey = Secret<kAeadKeyBytes>;
using AeadNonce = std::array<std::uint8_t, kAeadNonceBytes>;
using AeadLongNonce = std::array<std::uint8_t, kAeadLongNonceBytes>;
using X25519Point = std::array<std::uint8_t, kX25519Bytes>;
using X25519Scalar = Secret<kX25519Bytes>;
using Ed25519PublicKey = std::array<std::uint8_t, 32>;
using Ed25519Signature = std::array<std::uint8_t, 64>;
using PasswordSalt = std::array<std::uint8_t, kPasswordSaltBytes>;

// The SHA-256 digest of `bytes`. Source: FIPS 180-4.
[[nodiscard]] Sha256Digest sha256(ByteView bytes);

// SHA-256 over bytes that arrive in pieces. Copying it forks the computation.
class Sha256 {
 public:
  Sha256();

  void update(ByteView bytes);

  // The digest of everything given so far; the object must not be used afterwards.
  [[nodiscard]] Sha256Digest finish();

 private:
  alignas(8) std::array<std::uint8_t, 104> state_;
};

// HMAC-SHA-256 of `message` under a key of any length. Source: RFC 2104.
[[nodiscard]] Sha256Digest hmac_sha256(ByteView key, ByteView message);

// Fills `out` from `secret` by HKDF-SHA-256; an empty salt is 32 zero bytes.
//
// Errors:
//   too_large   `out` is longer than 255 × 32 bytes, which is all HKDF can give
// Source: RFC 5869.
[[nodiscard]] Result<Done> hkdf_sha256(std::span<std::uint8_t> out, ByteView secret, ByteView salt,
                                       ByteView info);

// A 32-byte HKDF-SHA-256 key, the one length that cannot fail.
[[nodiscard]] Secret<32> hkdf_key(ByteView secret, ByteView salt, ByteView info);

// Seals `plaintext` into `out` by ChaCha20-Poly1305 (IETF): ciphertext, then the 16-byte tag. `out`
// may start where `plaintext` does, but not overlap it otherwise.
// REQUIRES: out.size() == plaintext.size() + kAeadTagBytes. Source: RFC 8439.
void aead_seal(std::span<std::uint8_t> out, ByteView plaintext, ByteView associated,
               const AeadNonce& nonce, const AeadKey& key);

// Opens what aead_seal made. False, and `out` all zero, when the tag does not fit; `sealed` itself
// is left alone unless it is `out`.
// REQUIRES: out.size() + kAeadTagBytes == sealed.size(). Source: RFC 8439.
[[nodiscard]] bool aead_open(std::span<std::uint8_t> out, ByteView sealed, ByteView associated,
                             const AeadNonce& nonce, const AeadKey& key);

// The same with a nonce long enough to be drawn at random: XChaCha20-Poly1305. No format of ours
// has one; the module that ships leaves it out. Source: draft-irtf-cfrg-xchacha. Vectors:
// wycheproof.
void aead_seal(std::span<std::uint8_t> out, ByteView plaintext, ByteView associated,
               const AeadLongNonce& nonce, const AeadKey& key);
[[nodiscard]] bool aead_open(std::span<std::uint8_t> out, ByteView sealed, ByteView associated,
                             const AeadLongNonce& nonce, const AeadKey& key);

// The public point of `scalar`. Source: RFC 7748 section 6.1.
[[nodiscard]] X25519Point x25519_public(const X25519Scalar& scalar);

// The shared secret of `scalar` and `point`. False, and nothing usable in `shared`, when it is all
// zero: a point of low order would make the secret known to everybody.
// Source: RFC 7748 section 6.1.
[[nodiscard]] bool x25519(Secret<kX25519Bytes>& shared, const X25519Scalar& scalar,
                          const X25519Point& point);

// The signing secret (seed, then public key) that belongs to `seed`. Source: RFC 8032
// section 5.1.5.
[[nodiscard]] Secret<kEd25519SecretBytes> ed25519_secret(const Secret<kEd25519SeedBytes>& seed);

// The public key inside `secret`.
[[nodiscard]] Ed25519PublicKey ed25519_public(const Secret<kEd25519SecretBytes>& secret);

// Signs deterministically. Source: RFC 8032 section 5.1.6.
[[nodiscard]] Ed25519Signature ed25519_sign(ByteView message,
                                            const Secret<kEd25519SecretBytes>& secret);

// Verifies strictly: S below the group order, key and R canonical and not of low order, equation
// without cofactor. `signature` and `key` of any other length than 64 and 32 are refused.
// Source: RFC 8032 section 5.1.7. Vectors: ed25519-edge, wycheproof.
[[nodiscard]] bool ed25519_verify(ByteView message, ByteView signature, ByteView key);

// Fills `out` by scrypt with N = 2^work_factor, r = 8, p = 1.
//
// Errors:
//   too_large       work_factor is 0 or above kMaxScryptWorkFactor; nothing was allocated
//   out_of_memory   2^work_factor KiB could not be had
// Source: RFC 7914.
[[nodiscard]] Result<Done> scrypt(std::span<std::uint8_t> out, ByteView passphrase, ByteView salt,
                                  unsigned work_factor);

// Fills `hash` by Argon2id version 1.3 with one lane. Bounds on what it costs are the caller's
// (shared/vault); the module that has no vault leaves it out.
//
// Errors:
//   out_of_memory   memory_kib could not be had
// REQUIRES: passes >= 1, memory_kib >= 8. Source: RFC 9106.
[[nodiscard]] Result<Done> argon2id(Secret<kPasswordHashBytes>& hash, ByteView password,
                                    const PasswordSalt& salt, std::uint32_t memory_kib,
                                    std::uint32_t passes);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SEALING_PRIMITIVES_H_
