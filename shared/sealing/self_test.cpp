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

// SHA-256 of the message, of its sealed form, of what is derived from it and agreed on with it, and
// of its signature, one after the other: computed with another library (OpenSSL's).
constexpr Sha256Digest kKnown = {0x28, 0x14, 0x3d, 0x93, 0x9f, 0xcc, 0x54, 0x53, 0x9b, 0x27, 0x58,
                                 0xc9, 0x23, 0x71, 0x0d, 0x54, 0x3d, 0x5c, 0x32, 0xc1, 0x7f, 0x29,
                                 0x2a, 0xd5, 0x1a, 0x1a, 0x1b, 0xee, 0xf5, 0x10, 0xde, 0x62};

// Each of these adds what it computed to `all`; false when it does not take back what it made, or
// takes what it did not make.

bool seals_and_opens(Message& bytes, Sha256& all) {
  AeadNonce nonce{};
  std::copy_n(bytes.begin() + 32, nonce.size(), nonce.begin());
  const ByteView associated = ByteView(bytes).subspan(44, 20);
  const AeadKey key = key_at(bytes, 0);
  std::array<std::uint8_t, kMessageBytes + kAeadTagBytes> sealed{};
  aead_seal(sealed, bytes, associated, nonce, key);
  all.update(sealed);

  Message opened{};
  if (!aead_open(opened, sealed, associated, nonce, key) || opened != bytes) return false;
  sealed[512] ^= 1;
  return !aead_open(opened, sealed, associated, nonce, key);
}

void derive(const Message& bytes, Sha256& all) {
  all.update(hkdf_key(ByteView(bytes).first(32), ByteView(bytes).subspan(64, 32),
                      ByteView(bytes).first(300))
                 .view());
}

bool agrees(const Message& bytes, Sha256& all) {
  Secret<kX25519Bytes> shared;
  if (!x25519(shared, key_at(bytes, 0), x25519_public(key_at(bytes, 32)))) return false;
  all.update(shared.view());
  return true;
}

bool signs_and_verifies(Message& bytes, Sha256& all) {
  const Secret<kEd25519SecretBytes> secret = ed25519_secret(key_at(bytes, 0));
  const Ed25519PublicKey key = ed25519_public(secret);
  const Ed25519Signature signature = ed25519_sign(bytes, secret);
  all.update(signature);
  if (!ed25519_verify(bytes, signature, key)) return false;
  bytes[512] ^= 1;
  return !ed25519_verify(bytes, signature, key);
}

}  // namespace

bool self_test() {
  Message bytes = message();
  Sha256 all;
  all.update(bytes);
  if (!seals_and_opens(bytes, all)) return false;
  derive(bytes, all);
  return agrees(bytes, all) && signs_and_verifies(bytes, all) && all.finish() == kKnown;
}

}  // namespace landfall
