#include "shared/sealing/keys.h"

#include <algorithm>
#include <utility>

#include "shared/codec/base64url.h"

namespace landfall {

std::string key_thumbprint(const Ed25519PublicKey& key) {
  // The members that RFC 7638 asks for, in its order; none of them needs escaping.
  const std::string jwk = R"({"crv":"Ed25519","kty":"OKP","x":")" + format_base64url(key) + R"("})";
  return format_base64url(sha256(bytes_of(jwk)));
}

Result<Ed25519PublicKey> parse_public_key(std::string_view text) {
  const Result<Bytes> bytes = parse_base64url(text);
  Ed25519PublicKey key{};
  if (!bytes.ok() || bytes.value().size() != key.size()) {
    return Error{ErrorCode::public_key_invalid};
  }
  std::copy(bytes.value().begin(), bytes.value().end(), key.begin());
  return key;
}

std::string format_public_key(const Ed25519PublicKey& key) { return format_base64url(key); }

SigningKey::SigningKey(const Secret<kEd25519SeedBytes>& seed)
    : secret_(ed25519_secret(seed)),
      public_key_(ed25519_public(secret_)),
      kid_(key_thumbprint(public_key_)) {}

Ed25519Signature SigningKey::sign(ByteView message) const { return ed25519_sign(message, secret_); }

ApplicantKeys derive_applicant_keys(const Secret<kRootBytes>& root) {
  return ApplicantKeys{
      SigningKey(hkdf_key(root.view(), {}, bytes_of("landfall/v1/sign"))),
      X25519Identity(hkdf_key(root.view(), {}, bytes_of("landfall/v1/age"))),
  };
}

}  // namespace landfall
