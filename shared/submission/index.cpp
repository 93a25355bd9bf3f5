#include "shared/submission/index.h"

#include <utility>

#include "shared/codec/base64url.h"
#include "shared/codec/hex.h"
#include "shared/sealing/signed_document.h"
#include "shared/submission/manifest.h"
#include "shared/submission/payload_reader.h"
#include "shared/submission/wire_values.h"

namespace landfall {
namespace {

constexpr Error kMalformed{ErrorCode::index_malformed};

constexpr std::size_t kMaxPackages = 1000;
constexpr std::size_t kMaxKeys = 256;
constexpr std::size_t kMaxSignatureBytes = 4096;
constexpr std::int64_t kMaxPackageBytes = std::int64_t{64} << 20;

bool is_recipient(std::string_view text) { return parse_x25519_recipient(text).ok(); }

IndexPackage read_package(const Json& json, bool& ok) {
  PayloadReader reader(json);
  IndexPackage package;
  package.form_id = reader.token("form_id", kMaxFormIdBytes);
  package.version = reader.token("version", kMaxFormVersionBytes);
  package.digest = reader.text("digest", is_sha256_hex);
  package.size = static_cast<std::uint64_t>(reader.integer("size", 1, kMaxPackageBytes));
  package.signature = reader.free_text("signature", kMaxSignatureBytes);
  ok = ok && reader.complete();
  return package;
}

IndexRecipient read_recipient(const Json& json, bool& ok) {
  PayloadReader reader(json);
  IndexRecipient recipient;
  recipient.recipient = reader.text("recipient", is_recipient);
  recipient.not_before = reader.text("not_before", is_utc_time);
  recipient.not_after = reader.text("not_after", is_utc_time);
  ok = ok && reader.complete();
  return recipient;
}

ReceiptKey read_receipt_key(const Json& json, bool& ok) {
  PayloadReader reader(json);
  ReceiptKey key;
  key.key = reader.public_key("key");
  key.not_before = reader.text("not_before", is_utc_time);
  key.not_after = reader.text("not_after", is_utc_time);
  ok = ok && reader.complete();
  return key;
}

// Reads a list whose items `read` understands.
template <typename Item>
std::vector<Item> read_list(PayloadReader& reader, std::string_view name, std::size_t max_items,
                            Item (*read)(const Json&, bool&)) {
  std::vector<Item> items;
  bool ok = true;
  for (const Json& item : reader.array(name, max_items)) items.push_back(read(item, ok));
  reader.check(ok);
  return items;
}

std::string read_kid(const Json& json, bool& ok) {
  const Result<Bytes> bytes = parse_base64url(text_value(json));
  ok = ok && bytes.ok() && bytes.value().size() == kSha256Bytes;
  return std::string(text_value(json));
}

Result<Index> read_index(const Json& payload) {
  PayloadReader reader(payload);
  Index index;
  index.aud = reader.token("aud", kMaxAudienceBytes);
  index.serial = static_cast<std::uint64_t>(reader.integer("serial", 0, kMaxExactInteger));
  index.issued = reader.text("issued", is_utc_time);
  index.expires = reader.text("expires", is_utc_time);
  index.development = reader.boolean("development");
  index.packages = read_list(reader, "packages", kMaxPackages, read_package);
  PayloadReader roles(reader.object("recipients"));
  index.case_office = read_list(roles, "case_office", kMaxKeys, read_recipient);
  index.helpdesk = read_list(roles, "helpdesk", kMaxKeys, read_recipient);
  index.receipt_keys = read_list(reader, "receipt_keys", kMaxKeys, read_receipt_key);
  index.revoked = read_list(reader, "revoked", kMaxPackages, read_kid);
  if (!reader.complete() || !roles.complete()) return kMalformed;
  return index;
}

Json recipients_json(const std::vector<IndexRecipient>& recipients) {
  Json list = Json::array();
  for (const IndexRecipient& recipient : recipients) {
    list.push_back({{"recipient", recipient.recipient},
                    {"not_before", recipient.not_before},
                    {"not_after", recipient.not_after}});
  }
  return list;
}

Json packages_json(const std::vector<IndexPackage>& packages) {
  Json list = Json::array();
  for (const IndexPackage& package : packages) {
    list.push_back({{"form_id", package.form_id},
                    {"version", package.version},
                    {"digest", package.digest},
                    {"size", package.size},
                    {"signature", package.signature}});
  }
  return list;
}

Json receipt_keys_json(const std::vector<ReceiptKey>& keys) {
  Json list = Json::array();
  for (const ReceiptKey& key : keys) {
    list.push_back({{"key", format_public_key(key.key)},
                    {"not_before", key.not_before},
                    {"not_after", key.not_after}});
  }
  return list;
}

}  // namespace

Json index_json(const Index& index) {
  return {{"aud", index.aud},
          {"serial", index.serial},
          {"issued", index.issued},
          {"expires", index.expires},
          {"development", index.development},
          {"packages", packages_json(index.packages)},
          {"recipients",
           {{"case_office", recipients_json(index.case_office)},
            {"helpdesk", recipients_json(index.helpdesk)}}},
          {"receipt_keys", receipt_keys_json(index.receipt_keys)},
          {"revoked", Json(index.revoked)}};
}

Result<std::string> sign_index(const Index& index, const SigningKey& root) {
  const Json payload = index_json(index);
  if (!read_index(payload).ok()) return kMalformed;
  return sign_document(document_type::kIndex, payload, root);
}

Result<Index> verify_index(std::string_view text, const IndexTrust& trust) {
  const Result<UnverifiedDocument> document = parse_document(document_type::kIndex, text);
  if (!document.ok()) return kMalformed;
  if (!check_document(document.value(), trust.root, trust.audience).ok()) {
    return Error{ErrorCode::index_not_genuine};
  }
  Result<Index> index = read_index(document.value().payload);
  if (index.ok() && index.value().serial < trust.min_serial) {
    return Error{ErrorCode::index_rollback};
  }
  return index;
}

bool is_expired(const Index& index, std::string_view now) { return now > index.expires; }

std::vector<std::string> recipients_at(std::span<const IndexRecipient> recipients,
                                       std::string_view now) {
  std::vector<std::string> valid;
  for (const IndexRecipient& recipient : recipients) {
    if (recipient.not_before <= now && now <= recipient.not_after) {
      valid.push_back(recipient.recipient);
    }
  }
  return valid;
}

}  // namespace landfall
