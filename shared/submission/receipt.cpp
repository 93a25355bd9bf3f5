#include "shared/submission/receipt.h"

#include <algorithm>
#include <array>
#include <utility>

#include "shared/codec/base64url.h"
#include "shared/codec/canonical_json.h"
#include "shared/codec/hex.h"
#include "shared/sealing/signed_document.h"
#include "shared/submission/checkpoint.h"
#include "shared/submission/manifest.h"
#include "shared/submission/payload_reader.h"
#include "shared/submission/signed_note.h"
#include "shared/submission/wire_values.h"

namespace landfall {
namespace {

constexpr Error kMalformed{ErrorCode::receipt_malformed};
constexpr Error kNotGenuine{ErrorCode::receipt_not_genuine};

constexpr std::size_t kMaxProofHashes = 64;
constexpr std::int64_t kMaxAmount = 1'000'000'000'000;
constexpr std::string_view kShortKind = "short";

bool is_salt(std::string_view text) {
  const Result<Bytes> bytes = parse_base64url(text);
  return bytes.ok() && bytes.value().size() == kReceiptSaltBytes;
}

bool is_currency(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_short_kind(std::string_view text) { return text == kShortKind; }

// What both forms say, without the salt that only the full one has.
void read_facts(PayloadReader& reader, ReceiptBody& body) {
  body.manifest_sha256 = reader.text("manifest_sha256", is_sha256_hex);
  body.case_number = reader.text("case_number", is_case_number);
  body.received_at = reader.text("received_at", is_utc_time);
  PayloadReader amount(reader.object("amount_due"));
  body.amount_due.amount = amount.integer("amount", 0, kMaxAmount);
  body.amount_due.currency = amount.text("currency", is_currency);
  reader.check(amount.complete());
}

Json facts_json(const ReceiptBody& body) {
  return {
      {"manifest_sha256", body.manifest_sha256},
      {"case_number", body.case_number},
      {"received_at", body.received_at},
      {"amount_due", {{"amount", body.amount_due.amount}, {"currency", body.amount_due.currency}}}};
}

Result<ReceiptBody> read_body(const Json& json) {
  PayloadReader reader(json);
  ReceiptBody body;
  read_facts(reader, body);
  body.salt = reader.text("salt", is_salt);
  if (!reader.complete()) return kMalformed;
  return body;
}

Json body_json(const ReceiptBody& body) {
  Json json = facts_json(body);
  json["salt"] = body.salt;
  return json;
}

Result<LogEntry> read_log(const Json& json) {
  PayloadReader reader(json);
  LogEntry entry;
  entry.origin = reader.token("origin", kMaxAudienceBytes);
  entry.index = static_cast<std::uint64_t>(reader.integer("index", 0, kMaxExactInteger));
  entry.tree_size = static_cast<std::uint64_t>(reader.integer("tree_size", 1, kMaxExactInteger));
  entry.checkpoint = reader.free_text("checkpoint", kMaxNoteBytes);
  for (const Json& item : reader.array("proof", kMaxProofHashes)) {
    const Result<Bytes> bytes = parse_hex(text_value(item));
    LogHash hash{};
    if (!bytes.ok() || bytes.value().size() != hash.size()) return kMalformed;
    std::copy(bytes.value().begin(), bytes.value().end(), hash.begin());
    entry.proof.push_back(hash);
  }
  if (!reader.complete()) return kMalformed;
  return entry;
}

Json log_json(const LogEntry& entry) {
  Json proof = Json::array();
  for (const LogHash& hash : entry.proof) proof.push_back(format_hex(hash));
  return {{"origin", entry.origin},
          {"index", entry.index},
          {"tree_size", entry.tree_size},
          {"proof", std::move(proof)},
          {"checkpoint", entry.checkpoint}};
}

// A full receipt's payload; nothing in it is believed yet.
struct FullReceipt {
  std::string audience;
  std::string certificate;
  LogEntry log;
  ReceiptBody body;
  std::string short_receipt;
};

Result<FullReceipt> read_full(const Json& payload) {
  PayloadReader reader(payload);
  FullReceipt receipt;
  receipt.audience = reader.token("aud", kMaxAudienceBytes);
  receipt.certificate = reader.free_text("cert", kMaxJwsHeaderBytes);
  receipt.short_receipt = reader.free_text("short", kMaxShortReceiptBytes);
  Result<LogEntry> log = read_log(reader.object("log"));
  Result<ReceiptBody> body = read_body(reader.object("receipt_body"));
  if (!reader.complete() || !log.ok() || !body.ok()) return kMalformed;
  receipt.log = std::move(log).value();
  receipt.body = std::move(body).value();
  return receipt;
}

Json full_json(const FullReceipt& receipt) {
  return {{"aud", receipt.audience},
          {"cert", receipt.certificate},
          {"log", log_json(receipt.log)},
          {"receipt_body", body_json(receipt.body)},
          {"short", receipt.short_receipt}};
}

Result<ReceiptBody> read_short(const Json& payload) {
  PayloadReader reader(payload);
  ReceiptBody body;
  reader.token("aud", kMaxAudienceBytes);
  reader.text("kind", is_short_kind);
  read_facts(reader, body);
  if (!reader.complete()) return kMalformed;
  return body;
}

bool is_revoked(std::string_view kid, const ReceiptTrust& trust) {
  return std::any_of(trust.revoked.begin(), trust.revoked.end(),
                     [kid](const std::string& revoked) { return revoked == kid; });
}

bool is_within(std::string_view at, std::string_view not_before, std::string_view not_after) {
  return not_before <= at && at <= not_after;
}

// True when the short receipt inside a full one was signed by the same key and says the same.
bool short_agrees(const FullReceipt& receipt, const Ed25519PublicKey& key) {
  const Result<Json> payload =
      verify_document(document_type::kReceipt, receipt.short_receipt, key, receipt.audience);
  if (!payload.ok()) return false;
  Result<ReceiptBody> body = read_short(payload.value());
  if (!body.ok()) return false;
  body.value().salt = receipt.body.salt;
  return body.value() == receipt.body;
}

// True when the log holds the receipt at the place it names, under a checkpoint that `key` signed.
bool is_in_log(const FullReceipt& receipt, const Ed25519PublicKey& key) {
  const LogEntry& log = receipt.log;
  const Result<Checkpoint> checkpoint =
      verify_checkpoint(log.checkpoint, log.origin, std::span(&key, 1));
  const Result<LogHash> leaf = receipt_leaf_hash(receipt.body);
  return checkpoint.ok() && leaf.ok() && checkpoint.value().size == log.tree_size &&
         verify_inclusion(log.index, log.tree_size, leaf.value(), log.proof,
                          checkpoint.value().root)
             .ok();
}

Result<VerifiedReceipt> verify_full(const UnverifiedDocument& document, const ReceiptTrust& trust) {
  Result<FullReceipt> read = read_full(document.payload);
  if (!read.ok()) return read.error();
  FullReceipt& receipt = read.value();
  const Result<Certificate> certificate =
      verify_certificate(receipt.certificate, trust.root, receipt.audience);
  if (!certificate.ok() || certificate.value().role != CertificateRole::receipt) {
    return Error{ErrorCode::receipt_certificate_wrong};
  }
  if (is_revoked(document.kid, trust)) return Error{ErrorCode::receipt_key_revoked};
  const Ed25519PublicKey& key = certificate.value().key;
  if (!check_document(document, key, trust.audience).ok() || !short_agrees(receipt, key)) {
    return kNotGenuine;
  }
  if (!is_valid_at(certificate.value(), receipt.body.received_at)) {
    return Error{ErrorCode::receipt_key_not_valid};
  }
  if (receipt.log.origin != receipt.audience || !is_in_log(receipt, key)) {
    return Error{ErrorCode::receipt_not_in_log};
  }
  return VerifiedReceipt{std::move(receipt.audience),
                         std::move(receipt.body),
                         std::move(receipt.log),
                         std::move(receipt.short_receipt),
                         document.kid,
                         certificate.value().development};
}

Result<VerifiedReceipt> verify_short(const UnverifiedDocument& document, std::string_view text,
                                     const ReceiptTrust& trust) {
  Result<ReceiptBody> body = read_short(document.payload);
  if (!body.ok()) return body.error();
  const auto known =
      std::find_if(trust.known_keys.begin(), trust.known_keys.end(),
                   [&](const ReceiptKey& key) { return key_thumbprint(key.key) == document.kid; });
  if (known == trust.known_keys.end()) return Error{ErrorCode::receipt_key_unknown};
  if (is_revoked(document.kid, trust)) return Error{ErrorCode::receipt_key_revoked};
  if (!check_document(document, known->key, trust.audience).ok()) return kNotGenuine;
  if (!is_within(body.value().received_at, known->not_before, known->not_after)) {
    return Error{ErrorCode::receipt_key_not_valid};
  }
  VerifiedReceipt receipt;
  receipt.audience = member_text_or(document.payload, "aud", "");
  receipt.body = std::move(body).value();
  receipt.short_receipt = text;
  receipt.kid = document.kid;
  return receipt;
}

}  // namespace

Result<ReceiptClaims> read_receipt_claims(std::string_view text) {
  const Result<UnverifiedDocument> document = parse_document(document_type::kReceipt, text);
  if (!document.ok()) return kMalformed;
  Result<FullReceipt> read = read_full(document.value().payload);
  if (!read.ok()) return read.error();
  return ReceiptClaims{std::move(read.value().body), std::move(read.value().log),
                       std::move(read.value().certificate), document.value().kid};
}

std::string generate_receipt_salt(Entropy& entropy) {
  std::array<std::uint8_t, kReceiptSaltBytes> salt{};
  entropy.fill(salt);
  return format_base64url(salt);
}

Result<LogHash> receipt_leaf_hash(const ReceiptBody& body) {
  const Json json = body_json(body);
  const Result<std::string> canonical = write_canonical_json(json);
  if (!canonical.ok() || !read_body(json).ok()) return kMalformed;
  return leaf_hash(sha256(bytes_of(canonical.value())));
}

Result<std::string> sign_receipt(const ReceiptBody& body, const LogEntry& entry,
                                 std::string_view certificate, const SigningKey& key) {
  Result<std::string> short_receipt = sign_short_receipt(body, entry.origin, key);
  if (!short_receipt.ok()) return short_receipt.error();
  const Json payload = full_json(
      {entry.origin, std::string(certificate), entry, body, std::move(short_receipt).value()});
  if (!read_full(payload).ok()) return kMalformed;
  return sign_document(document_type::kReceipt, payload, key);
}

Result<std::string> sign_short_receipt(const ReceiptBody& body, std::string_view audience,
                                       const SigningKey& key) {
  Json payload = facts_json(body);
  payload["aud"] = audience;
  payload["kind"] = kShortKind;
  if (!read_short(payload).ok()) return kMalformed;
  Result<std::string> text = sign_document(document_type::kReceipt, payload, key);
  if (text.ok() && text.value().size() > kMaxShortReceiptBytes) {
    return Error{ErrorCode::too_large};
  }
  return text;
}

Result<VerifiedReceipt> verify_receipt(std::string_view text, const ReceiptTrust& trust) {
  const Result<UnverifiedDocument> document = parse_document(document_type::kReceipt, text);
  if (!document.ok()) return kMalformed;
  const bool is_short = find_member(document.value().payload, "kind") != nullptr;
  Result<VerifiedReceipt> receipt =
      is_short ? verify_short(document.value(), text, trust) : verify_full(document.value(), trust);
  if (!receipt.ok()) return receipt;
  if (trust.manifest_sha256 && receipt.value().body.manifest_sha256 != *trust.manifest_sha256) {
    return Error{ErrorCode::receipt_for_another_submission};
  }
  return receipt;
}

}  // namespace landfall
