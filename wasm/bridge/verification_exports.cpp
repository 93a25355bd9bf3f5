// The checking of what the agency signed: receipts, the index, packages.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/codec/canonical_json.h"
#include "shared/codec/json.h"
#include "shared/submission/index.h"
#include "shared/submission/package_signature.h"
#include "shared/submission/receipt.h"
#include "wasm/bridge/result.h"

namespace landfall::bridge {
namespace {

// What each verifying call is told: {root_key, aud?, …}.
struct Trust {
  Json json;
  Ed25519PublicKey root{};
};

std::optional<std::string_view> optional_text(const Json& object, std::string_view key) {
  const std::string_view text = member_text_or(object, key, {});
  return text.empty() ? std::nullopt : std::optional(text);
}

Result<Trust> read_trust(std::string_view text) {
  Result<Json> json = parse_json(text);
  if (!json.ok()) return json.error();
  const Result<std::string_view> root_text = member_text(json.value(), "root_key");
  if (!root_text.ok()) return root_text.error();
  const Result<Ed25519PublicKey> root = parse_public_key(root_text.value());
  if (!root.ok()) return root.error();
  return Trust{std::move(json).value(), root.value()};
}

Result<std::vector<ReceiptKey>> read_receipt_keys(const Json& object) {
  std::vector<ReceiptKey> keys;
  const Json* list = find_member(object, "receipt_keys");
  if (list == nullptr) return keys;
  if (!list->is_array()) return Error{ErrorCode::json_shape};
  for (const Json& entry : *list) {
    const Result<Ed25519PublicKey> key = parse_public_key(member_text_or(entry, "key", {}));
    if (!key.ok()) return key.error();
    keys.push_back({key.value(), std::string(member_text_or(entry, "not_before", {})),
                    std::string(member_text_or(entry, "not_after", {}))});
  }
  return keys;
}

std::vector<std::string> read_texts(const Json& object, std::string_view key) {
  std::vector<std::string> texts;
  const Json* list = find_member(object, key);
  if (list == nullptr || !list->is_array()) return texts;
  for (const Json& text : *list) texts.emplace_back(text_value(text));
  return texts;
}

Json receipt_json(const VerifiedReceipt& receipt) {
  const ReceiptBody& body = receipt.body;
  return {
      {"aud", receipt.audience},
      {"manifest_sha256", body.manifest_sha256},
      {"case_number", body.case_number},
      {"received_at", body.received_at},
      {"amount_due", {{"amount", body.amount_due.amount}, {"currency", body.amount_due.currency}}},
      {"short", receipt.short_receipt},
      {"logged", receipt.log.has_value()},
      {"kid", receipt.kid},
      {"development", receipt.development}};
}

Result<std::string> check_receipt(std::string_view text, std::string_view trust_text) {
  const Result<Trust> trust = read_trust(trust_text);
  if (!trust.ok()) return trust.error();
  const Json& told = trust.value().json;
  const Result<std::vector<ReceiptKey>> keys = read_receipt_keys(told);
  if (!keys.ok()) return keys.error();
  const std::vector<std::string> revoked = read_texts(told, "revoked");
  const Result<VerifiedReceipt> receipt =
      verify_receipt(text, {trust.value().root, keys.value(), revoked, optional_text(told, "aud"),
                            optional_text(told, "manifest_sha256")});
  if (!receipt.ok()) return receipt.error();
  return write_canonical_json({{"genuine", true}, {"receipt", receipt_json(receipt.value())}});
}

Result<std::string> check_index(std::string_view text, std::string_view trust_text) {
  const Result<Trust> trust = read_trust(trust_text);
  if (!trust.ok()) return trust.error();
  const Json& told = trust.value().json;
  const Result<std::int64_t> serial = member_integer(told, "min_serial");
  const Result<std::string_view> now = member_text(told, "now");
  if (!serial.ok() || serial.value() < 0 || !now.ok()) return Error{ErrorCode::json_shape};
  const Result<Index> index = verify_index(text, {trust.value().root, optional_text(told, "aud"),
                                                  static_cast<std::uint64_t>(serial.value())});
  if (!index.ok()) return index.error();
  const std::vector<std::string> recipients = recipients_at(index.value().case_office, now.value());
  return write_canonical_json({{"index", index_json(index.value())},
                               {"expired", is_expired(index.value(), now.value())},
                               {"case_office", recipients}});
}

Result<std::string> check_package(ByteView package, std::string_view signature,
                                  std::string_view trust_text) {
  const Result<Trust> trust = read_trust(trust_text);
  if (!trust.ok()) return trust.error();
  const Result<PackageStatement> statement = verify_package(
      package, signature, trust.value().root, optional_text(trust.value().json, "aud"));
  if (!statement.ok()) return statement.error();
  return write_canonical_json({{"digest", statement.value().digest},
                               {"form_id", statement.value().form_id},
                               {"version", statement.value().version}});
}

}  // namespace

extern "C" {

Handle lf_receipt_verify(const std::uint8_t* receipt, std::uint32_t receipt_size,
                         const std::uint8_t* trust, std::uint32_t trust_size) {
  return answer(check_receipt(text_at(receipt, receipt_size), text_at(trust, trust_size)));
}

Handle lf_index_verify(const std::uint8_t* index, std::uint32_t index_size,
                       const std::uint8_t* trust, std::uint32_t trust_size) {
  return answer(check_index(text_at(index, index_size), text_at(trust, trust_size)));
}

Handle lf_package_verify(const std::uint8_t* package, std::uint32_t package_size,
                         const std::uint8_t* signature, std::uint32_t signature_size,
                         const std::uint8_t* trust, std::uint32_t trust_size) {
  return answer(check_package(bytes_at(package, package_size), text_at(signature, signature_size),
                              text_at(trust, trust_size)));
}

}  // extern "C"

}  // namespace landfall::bridge
