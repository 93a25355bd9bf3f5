#include "tests/shared/submission/sample_documents.h"

#include <utility>

#include "shared/sealing/seeded_entropy.h"
#include "shared/sealing/signed_document.h"
#include "shared/submission/certificate.h"
#include "shared/submission/checkpoint.h"

namespace landfall {

std::string digest_of(char digit) { return std::string(64, digit); }

SigningKey sample_key(std::uint8_t number) {
  Secret<32> seed;
  seed.fill()[0] = number;
  return SigningKey(seed);
}

SigningKey agency_key() { return sample_key(200); }

SigningKey receipt_key() { return sample_key(201); }

std::string sample_recipient(std::uint8_t number) {
  SeededEntropy entropy(Bytes(32, number));
  return format_x25519_recipient(generate_x25519_identity(entropy).recipient());
}

Manifest sample_manifest() {
  Manifest manifest;
  manifest.aud = kAudience;
  manifest.submission_id = "019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071";
  manifest.form = {"hk-macao-entry", "2026-11-01", digest_of('f')};
  manifest.engine = "landfall/0.1.0";
  manifest.as_of = "2026-11-21";
  manifest.time_zone = "Asia/Taipei";
  manifest.sealed_at = "2026-11-21T07:00:00Z";
  manifest.clock_offset_ms = -1500;
  manifest.sign_key = format_public_key(sample_key(1).public_key());
  manifest.age_recipient = sample_recipient(1);
  manifest.parts = {{PartRole::answers, digest_of('a'), 4000},
                    {PartRole::attachment, digest_of('b'), 90000}};
  const SealedAnswers answers = sample_answers();
  manifest.answers_commitment = answers_commitment(answers.salt, answers.answers).value();
  manifest.fee_code = "entry-single";
  return manifest;
}

SealedAnswers sample_answers() {
  SealedAnswers answers;
  answers.submission_id = "019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071";
  answers.kid = sample_key(1).kid();
  answers.salt = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
  answers.form = {"hk-macao-entry", "2026-11-01", digest_of('f')};
  answers.as_of = "2026-11-21";
  answers.time_zone = "Asia/Taipei";
  answers.answers = {{"person", {{"name_zh", "\u5f35\u4e09"}, {"children", 2}}}};
  answers.attachments = {
      {"photo", "\u7167\u7247.jpg", "image/jpeg", 80000, digest_of('c'), digest_of('b')}};
  return answers;
}

std::string receipt_certificate() {
  Certificate certificate;
  certificate.aud = kAudience;
  certificate.key = receipt_key().public_key();
  certificate.not_before = "2026-01-01T00:00:00Z";
  certificate.not_after = "2027-12-31T23:59:59Z";
  certificate.development = true;
  return sign_certificate(certificate, agency_key()).value();
}

ReceiptBody sample_receipt_body() {
  return {digest_of('d'),
          "202611210001",
          "2026-11-21T07:00:05Z",
          {600, "TWD"},
          "AAECAwQFBgcICQoLDA0ODw"};
}

LogEntry sample_log(const ReceiptBody& body, std::uint64_t index, std::uint64_t size) {
  std::vector<LogHash> leaves;
  for (std::uint64_t i = 0; i < size; ++i) {
    const std::uint8_t byte = static_cast<std::uint8_t>(i);
    leaves.push_back(i == index ? receipt_leaf_hash(body).value() : leaf_hash({&byte, 1}));
  }
  Checkpoint checkpoint;
  checkpoint.origin = kAudience;
  checkpoint.size = size;
  checkpoint.root = tree_root(leaves);
  return {std::string(kAudience), index, size, prove_inclusion(index, leaves),
          sign_checkpoint(checkpoint, receipt_key()).value()};
}

Index sample_index() {
  Index index;
  index.aud = kAudience;
  index.serial = 7;
  index.issued = "2026-11-01T00:00:00Z";
  index.expires = "2026-12-01T00:00:00Z";
  index.packages = {{"hk-macao-entry", "2026-11-01", digest_of('f'), 50000, "eyJ.eyJ.AAA"}};
  index.case_office = {{sample_recipient(2), "2026-01-01T00:00:00Z", "2026-11-30T00:00:00Z"},
                       {sample_recipient(3), "2026-11-15T00:00:00Z", "2027-11-30T00:00:00Z"}};
  index.receipt_keys = {
      {receipt_key().public_key(), "2026-01-01T00:00:00Z", "2027-12-31T23:59:59Z"}};
  index.revoked = {sample_key(9).kid()};
  return index;
}

std::string signed_payload(std::string_view type, const Json& payload, const SigningKey& key) {
  return sign_document(type, payload, key).value();
}

Json payload_of(std::string_view type, std::string_view text) {
  return parse_document(type, text).value().payload;
}

}  // namespace landfall
