#include "shared/sealing/signed_document.h"

#include <utility>

#include "shared/codec/base64url.h"
#include "shared/codec/canonical_json.h"

namespace landfall {
namespace {

constexpr std::size_t kMaxPayloadDepth = 16;

// Canonical by construction: `kid` is base64url, `type` one of ours, the members in order.
std::string header_text(std::string_view type, std::string_view kid) {
  std::string text = R"({"alg":"EdDSA","kid":")";
  text.append(kid).append(R"(","typ":")").append(type).append(R"("})");
  return text;
}

bool is_thumbprint(std::string_view kid) {
  const Result<Bytes> bytes = parse_base64url(kid);
  return bytes.ok() && bytes.value().size() == kSha256Bytes;
}

}  // namespace

Result<std::string> sign_document(std::string_view type, const Json& payload,
                                  const SigningKey& key) {
  const Result<std::string> canonical = write_canonical_json(payload);
  if (!canonical.ok()) return canonical.error();
  std::string text = format_base64url(bytes_of(header_text(type, key.kid())));
  text.append(".").append(format_base64url(bytes_of(canonical.value())));
  const Ed25519Signature signature = key.sign(bytes_of(text));
  text.append(".").append(format_base64url(signature));
  return text;
}

Result<UnverifiedDocument> parse_document(std::string_view type, std::string_view text) {
  Result<Jws> parsed = parse_jws(text);
  if (!parsed.ok()) return parsed.error();
  Jws& jws = parsed.value();
  if (member_text_or(jws.header, "typ", "") != type) return Error{ErrorCode::jws_type_wrong};
  std::string kid(member_text_or(jws.header, "kid", ""));
  if (!is_thumbprint(kid) || jws.header_text != header_text(type, kid)) {
    return Error{ErrorCode::jws_malformed};
  }
  Result<Json> payload = parse_canonical_json(text_of(jws.payload),
                                              {.bytes = kMaxJwsBytes, .depth = kMaxPayloadDepth});
  if (!payload.ok()) return payload.error();
  if (!payload.value().is_object()) return Error{ErrorCode::jws_malformed};
  return UnverifiedDocument{std::move(kid), std::move(payload).value(), std::move(jws)};
}

Result<Done> check_document(const UnverifiedDocument& document, const Ed25519PublicKey& key,
                            std::optional<std::string_view> audience) {
  if (document.kid != key_thumbprint(key)) return Error{ErrorCode::jws_key_wrong};
  if (!ed25519_verify(bytes_of(document.jws.signing_input), document.jws.signature, key)) {
    return Error{ErrorCode::jws_signature_wrong};
  }
  const Result<std::string_view> aud = member_text(document.payload, "aud");
  if (!aud.ok() || (audience.has_value() && aud.value() != *audience)) {
    return Error{ErrorCode::jws_audience_wrong};
  }
  return Done{};
}

Result<Json> verify_document(std::string_view type, std::string_view text,
                             const Ed25519PublicKey& key,
                             std::optional<std::string_view> audience) {
  Result<UnverifiedDocument> document = parse_document(type, text);
  if (!document.ok()) return document.error();
  const Result<Done> checked = check_document(document.value(), key, audience);
  if (!checked.ok()) return checked.error();
  return std::move(document.value().payload);
}

}  // namespace landfall
