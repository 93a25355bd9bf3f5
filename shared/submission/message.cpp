#include "shared/submission/message.h"

#include <algorithm>
#include <utility>

#include "shared/codec/hex.h"
#include "shared/sealing/signed_document.h"
#include "shared/submission/certificate.h"
#include "shared/submission/manifest.h"
#include "shared/submission/payload_reader.h"
#include "shared/submission/wire_values.h"

namespace landfall {
namespace {

constexpr Error kMalformed{ErrorCode::message_malformed};

bool is_kind(std::string_view text) { return parse_message_kind(text).ok(); }

// A message's payload; nothing in it is believed yet.
struct MessagePayload {
  Message message;
  std::string certificate;
};

Result<MessagePayload> read_payload(const Json& payload) {
  PayloadReader reader(payload);
  MessagePayload read;
  Message& message = read.message;
  message.aud = reader.token("aud", kMaxAudienceBytes);
  read.certificate = reader.free_text("cert", kMaxMessageBytes);
  message.counter = static_cast<std::uint64_t>(reader.integer("counter", 1, kMaxMessageCounter));
  message.issued = reader.text("issued", is_utc_time);
  const std::string_view kind = reader.text("kind", is_kind);
  message.manifest_sha256 = reader.text("manifest_sha256", is_sha256_hex);
  if (!reader.complete()) return kMalformed;
  message.kind = parse_message_kind(kind).value();
  return read;
}

Json payload_json(const Message& message, std::string_view certificate) {
  return {{"aud", message.aud},
          {"cert", certificate},
          {"counter", message.counter},
          {"issued", message.issued},
          {"kind", message_kind_name(message.kind)},
          {"manifest_sha256", message.manifest_sha256}};
}

struct ParsedMessage {
  UnverifiedDocument document;
  MessagePayload payload;
};

Result<ParsedMessage> parse_message(std::string_view text) {
  if (text.size() > kMaxMessageBytes) return kMalformed;
  Result<UnverifiedDocument> document = parse_document(document_type::kMessage, text);
  if (!document.ok()) return kMalformed;
  Result<MessagePayload> payload = read_payload(document.value().payload);
  if (!payload.ok()) return payload.error();
  return ParsedMessage{std::move(document).value(), std::move(payload).value()};
}

}  // namespace

std::string_view message_kind_name(MessageKind kind) {
  return kind == MessageKind::opened ? "opened" : "unreadable";
}

Result<MessageKind> parse_message_kind(std::string_view name) {
  if (name == "opened") return MessageKind::opened;
  if (name == "unreadable") return MessageKind::unreadable;
  return kMalformed;
}

Result<std::string> sign_message(const Message& message, std::string_view certificate,
                                 const SigningKey& key) {
  const Json payload = payload_json(message, certificate);
  if (!read_payload(payload).ok()) return kMalformed;
  Result<std::string> text = sign_document(document_type::kMessage, payload, key);
  if (text.ok() && text.value().size() > kMaxMessageBytes) return kMalformed;
  return text;
}

Result<VerifiedMessage> verify_message(std::string_view text, const MessageTrust& trust) {
  Result<ParsedMessage> parsed = parse_message(text);
  if (!parsed.ok()) return parsed.error();
  auto& [document, payload] = parsed.value();
  Message& message = payload.message;
  const Result<Certificate> certificate =
      verify_certificate(payload.certificate, trust.root, message.aud);
  if (!certificate.ok() || certificate.value().role != CertificateRole::desk) {
    return Error{ErrorCode::message_certificate_wrong};
  }
  if (std::find(trust.revoked.begin(), trust.revoked.end(), document.kid) != trust.revoked.end()) {
    return Error{ErrorCode::message_key_revoked};
  }
  if (!check_document(document, certificate.value().key, trust.audience).ok()) {
    return Error{ErrorCode::message_not_genuine};
  }
  if (!is_valid_at(certificate.value(), message.issued)) {
    return Error{ErrorCode::message_key_not_valid};
  }
  if (trust.manifest_sha256 && message.manifest_sha256 != *trust.manifest_sha256) {
    return Error{ErrorCode::message_for_another_submission};
  }
  return VerifiedMessage{std::move(message), document.kid, certificate.value().development};
}

Result<MessageClaims> read_message_claims(std::string_view text) {
  Result<ParsedMessage> parsed = parse_message(text);
  if (!parsed.ok()) return parsed.error();
  return MessageClaims{std::move(parsed.value().payload.message),
                       std::move(parsed.value().document.kid)};
}

}  // namespace landfall
