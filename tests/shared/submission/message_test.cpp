#include "shared/submission/message.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "shared/sealing/signed_document.h"
#include "shared/submission/certificate.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

const SigningKey& desk_key() {
  static const SigningKey key = sample_key(9);
  return key;
}

std::string desk_certificate(CertificateRole role = CertificateRole::desk,
                             const SigningKey& root = agency_key()) {
  return sign_certificate({std::string(kAudience), role, desk_key().public_key(),
                           "2026-01-01T00:00:00Z", "2027-12-31T23:59:59Z", true},
                          root)
      .value();
}

Message sample_message() {
  return {std::string(kAudience), digest_of('a'), 3, "2026-11-22T08:00:00Z", MessageKind::opened};
}

std::string signed_message(const Message& message = sample_message()) {
  return sign_message(message, desk_certificate(), desk_key()).value();
}

MessageTrust sample_trust() {
  MessageTrust trust;
  trust.root = agency_key().public_key();
  trust.audience = kAudience;
  return trust;
}

ErrorCode refusal_of(std::string_view text, const MessageTrust& trust = sample_trust()) {
  const Result<VerifiedMessage> verified = verify_message(text, trust);
  return verified.ok() ? ErrorCode::internal : verified.error().code;
}

std::string with(std::string_view name, Json value) {
  Json payload = payload_of(document_type::kMessage, signed_message());
  payload[std::string(name)] = std::move(value);
  return signed_payload(document_type::kMessage, payload, desk_key());
}

TEST_CASE("a message of either kind comes back as it was, with its key's name") {
  for (const MessageKind kind : {MessageKind::opened, MessageKind::unreadable}) {
    Message message = sample_message();
    message.kind = kind;
    const std::string text = signed_message(message);

    const Result<VerifiedMessage> verified = verify_message(text, sample_trust());

    REQUIRE(verified.ok());
    CHECK(verified.value() == VerifiedMessage{message, desk_key().kid(), true});
    CHECK(read_message_claims(text).value().message == message);
    CHECK(read_message_claims(text).value().kid == desk_key().kid());
    CHECK(text.size() < 2048);
  }
}

TEST_CASE("a message has every member and no other, each of its shape") {
  const Json payload = payload_of(document_type::kMessage, signed_message());
  CHECK(payload.size() == 6);
  for (const auto& [name, value] : payload.items()) {
    Json shorter = payload;
    shorter.erase(name);
    CHECK_MESSAGE(refusal_of(signed_payload(document_type::kMessage, shorter, desk_key())) ==
                      ErrorCode::message_malformed,
                  name);
  }
  CHECK(refusal_of(with("note", "hello")) == ErrorCode::message_malformed);
  CHECK(refusal_of(with("counter", 0)) == ErrorCode::message_malformed);
  CHECK(refusal_of(with("counter", kMaxMessageCounter + 1)) == ErrorCode::message_malformed);
  CHECK(refusal_of(with("kind", "decided")) == ErrorCode::message_malformed);
  CHECK(refusal_of(with("issued", "yesterday")) == ErrorCode::message_malformed);
  CHECK(refusal_of(with("manifest_sha256", "abc")) == ErrorCode::message_malformed);
  CHECK(refusal_of("") == ErrorCode::message_malformed);
  CHECK(refusal_of(std::string(kMaxMessageBytes + 1, 'a')) == ErrorCode::message_malformed);
}

TEST_CASE("what verifying would refuse is not signed") {
  Message message = sample_message();
  message.counter = 0;
  CHECK(sign_message(message, desk_certificate(), desk_key()).error().code ==
        ErrorCode::message_malformed);
}

TEST_CASE("only the agency's certificate of a desk makes a message") {
  const auto by = [](std::string_view certificate) {
    return sign_message(sample_message(), certificate, desk_key()).value();
  };
  CHECK(refusal_of(by(desk_certificate(CertificateRole::receipt))) ==
        ErrorCode::message_certificate_wrong);
  CHECK(refusal_of(by(desk_certificate(CertificateRole::desk, sample_key(4)))) ==
        ErrorCode::message_certificate_wrong);
  CHECK(refusal_of(by("")) == ErrorCode::message_certificate_wrong);
  CHECK(refusal_of(by(receipt_certificate())) == ErrorCode::message_certificate_wrong);
}

TEST_CASE("another key, another audience and a changed text are not genuine") {
  const std::string by_other =
      sign_message(sample_message(), desk_certificate(), sample_key(5)).value();
  CHECK(refusal_of(by_other) == ErrorCode::message_not_genuine);

  MessageTrust elsewhere = sample_trust();
  elsewhere.audience = "other.example/log";
  CHECK(refusal_of(signed_message(), elsewhere) == ErrorCode::message_not_genuine);

  std::string changed = signed_message();
  const std::size_t at = changed.size() - 10;
  changed[at] = changed[at] == 'A' ? 'B' : 'A';
  CHECK(refusal_of(changed) == ErrorCode::message_not_genuine);
}

TEST_CASE("a certificate for another audience does not serve") {
  Message message = sample_message();
  message.aud = "other.example/log";
  MessageTrust trust = sample_trust();
  trust.audience = "other.example/log";
  CHECK(refusal_of(signed_message(message), trust) == ErrorCode::message_certificate_wrong);
}

TEST_CASE("a revoked key and one out of its time say nothing") {
  const std::vector<std::string> revoked = {desk_key().kid()};
  MessageTrust trust = sample_trust();
  trust.revoked = revoked;
  CHECK(refusal_of(signed_message(), trust) == ErrorCode::message_key_revoked);

  Message late = sample_message();
  late.issued = "2028-01-01T00:00:00Z";
  CHECK(refusal_of(signed_message(late)) == ErrorCode::message_key_not_valid);
}

TEST_CASE("a genuine message about another submission is told apart") {
  const std::string other = digest_of('b');
  MessageTrust trust = sample_trust();
  trust.manifest_sha256 = other;
  CHECK(refusal_of(signed_message(), trust) == ErrorCode::message_for_another_submission);
  const std::string same = digest_of('a');
  trust.manifest_sha256 = same;
  CHECK(verify_message(signed_message(), trust).ok());
}

TEST_CASE("a receipt is no message") {
  const ReceiptBody body = sample_receipt_body();
  const std::string receipt =
      sign_receipt(body, sample_log(body, 5, 11), receipt_certificate(), receipt_key()).value();
  CHECK(refusal_of(receipt) == ErrorCode::message_malformed);
}

}  // namespace
}  // namespace landfall
