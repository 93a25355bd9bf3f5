// Receipts: the input is what a receipt says, signed here by the certified key, so that what is
// tried is what stands behind the signature; and what a server may write into one.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/invariant.h"
#include "shared/sealing/signed_document.h"
#include "shared/submission/receipt.h"
#include "tests/shared/submission/sample_documents.h"

namespace {

using namespace landfall;  // NOLINT: a harness of its own

constexpr std::size_t kTreeSize = 5;

const ReceiptTrust& trust() {
  static const ReceiptTrust kTrust = [] {
    ReceiptTrust trust;
    trust.root = agency_key().public_key();
    return trust;
  }();
  return kTrust;
}

const std::string& certificate() {
  static const std::string kCertificate = receipt_certificate();
  return kCertificate;
}

std::string text_member(const Json& json, std::string_view name) {
  const Json* member = find_member(json, name);
  return member == nullptr ? std::string() : std::string(text_value(*member));
}

// A receipt that holds is the one writing of what it says, and holds for nobody else.
void check_verified(std::string_view text, const VerifiedReceipt& receipt) {
  const std::string other = digest_of(receipt.body.manifest_sha256.front() == '0' ? '1' : '0');
  ReceiptTrust expecting = trust();
  expecting.manifest_sha256 = other;
  require(!verify_receipt(text, expecting).ok(), "a receipt is for one submission");
  ReceiptTrust another_root = trust();
  another_root.root = receipt_key().public_key();
  require(!verify_receipt(text, another_root).ok(), "and by one agency");
  if (!receipt.log.has_value()) return;
  const Result<std::string> again =
      sign_receipt(receipt.body, *receipt.log, certificate(), receipt_key());
  require(again.ok() && again.value() == text, "a receipt has one form");
}

// Whatever is in the payload, verifying ends in an answer.
void check_payload(const Json& payload) {
  const Result<std::string> text = sign_document(document_type::kReceipt, payload, receipt_key());
  if (!text.ok()) return;
  const Result<VerifiedReceipt> receipt = verify_receipt(text.value(), trust());
  if (receipt.ok()) check_verified(text.value(), receipt.value());
}

// What can be signed verifies, as it was, and not with a byte changed.
void check_body(const Json& payload, std::size_t place) {
  const Json* said = find_member(payload, "receipt_body");
  if (said == nullptr || !said->is_object()) return;
  ReceiptBody body = sample_receipt_body();
  body.manifest_sha256 = text_member(*said, "manifest_sha256");
  body.case_number = text_member(*said, "case_number");
  body.received_at = text_member(*said, "received_at");
  body.salt = text_member(*said, "salt");
  if (!receipt_leaf_hash(body).ok()) return;
  const LogEntry entry = sample_log(body, place % kTreeSize, kTreeSize);
  const Result<std::string> text = sign_receipt(body, entry, certificate(), receipt_key());
  require(text.ok(), "what has a leaf can be receipted");
  const Result<VerifiedReceipt> receipt = verify_receipt(text.value(), trust());
  const bool too_early = body.received_at < "2026-01-01" || body.received_at >= "2028";
  require(receipt.ok() || (too_early && receipt.error().code == ErrorCode::receipt_key_not_valid),
          "what was receipted verifies while the key is valid");
  if (!receipt.ok()) return;
  require(receipt.value().body == body, "it says what was receipted");
  check_verified(text.value(), receipt.value());
  std::string changed = text.value();
  place = place * 11 % changed.size();
  changed[place] = changed[place] == 'A' ? 'B' : 'A';
  require(!verify_receipt(changed, trust()).ok(), "a change is noticed");
}

}  // namespace

// One byte for places, then the payload of a receipt.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view text = text_of({data + 1, size - 1});
  require(!verify_receipt(text, trust()).ok(), "no receipt is signed by chance");
  const Result<Json> payload = parse_json(text);
  if (!payload.ok() || !payload.value().is_object()) return 0;
  check_payload(payload.value());
  check_body(payload.value(), data[0]);
  return 0;
}
