#include "shared/submission/receipt.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "shared/codec/canonical_json.h"
#include "shared/sealing/seeded_entropy.h"
#include "shared/sealing/signed_document.h"
#include "shared/submission/checkpoint.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

std::string sample_receipt() {
  const ReceiptBody body = sample_receipt_body();
  return sign_receipt(body, sample_log(body, 5, 11), receipt_certificate(), receipt_key()).value();
}

ReceiptTrust sample_trust() {
  ReceiptTrust trust;
  trust.root = agency_key().public_key();
  trust.audience = kAudience;
  return trust;
}

ErrorCode refusal_of(std::string_view text, const ReceiptTrust& trust = sample_trust()) {
  const Result<VerifiedReceipt> receipt = verify_receipt(text, trust);
  return receipt.ok() ? ErrorCode::internal : receipt.error().code;
}

// The sample receipt's payload, changed and signed again by `key`.
template <typename Change>
std::string changed_receipt(Change change, const SigningKey& key) {
  Json payload = payload_of(document_type::kReceipt, sample_receipt());
  change(payload);
  return signed_payload(document_type::kReceipt, payload, key);
}

TEST_CASE("a receipt is verified with the agency's root key and nothing else") {
  const Result<VerifiedReceipt> receipt = verify_receipt(sample_receipt(), sample_trust());

  REQUIRE(receipt.ok());
  CHECK(receipt.value().audience == kAudience);
  CHECK(receipt.value().body == sample_receipt_body());
  CHECK(receipt.value().log->index == 5);
  CHECK(receipt.value().kid == receipt_key().kid());
  CHECK(receipt.value().development);
}

TEST_CASE("a receipt stands at any place of a log of any size") {
  int verified = 0;
  for (std::uint64_t size = 1; size <= 9; ++size) {
    for (std::uint64_t index = 0; index < size; ++index) {
      const ReceiptBody body = sample_receipt_body();
      const std::string text =
          sign_receipt(body, sample_log(body, index, size), receipt_certificate(), receipt_key())
              .value();
      if (refusal_of(text) == ErrorCode::internal) ++verified;
    }
  }

  CHECK(verified == 45);
}

TEST_CASE("a receipt with any character changed is refused") {
  const std::string good = sample_receipt();
  std::size_t refused = 0;
  for (std::size_t i = 0; i < good.size(); i += 3) {
    std::string changed = good;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    if (refusal_of(changed) != ErrorCode::internal) ++refused;
  }

  CHECK(refused == (good.size() + 2) / 3);
}

TEST_CASE("a receipt for another submission is genuine and still not this one's") {
  ReceiptTrust trust = sample_trust();
  const std::string mine = digest_of('d');
  const std::string other = digest_of('0');

  trust.manifest_sha256 = mine;
  CHECK(refusal_of(sample_receipt(), trust) == ErrorCode::internal);
  trust.manifest_sha256 = other;
  CHECK(refusal_of(sample_receipt(), trust) == ErrorCode::receipt_for_another_submission);
}

TEST_CASE("a receipt key that the agency did not certify signs nothing") {
  const std::string self_signed = changed_receipt([](Json&) {}, sample_key(1));
  ReceiptTrust other_root = sample_trust();
  other_root.root = sample_key(1).public_key();

  CHECK(refusal_of(self_signed) == ErrorCode::receipt_not_genuine);
  CHECK(refusal_of(sample_receipt(), other_root) == ErrorCode::receipt_certificate_wrong);
}

TEST_CASE("a desk's certificate is none for receipts") {
  Certificate certificate =
      verify_certificate(receipt_certificate(), agency_key().public_key(), kAudience).value();
  certificate.role = CertificateRole::desk;
  const std::string desk = sign_certificate(certificate, agency_key()).value();
  const ReceiptBody body = sample_receipt_body();
  const std::string text = sign_receipt(body, sample_log(body, 0, 1), desk, receipt_key()).value();

  CHECK(refusal_of(text) == ErrorCode::receipt_certificate_wrong);
}

TEST_CASE("a receipt outside its key's time, or by a revoked key, is refused") {
  ReceiptBody late = sample_receipt_body();
  late.received_at = "2028-01-01T00:00:00Z";
  const std::string late_receipt =
      sign_receipt(late, sample_log(late, 0, 1), receipt_certificate(), receipt_key()).value();
  const std::vector<std::string> revoked = {receipt_key().kid()};
  ReceiptTrust trust = sample_trust();
  trust.revoked = revoked;

  CHECK(refusal_of(late_receipt) == ErrorCode::receipt_key_not_valid);
  CHECK(refusal_of(sample_receipt(), trust) == ErrorCode::receipt_key_revoked);
}

