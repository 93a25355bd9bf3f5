#include "shared/sealing/primitives.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <tuple>

#include "shared/base/invariant.h"

namespace landfall {
namespace {

static_assert(sizeof(crypto_hash_sha256_state) <= 104);
static_assert(alignof(crypto_hash_sha256_state) <= 8);

#ifndef __EMSCRIPTEN__
// Only picks the implementations that suit this processor: without it everything computes the same,
// several times slower. Not done as WebAssembly, where there is nothing to pick and where it would
// ask for randomness that the module does not have.
[[maybe_unused]] const bool implementations_picked = sodium_init() >= 0;
#endif

// Where `bytes` lie; never null, which libsodium rules out even for nothing at all.
const std::uint8_t* address_of(ByteView bytes) {
  static constexpr std::uint8_t kNothing = 0;
  return bytes.empty() ? &kNothing : bytes.data();
}

crypto_hash_sha256_state* hash_state(std::array<std::uint8_t, 104>& bytes) {
  return reinterpret_cast<crypto_hash_sha256_state*>(bytes.data());
}

// The expansion step of HKDF. REQUIRES: out.size() <= 255 * kSha256Bytes.
void hkdf_expand(std::span<std::uint8_t> out, const Sha256Digest& key, ByteView info) {
  Secret<kSha256Bytes> block;
  std::size_t block_size = 0;
  std::uint8_t counter = 0;
  std::size_t done = 0;
  while (done < out.size()) {
    ++counter;
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, address_of(key), key.size());
    crypto_auth_hmacsha256_update(&state, block.view().data(), block_size);
    crypto_auth_hmacsha256_update(&state, address_of(info), info.size());
    crypto_auth_hmacsha256_update(&state, &counter, 1);
    crypto_auth_hmacsha256_final(&state, block.fill().data());
    sodium_memzero(&state, sizeof state);
    block_size = kSha256Bytes;
    const std::size_t size = std::min(kSha256Bytes, out.size() - done);
    std::memcpy(out.data() + done, block.view().data(), size);
    done += size;
  }
}

}  // namespace

Sha256Digest sha256(ByteView bytes) {
  Sha256Digest digest;
  crypto_hash_sha256(digest.data(), address_of(bytes), bytes.size());
  return digest;
}

Sha256::Sha256() { crypto_hash_sha256_init(hash_state(state_)); }

void Sha256::update(ByteView bytes) {
  crypto_hash_sha256_update(hash_state(state_), address_of(bytes), bytes.size());
}

Sha256Digest Sha256::finish() {
  Sha256Digest digest;
  crypto_hash_sha256_final(hash_state(state_), digest.data());
  return digest;
}

Sha256Digest hmac_sha256(ByteView key, ByteView message) {
  Sha256Digest digest;
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, address_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, address_of(message), message.size());
  crypto_auth_hmacsha256_final(&state, digest.data());
  return digest;
}

Result<Done> hkdf_sha256(std::span<std::uint8_t> out, ByteView secret, ByteView salt,
                         ByteView info) {
  if (out.size() > 255 * kSha256Bytes) return Error{ErrorCode::too_large};
  // HMAC pads its key with zeros, so that an empty salt is the one of 32 zero bytes by itself.
  Sha256Digest key = hmac_sha256(salt, secret);
  hkdf_expand(out, key, info);
  wipe(key);
  return Done{};
}

Secret<32> hkdf_key(ByteView secret, ByteView salt, ByteView info) {
  Secret<32> key;
  require(hkdf_sha256(key.fill(), secret, salt, info).ok(), "HKDF gives 32 bytes");
  return key;
}

void aead_seal(std::span<std::uint8_t> out, ByteView plaintext, ByteView associated,
               const AeadNonce& nonce, const AeadKey& key) {
  require(out.size() == plaintext.size() + kAeadTagBytes, "aead_seal writes text and tag");
  crypto_aead_chacha20poly1305_ietf_encrypt(
      out.data(), nullptr, address_of(plaintext), plaintext.size(), address_of(associated),
      associated.size(), nullptr, nonce.data(), key.view().data());
}

bool aead_open(std::span<std::uint8_t> out, ByteView sealed, ByteView associated,
               const AeadNonce& nonce, const AeadKey& key) {
  require(out.size() + kAeadTagBytes == sealed.size(), "aead_open writes what the tag covers");
  // Without a place to write libsodium would only verify; an empty text still needs an address.
  std::uint8_t nothing = 0;
  std::uint8_t* const to = out.empty() ? &nothing : out.data();
  return crypto_aead_chacha20poly1305_ietf_decrypt(
             to, nullptr, nullptr, address_of(sealed), sealed.size(), address_of(associated),
             associated.size(), nonce.data(), key.view().data()) == 0;
}

