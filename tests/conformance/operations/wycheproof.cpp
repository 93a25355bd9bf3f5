#include <algorithm>
#include <optional>
#include <string>

#include "shared/codec/base64url.h"
#include "shared/codec/hex.h"
#include "shared/sealing/jws.h"
#include "shared/sealing/primitives.h"
#include "tests/conformance/operations/operations.h"
#include "tests/conformance/operations/row_values.h"

namespace landfall::conformance {
namespace {

bool is_valid(const Row& row) { return text_of_row(row.row, "result") == "valid"; }

// The answer to a row that our types do not even allow to be asked.
Outcome refused(const Row& row) { return {!is_valid(row), "refused"}; }

template <std::size_t kSize>
bool copy_exactly(const Bytes& from, std::span<std::uint8_t, kSize> to) {
  if (from.size() != kSize) return false;
  std::copy(from.begin(), from.end(), to.begin());
  return true;
}

// With the nonce of ChaCha20-Poly1305 or that of XChaCha20-Poly1305.
template <typename Nonce>
Outcome run_aead(const Row& row) {
  const std::optional<Bytes> key_bytes = hex_of_row(row.row, "key");
  const std::optional<Bytes> iv = hex_of_row(row.row, "iv");
  const std::optional<Bytes> aad = hex_of_row(row.row, "aad");
  const std::optional<Bytes> message = hex_of_row(row.row, "msg");
  std::optional<Bytes> sealed = hex_of_row(row.row, "ct");
  const std::optional<Bytes> tag = hex_of_row(row.row, "tag");
  if (!key_bytes || !iv || !aad || !message || !sealed || !tag) return {false, "incomplete row"};
  AeadKey key;
  Nonce nonce{};
  if (!copy_exactly(*key_bytes, key.fill()) || !copy_exactly(*iv, std::span(nonce)) ||
      tag->size() != kAeadTagBytes) {
    return refused(row);
  }
  append(*sealed, *tag);
  Bytes opened(sealed->size() - kAeadTagBytes);
  if (!aead_open(opened, *sealed, *aad, nonce, key)) return refused(row);
  Bytes again(message->size() + kAeadTagBytes);
  aead_seal(again, *message, *aad, nonce, key);
  return {is_valid(row) && opened == *message && again == *sealed, digest_text(opened)};
}

Outcome run_hkdf(const Row& row) {
  const std::optional<Bytes> secret = hex_of_row(row.row, "ikm");
  const std::optional<Bytes> salt = hex_of_row(row.row, "salt");
  const std::optional<Bytes> info = hex_of_row(row.row, "info");
  const Result<std::int64_t> size = member_integer(row.row, "size");
  if (!secret || !salt || !info || !size.ok() || size.value() < 0) {
    return {false, "incomplete row"};
  }
  Bytes out(static_cast<std::size_t>(size.value()));
  if (!hkdf_sha256(out, *secret, *salt, *info).ok()) return refused(row);
  const std::string observed = format_hex(out);
  return {is_valid(row) && observed == text_of_row(row.row, "okm"), digest_text(out)};
}

// "acceptable" rows may be refused or not; what is not refused must be right, and a shared secret
// of zeros always is refused.
Outcome run_x25519(const Row& row) {
  const std::optional<Bytes> point_bytes = hex_of_row(row.row, "public");
  const std::optional<Bytes> scalar_bytes = hex_of_row(row.row, "private");
  const std::optional<Bytes> expected = hex_of_row(row.row, "shared");
  if (!point_bytes || !scalar_bytes || !expected) return {false, "incomplete row"};
  X25519Point point{};
  X25519Scalar scalar;
  if (!copy_exactly(*point_bytes, std::span(point)) ||
      !copy_exactly(*scalar_bytes, scalar.fill())) {
    return refused(row);
  }
  const bool is_zero =
      std::all_of(expected->begin(), expected->end(), [](std::uint8_t byte) { return byte == 0; });
  Secret<kX25519Bytes> shared;
  if (!x25519(shared, scalar, point)) return {is_zero, "refused"};
  const std::string observed = format_hex(shared.view());
  return {!is_zero && observed == text_of_row(row.row, "shared"), observed};
}

Outcome run_ed25519(const Row& row) {
  const Json* group = row.row.find("group");
  if (group == nullptr || !group->is_object()) return {false, "row without a group"};
  const Json* jwk = group->find("publicKey");
  const std::optional<Bytes> key = jwk == nullptr ? std::nullopt : hex_of_row(*jwk, "pk");
  const std::optional<Bytes> message = hex_of_row(row.row, "msg");
  const std::optional<Bytes> signature = hex_of_row(row.row, "sig");
  if (!key || !message || !signature) return {false, "incomplete row"};
  const bool accepted = ed25519_verify(*message, *signature, *key);
  return {accepted == is_valid(row), accepted ? "accepted" : "refused"};
}

// The rows are signed by other algorithms than ours, which is the declared exception of the valid
// ones; accepted, none of them would be right.
Outcome run_web_signature(const Row& row) {
  const Result<Jws> jws = parse_jws(text_of_row(row.row, "jws"));
  if (jws.ok()) return {false, "accepted as EdDSA"};
  return {!is_valid(row), error_text(jws.error())};
}

}  // namespace

Outcome run_wycheproof(const Row& row) {
  if (row.file == "chacha20_poly1305.json") return run_aead<AeadNonce>(row);
  if (row.file == "xchacha20_poly1305.json") return run_aead<AeadLongNonce>(row);
  if (row.file == "hkdf_sha256.json") return run_hkdf(row);
  if (row.file == "x25519.json") return run_x25519(row);
  if (row.file == "ed25519.json") return run_ed25519(row);
  if (row.file == "json_web_signature.json") return run_web_signature(row);
  return {false, "a primitive Landfall does not use"};
}

}  // namespace landfall::conformance