TEST_CASE("a receipt that the log does not hold is refused") {
  const std::string moved = changed_receipt([](Json& p) { p["log"]["index"] = 4; }, receipt_key());
  const std::string grown =
      changed_receipt([](Json& p) { p["log"]["tree_size"] = 12; }, receipt_key());
  const std::string unproven =
      changed_receipt([](Json& p) { p["log"]["proof"].erase(0); }, receipt_key());
  const std::string salted = changed_receipt(
      [](Json& p) { p["receipt_body"]["salt"] = "AQECAwQFBgcICQoLDA0ODw"; }, receipt_key());
  const std::string elsewhere =
      changed_receipt([](Json& p) { p["log"]["origin"] = "other/log"; }, receipt_key());
  Checkpoint forged;
  forged.origin = kAudience;
  forged.size = 11;
  const std::string note = sign_checkpoint(forged, sample_key(1)).value();
  const std::string other_log =
      changed_receipt([&](Json& p) { p["log"]["checkpoint"] = note; }, receipt_key());

  CHECK(refusal_of(moved) == ErrorCode::receipt_not_in_log);
  CHECK(refusal_of(grown) == ErrorCode::receipt_not_in_log);
  CHECK(refusal_of(unproven) == ErrorCode::receipt_not_in_log);
  CHECK(refusal_of(salted) == ErrorCode::receipt_not_in_log);
  CHECK(refusal_of(elsewhere) == ErrorCode::receipt_not_in_log);
  CHECK(refusal_of(other_log) == ErrorCode::receipt_not_in_log);
}

TEST_CASE("a short receipt that says something else than the full one condemns it") {
  ReceiptBody other = sample_receipt_body();
  other.amount_due.amount = 0;
  const std::string short_receipt = sign_short_receipt(other, kAudience, receipt_key()).value();
  const std::string mixed =
      changed_receipt([&](Json& p) { p["short"] = short_receipt; }, receipt_key());

  CHECK(refusal_of(mixed) == ErrorCode::receipt_not_genuine);
}

TEST_CASE("a receipt with a field missing, added or of another shape is malformed") {
  CHECK(refusal_of("") == ErrorCode::receipt_malformed);
  CHECK(refusal_of(changed_receipt([](Json& p) { p.erase("cert"); }, receipt_key())) ==
        ErrorCode::receipt_malformed);
  CHECK(refusal_of(changed_receipt([](Json& p) { p["more"] = 1; }, receipt_key())) ==
        ErrorCode::receipt_malformed);
  CHECK(refusal_of(changed_receipt([](Json& p) { p["receipt_body"]["amount_due"]["amount"] = -1; },
                                   receipt_key())) == ErrorCode::receipt_malformed);
  CHECK(refusal_of(changed_receipt([](Json& p) { p["log"]["proof"] = Json::array({"00"}); },
                                   receipt_key())) == ErrorCode::receipt_malformed);
}

TEST_CASE("a short receipt fits a QR code and is verified with the index's keys") {
  const std::string text =
      sign_short_receipt(sample_receipt_body(), kAudience, receipt_key()).value();
  const std::vector<ReceiptKey> known = sample_index().receipt_keys;
  ReceiptTrust trust = sample_trust();
  trust.known_keys = known;

  const Result<VerifiedReceipt> receipt = verify_receipt(text, trust);

  REQUIRE(receipt.ok());
  CHECK(text.size() <= kMaxShortReceiptBytes);
  CHECK(receipt.value().body.case_number == "202611210001");
  CHECK(receipt.value().body.salt.empty());
  CHECK_FALSE(receipt.value().log.has_value());
  CHECK(refusal_of(text) == ErrorCode::receipt_key_unknown);
}

TEST_CASE("an audience too long for the QR code is said when signing") {
  const std::string audience(120, 'a');

  CHECK(sign_short_receipt(sample_receipt_body(), audience, receipt_key()).error().code ==
        ErrorCode::too_large);
}

TEST_CASE("the log's leaf is the leaf hash of the digest of the canonical body") {
  const std::string canonical =
      R"({"amount_due":{"amount":600,"currency":"TWD"},"case_number":"202611210001",)"
      R"("manifest_sha256":")" +
      digest_of('d') + R"(","received_at":"2026-11-21T07:00:05Z","salt":"AAECAwQFBgcICQoLDA0ODw"})";

  CHECK(is_canonical(canonical));
  CHECK(receipt_leaf_hash(sample_receipt_body()).value() == leaf_hash(sha256(bytes_of(canonical))));
}

TEST_CASE("every receipt has a salt of its own") {
  SeededEntropy entropy(Bytes(32, 1));

  const std::string first = generate_receipt_salt(entropy);
  const std::string second = generate_receipt_salt(entropy);

  CHECK(first.size() == 22);
  CHECK(first != second);
}

}  // namespace
}  // namespace landfall
