#include <algorithm>
#include <optional>
#include <span>
#include <string>

#include "shared/codec/base64url.h"
#include "shared/codec/hex.h"
#include "shared/codec/json.h"
#include "shared/sealing/jws.h"
#include "shared/sealing/keys.h"
#include "tests/conformance/operations/operations.h"
#include "tests/conformance/operations/row_values.h"

namespace landfall::conformance {
namespace {

// RFC 8037 appendix A.1 and A.2; the rows that sign and verify mean this pair.
constexpr std::string_view kRfcSecret = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
constexpr std::string_view kRfcPublic = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

std::optional<SigningKey> signing_key(std::string_view base64url) {
  const Result<Bytes> seed = parse_base64url(base64url);
  if (!seed.ok() || seed.value().size() != kEd25519SeedBytes) return std::nullopt;
  return SigningKey(Secret<kEd25519SeedBytes>(
      std::span<const std::uint8_t, kEd25519SeedBytes>(seed.value().data(), kEd25519SeedBytes)));
}

Ed25519PublicKey key_of(const Row& row) {
  const std::string_view text = text_of_row(row.file_members, "key_x");
  const Result<Ed25519PublicKey> key = parse_public_key(text.empty() ? kRfcPublic : text);
  return key.ok() ? key.value() : Ed25519PublicKey{};
}

Outcome verify(const Row& row) {
  const Result<Bytes> payload = verify_jws(text_of_row(row.row, "jws"), key_of(row));
  const bool accepted = text_of_row(row.row, "expect").starts_with("accept");
  if (!payload.ok()) return {!accepted, error_text(payload.error())};
  return {accepted, "accepted " + digest_text(payload.value())};
}

// The secret key of a JWK gives its public one.
Outcome derive(const Row& row) {
  const Json& jwk = *row.row.find("jwk");
  const std::optional<SigningKey> key = signing_key(text_of_row(jwk, "d"));
  if (!key) return {false, "no secret key"};
  const std::string observed = format_public_key(key->public_key());
  return {observed == text_of_row(jwk, "x"), observed};
}

Outcome thumbprint(const Row& row) {
  const std::string_view canonical = text_of_row(row.row, "canonical");
  const Result<Json> jwk = parse_json(canonical);
  const Result<Ed25519PublicKey> key =
      parse_public_key(jwk.ok() ? member_text_or(jwk.value(), "x", "") : "");
  const std::string observed = key.ok() ? key_thumbprint(key.value()) : "no key";
  return {observed == text_of_row(row.row, "thumbprint_sha256"), observed};
}

// Signing gives the very text, and the text verifies.
Outcome sign(const Row& row) {
  const std::optional<SigningKey> key = signing_key(kRfcSecret);
  const Result<Bytes> payload = verify_jws(text_of_row(row.row, "jws"), key->public_key());
  std::string text = format_base64url(bytes_of(text_of_row(row.row, "protected")));
  text += "." + format_base64url(bytes_of(text_of_row(row.row, "payload")));
  text += "." + format_base64url(key->sign(bytes_of(text)));
  const bool verified = payload.ok() && text_of(payload.value()) == text_of_row(row.row, "payload");
  return {verified && text == text_of_row(row.row, "jws"), text};
}

Outcome agree(const Row& row) {
  const std::optional<Bytes> secret = hex_of_row(row.row, "eph_secret_hex");
  const std::optional<Bytes> bob = base64url_of_row(*row.row.find("bob_public_jwk"), "x");
  X25519Point point{};
  if (!secret || !bob || secret->size() != 32 || bob->size() != point.size()) {
    return {false, "no keys"};
  }
  std::copy(bob->begin(), bob->end(), point.begin());
  const X25519Scalar scalar(std::span<const std::uint8_t, 32>(secret->data(), 32));
  Secret<kX25519Bytes> shared;
  if (!x25519(shared, scalar, point)) return {false, "refused"};
  const std::string observed = format_hex(shared.view());
  return {observed == text_of_row(row.row, "z_hex"), observed};
}

}  // namespace

Outcome run_jose_eddsa(const Row& row) {
  if (has_member(row.row, "expect")) return verify(row);
  if (has_member(row.row, "jwk")) return derive(row);
  if (has_member(row.row, "thumbprint_sha256")) return thumbprint(row);
  if (has_member(row.row, "jws")) return sign(row);
  if (has_member(row.row, "z_hex")) return agree(row);
  return {false, "row of an unknown shape"};
}

}  // namespace landfall::conformance
