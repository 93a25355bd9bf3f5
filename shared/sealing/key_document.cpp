#include "shared/sealing/key_document.h"

#include <algorithm>
#include <array>
#include <utility>

#include "shared/base/invariant.h"
#include "shared/codec/base64url.h"
#include "shared/codec/canonical_json.h"
#include "shared/codec/json.h"

namespace landfall {
namespace {

constexpr Error kMalformed{ErrorCode::key_document_malformed};
constexpr std::size_t kMaxDocumentBytes = 4096;

struct RoleRow {
  KeyRole role;
  std::string_view name;
  bool signs;
  bool opens;
};

constexpr std::array kRoles{
    RoleRow{KeyRole::agency, "agency", true, false},
    RoleRow{KeyRole::receipt, "receipt", true, false},
    RoleRow{KeyRole::desk, "desk", true, false},
    RoleRow{KeyRole::sealing, "sealing", false, true},
    RoleRow{KeyRole::helpdesk, "helpdesk", false, true},
    RoleRow{KeyRole::applicant, "applicant", true, true},
};

const RoleRow& row_of(KeyRole role) { return kRoles[static_cast<std::size_t>(role)]; }

Secret<32> copy_of(const Secret<32>& secret) { return Secret<32>(secret.view()); }

// Every member of the document but the secret.
Json public_members(const KeyDocument& document) {
  const RoleRow& row = row_of(document.role);
  Json json = {{"landfall_key", 1}, {"role", row.name}, {"development", document.development}};
  if (row.signs) {
    const Result<SigningKey> key = signing_key_of(document);
    require(key.ok(), "a signing role has a signing key");
    json["kid"] = key.value().kid();
    json["public"] = format_public_key(key.value().public_key());
  }
  if (row.opens) {
    const Result<X25519Identity> identity = age_identity_of(document);
    require(identity.ok(), "an opening role has an identity");
    json[row.signs ? "age_recipient" : "public"] =
        format_x25519_recipient(identity.value().recipient());
  }
  return json;
}

Result<Secret<32>> parse_secret(const RoleRow& row, std::string_view text) {
  if (!row.signs) {
    const Result<X25519Identity> identity = parse_x25519_identity(text);
    if (!identity.ok()) return kMalformed;
    return identity.value().copy_scalar();
  }
  Result<Bytes> bytes = parse_base64url(text);
  if (!bytes.ok()) return kMalformed;
  const bool fits = bytes.value().size() == 32;
  Secret<32> secret;
  if (fits) std::copy(bytes.value().begin(), bytes.value().end(), secret.fill().begin());
  wipe(bytes.value());
  if (!fits) return kMalformed;
  return secret;
}

}  // namespace

std::string_view key_role_name(KeyRole role) { return row_of(role).name; }

Result<KeyRole> parse_key_role(std::string_view name) {
  for (const RoleRow& row : kRoles) {
    if (row.name == name) return row.role;
  }
  return kMalformed;
}

KeyDocument generate_key(KeyRole role, bool development, Entropy& entropy) {
  KeyDocument document{role, development, {}};
  entropy.fill(document.secret.fill());
  return document;
}

Result<SigningKey> signing_key_of(const KeyDocument& document) {
  if (!row_of(document.role).signs) return kMalformed;
  if (document.role == KeyRole::applicant) {
    return std::move(derive_applicant_keys(document.secret).sign);
  }
  return SigningKey(document.secret);
}

Result<X25519Identity> age_identity_of(const KeyDocument& document) {
  if (!row_of(document.role).opens) return kMalformed;
  if (document.role == KeyRole::applicant) {
    return std::move(derive_applicant_keys(document.secret).age);
  }
  return X25519Identity(copy_of(document.secret));
}

std::string write_key_document(const KeyDocument& document) {
  Json json = public_members(document);
  if (row_of(document.role).signs) {
    json["secret"] = format_base64url(document.secret.view());
  } else {
    json["secret"] = X25519Identity(copy_of(document.secret)).format_secret();
  }
  Result<std::string> text = write_canonical_json(json);
  require(text.ok(), "a key document is JSON");
  return std::move(text).value();
}

Result<KeyDocument> parse_key_document(std::string_view text) {
  const Result<Json> parsed = parse_json(text, {.bytes = kMaxDocumentBytes, .depth = 2});
  if (!parsed.ok()) return kMalformed;
  const Json& json = parsed.value();
  const Result<KeyRole> role = parse_key_role(member_text_or(json, "role", ""));
  const Result<bool> development = member_bool(json, "development");
  if (!role.ok() || !development.ok()) return kMalformed;
  Result<Secret<32>> secret =
      parse_secret(row_of(role.value()), member_text_or(json, "secret", ""));
  if (!secret.ok()) return kMalformed;

  KeyDocument document{role.value(), development.value(), std::move(secret).value()};
  Json members = public_members(document);
  members["secret"] = *find_member(json, "secret");
  if (members != json) return kMalformed;
  return document;
}

}  // namespace landfall