void aead_seal(std::span<std::uint8_t> out, ByteView plaintext, ByteView associated,
               const AeadLongNonce& nonce, const AeadKey& key) {
  require(out.size() == plaintext.size() + kAeadTagBytes, "aead_seal writes text and tag");
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      out.data(), nullptr, address_of(plaintext), plaintext.size(), address_of(associated),
      associated.size(), nullptr, nonce.data(), key.view().data());
}

bool aead_open(std::span<std::uint8_t> out, ByteView sealed, ByteView associated,
               const AeadLongNonce& nonce, const AeadKey& key) {
  require(out.size() + kAeadTagBytes == sealed.size(), "aead_open writes what the tag covers");
  std::uint8_t nothing = 0;
  std::uint8_t* const to = out.empty() ? &nothing : out.data();
  return crypto_aead_xchacha20poly1305_ietf_decrypt(
             to, nullptr, nullptr, address_of(sealed), sealed.size(), address_of(associated),
             associated.size(), nonce.data(), key.view().data()) == 0;
}

X25519Point x25519_public(const X25519Scalar& scalar) {
  X25519Point point{};
  crypto_scalarmult_curve25519_base(point.data(), scalar.view().data());
  return point;
}

bool x25519(Secret<kX25519Bytes>& shared, const X25519Scalar& scalar, const X25519Point& point) {
  return crypto_scalarmult_curve25519(shared.fill().data(), scalar.view().data(), point.data()) ==
         0;
}

Secret<kEd25519SecretBytes> ed25519_secret(const Secret<kEd25519SeedBytes>& seed) {
  Secret<kEd25519SecretBytes> secret;
  Ed25519PublicKey key{};
  crypto_sign_seed_keypair(key.data(), secret.fill().data(), seed.view().data());
  return secret;
}

Ed25519PublicKey ed25519_public(const Secret<kEd25519SecretBytes>& secret) {
  Ed25519PublicKey key{};
  std::memcpy(key.data(), secret.view().data() + kEd25519SeedBytes, key.size());
  return key;
}

Ed25519Signature ed25519_sign(ByteView message, const Secret<kEd25519SecretBytes>& secret) {
  Ed25519Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, address_of(message), message.size(),
                       secret.view().data());
  return signature;
}

bool ed25519_verify(ByteView message, ByteView signature, ByteView key) {
  if (signature.size() != std::tuple_size_v<Ed25519Signature>) return false;
  if (key.size() != std::tuple_size_v<Ed25519PublicKey>) return false;
  return crypto_sign_verify_detached(signature.data(), address_of(message), message.size(),
                                     key.data()) == 0;
}

Result<Done> scrypt(std::span<std::uint8_t> out, ByteView passphrase, ByteView salt,
                    unsigned work_factor) {
  if (work_factor == 0 || work_factor > kMaxScryptWorkFactor) return Error{ErrorCode::too_large};
  const std::uint64_t n = std::uint64_t{1} << work_factor;
  const int status = crypto_pwhash_scryptsalsa208sha256_ll(
      address_of(passphrase), passphrase.size(), address_of(salt), salt.size(), n, 8, 1, out.data(),
      out.size());
  // With N, r, p and the length within bounds, memory is all that can be missing.
  if (status != 0) return Error{ErrorCode::out_of_memory};
  return Done{};
}

Result<Done> argon2id(Secret<kPasswordHashBytes>& hash, ByteView password, const PasswordSalt& salt,
                      std::uint32_t memory_kib, std::uint32_t passes) {
  static_assert(kPasswordSaltBytes == crypto_pwhash_argon2id_SALTBYTES);
  require(passes >= 1 && memory_kib >= 8, "Argon2id has a pass and eight blocks");
  const int status = crypto_pwhash_argon2id(
      hash.fill().data(), kPasswordHashBytes, reinterpret_cast<const char*>(address_of(password)),
      password.size(), salt.data(), passes, std::size_t{memory_kib} * 1024,
      crypto_pwhash_argon2id_ALG_ARGON2ID13);
  // With passes and memory within bounds, memory is all that can be missing.
  if (status != 0) return Error{ErrorCode::out_of_memory};
  return Done{};
}

}  // namespace landfall
