#include "shared/sealing/self_test.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "shared/sealing/primitives.h"

namespace landfall {
namespace {

constexpr std::size_t kMessageBytes = 1024;
using Message = std::array<std::uint8_t, kMessageBytes>;

// Byte i of the message all answers are about is 7i + 3; keys, nonces and salts are pieces of it.
Message message() {
  Message bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(7 * i + 3);
  return bytes;
}

Secret<32> key_at(const Message& bytes, std::size_t offset) {
  return Secret<32>(std::span<const std::uint8_t, 32>(bytes.data() + offset, 32));
}

// Computed with another library (OpenSSL's).
constexpr Sha256Digest kHash = {0xe9, 0x18, 0x3d, 0x9a, 0x79, 0xaa, 0xd8, 0xa0, 0x47, 0xb8, 0xe6,
                                0x79, 0x81, 0x21, 0x0d, 0x50, 0xb0, 0x1f, 0xc7, 0x5b, 0x1e, 0xdb,
                                0xa5, 0xbc, 0x32, 0xba, 0x3d, 0x3e, 0xc4, 0xd5, 0x05, 0x6d};
constexpr Sha256Digest kSealedHash = {
    0xa8, 0x04, 0x1a, 0x90, 0x99, 0x4a, 0x46, 0xeb, 0xf2, 0xd3, 0xb3, 0x5b, 0xfb, 0x78, 0x0d, 0xd8,
    0xd6, 0xbb, 0x60, 0x5f, 0x00, 0x7d, 0xd5, 0x17, 0x9c, 0xa7, 0x3a, 0x78, 0x0b, 0x44, 0x7e, 0x70};
constexpr Sha256Digest kDerived = {0x72, 0xa7, 0x97, 0x22, 0x17, 0x6d, 0x57, 0xd1, 0xac, 0xed, 0xee,
                                   0x40, 0x15, 0xd9, 0x8c, 0x74, 0x7c, 0x6a, 0xf6, 0xa2, 0x22, 0xd5,
                                   0x5f, 0xb1, 0x7d, 0xf9, 0xcf, 0x6d, 0x2c, 0x59, 0x79, 0x7e};
constexpr Sha256Digest kAgreed = {0x31, 0x85, 0x72, 0x92, 0x21, 0x10, 0x15, 0xd8, 0x25, 0xe7, 0x5d,
                                  0x21, 0x93, 0x71, 0x68, 0xf5, 0xc5, 0x06, 0x66, 0x61, 0xdb, 0x7d,
                                  0xb0, 0xbd, 0xb0, 0x01, 0xe9, 0xe5, 0x8d, 0xbb, 0xb9, 0x5b};
constexpr Ed25519Signature kSignature = {
    0x36, 0x55, 0x39, 0x9b, 0xb8, 0x9a, 0x9c, 0xbf, 0xb2, 0x2a, 0x09, 0xc6, 0xa5, 0x66, 0x1a, 0x16,
    0xd1, 0xcf, 0x55, 0xd3, 0xc2, 0xb7, 0x65, 0x8c, 0xce, 0x54, 0x9f, 0xf7, 0x26, 0x1f, 0x23, 0xed,
    0xf5, 0x09, 0x5d, 0x46, 0x40, 0xd0, 0x33, 0x11, 0xca, 0x24, 0xca, 0xf0, 0x1f, 0x91, 0x82, 0xf8,
    0xb3, 0xaf, 0xc2, 0xf3, 0xdb, 0xb9, 0x17, 0xe2, 0x5c, 0xdb, 0x19, 0x56, 0x0b, 0x45, 0x8c, 0x02};

bool seals_as_known(const Message& bytes) {
  AeadNonce nonce{};
  std::copy_n(bytes.begin() + 32, nonce.size(), nonce.begin());
  const ByteView associated = ByteView(bytes).subspan(44, 20);
  const AeadKey key = key_at(bytes, 0);
  std::array<std::uint8_t, kMessageBytes + kAeadTagBytes> sealed{};
  aead_seal(sealed, bytes, associated, nonce, key);
  if (sha256(sealed) != kSealedHash) return false;

  Message opened{};
  if (!aead_open(opened, sealed, associated, nonce, key) || opened != bytes) return false;
  sealed[512] ^= 1;
  return !aead_open(opened, sealed, associated, nonce, key);
}

bool derives_as_known(const Message& bytes) {
  const Secret<32> derived = hkdf_key(ByteView(bytes).first(32), ByteView(bytes).subspan(64, 32),
                                      ByteView(bytes).first(300));
  return std::equal(kDerived.begin(), kDerived.end(), derived.view().begin());
}

bool agrees_as_known(const Message& bytes) {
  Secret<kX25519Bytes> shared;
  if (!x25519(shared, key_at(bytes, 0), x25519_public(key_at(bytes, 32)))) return false;
  return std::equal(kAgreed.begin(), kAgreed.end(), shared.view().begin());
}

bool signs_as_known(Message bytes) {
  const Secret<kEd25519SecretBytes> secret = ed25519_secret(key_at(bytes, 0));
  const Ed25519PublicKey key = ed25519_public(secret);
  if (ed25519_sign(bytes, secret) != kSignature) return false;
  if (!ed25519_verify(bytes, kSignature, key)) return false;
  bytes[512] ^= 1;
  return !ed25519_verify(bytes, kSignature, key);
}

}  // namespace

bool self_test() {
  const Message bytes = message();
  return sha256(bytes) == kHash && seals_as_known(bytes) && derives_as_known(bytes) &&
         agrees_as_known(bytes) && signs_as_known(bytes);
}

}  // namespace landfall
