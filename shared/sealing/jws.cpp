#include "shared/sealing/jws.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "shared/codec/base64url.h"

namespace landfall {
namespace {

Error malformed_at(std::size_t offset) {
  return Error{ErrorCode::jws_malformed, static_cast<std::uint32_t>(offset)};
}

Result<Done> read_header(Jws& jws, std::string_view segment) {
  const Result<Bytes> bytes = parse_base64url(segment);
  if (!bytes.ok()) return malformed_at(0);
  jws.header_text = text_of(bytes.value());
  Result<Json> header = parse_json(jws.header_text, {.bytes = kMaxJwsHeaderBytes, .depth = 8});
  if (!header.ok() || !header.value().is_object()) return malformed_at(0);
  jws.header = std::move(header).value();
  // `crit` names extensions that must be understood, and we understand none; `b64` without it would
  // mean one thing to those who know it and another to those who do not.
  const bool extended =
      find_member(jws.header, "crit") != nullptr || find_member(jws.header, "b64") != nullptr;
  if (extended || member_text_or(jws.header, "alg", "") != "EdDSA") {
    return Error{ErrorCode::jws_algorithm_refused};
  }
  return Done{};
}

}  // namespace

Result<Jws> parse_jws(std::string_view text) {
  if (text.size() > kMaxJwsBytes) return Error{ErrorCode::too_large};
  const std::size_t first_dot = text.find('.');
  if (first_dot == std::string_view::npos) return malformed_at(0);
  const std::size_t second_dot = text.find('.', first_dot + 1);
  if (second_dot == std::string_view::npos) return malformed_at(first_dot + 1);

  Jws jws;
  const Result<Done> header = read_header(jws, text.substr(0, first_dot));
  if (!header.ok()) return header.error();
  Result<Bytes> payload = parse_base64url(text.substr(first_dot + 1, second_dot - first_dot - 1));
  if (!payload.ok()) return malformed_at(first_dot + 1);
  const Result<Bytes> signature = parse_base64url(text.substr(second_dot + 1));
  if (!signature.ok() || signature.value().size() != jws.signature.size()) {
    return malformed_at(second_dot + 1);
  }
  jws.payload = std::move(payload).value();
  std::copy(signature.value().begin(), signature.value().end(), jws.signature.begin());
  jws.signing_input = text.substr(0, second_dot);
  return jws;
}

Result<Bytes> verify_jws(std::string_view text, const Ed25519PublicKey& key) {
  Result<Jws> jws = parse_jws(text);
  if (!jws.ok()) return jws.error();
  if (!ed25519_verify(bytes_of(jws.value().signing_input), jws.value().signature, key)) {
    return Error{ErrorCode::jws_signature_wrong};
  }
  return std::move(jws.value().payload);
}

}  // namespace landfall
