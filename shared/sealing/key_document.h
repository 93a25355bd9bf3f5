// Key files: one key with its role, as `landfall keygen` writes it.

#ifndef LANDFALL_SHARED_SEALING_KEY_DOCUMENT_H_
#define LANDFALL_SHARED_SEALING_KEY_DOCUMENT_H_

#include <string>
#include <string_view>

#include "shared/base/entropy.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"
#include "shared/sealing/keys.h"
#include "shared/sealing/x25519.h"

namespace landfall {

// Agency, receipt and desk keys sign; sealing keys (the case office's) and helpdesk keys open; an
// applicant's does both.
enum class KeyRole { agency, receipt, desk, sealing, helpdesk, applicant };

// "agency", "receipt" …
[[nodiscard]] std::string_view key_role_name(KeyRole role);

// Errors:
//   key_document_malformed   no such role
[[nodiscard]] Result<KeyRole> parse_key_role(std::string_view name);

// `secret` is the Ed25519 seed, the X25519 scalar or the applicant's root, by role. Development
// keys are made by scripts, lie about in clear, and are refused in production.
struct KeyDocument {
  KeyRole role = KeyRole::applicant;
  bool development = false;
  Secret<32> secret;
};

// Makes a new key.
[[nodiscard]] KeyDocument generate_key(KeyRole role, bool development, Entropy& entropy);

// The key with which `document` signs.
//
// Errors:
//   key_document_malformed   its role does not sign
[[nodiscard]] Result<SigningKey> signing_key_of(const KeyDocument& document);

// The identity with which `document` opens.
//
// Errors:
//   key_document_malformed   its role does not open
[[nodiscard]] Result<X25519Identity> age_identity_of(const KeyDocument& document);

// Writes the document with its public half as canonical JSON:
//
//   signs      {"development","kid","landfall_key":1,"public","role","secret"}, keys in base64url
//   opens {"development","landfall_key":1,"public":"age1…","role","secret":"AGE-SECRET-KEY-1…"}
//   applicant  as a signing key, the secret being the root, and "age_recipient":"age1…"
//
// Contains the secret in clear.
[[nodiscard]] std::string write_key_document(const KeyDocument& document);

// Reads a key document in any JSON layout; its public half must belong to the secret.
//
// Errors (offset 0, so that nothing of the secret is told):
//   key_document_malformed
[[nodiscard]] Result<KeyDocument> parse_key_document(std::string_view text);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SEALING_KEY_DOCUMENT_H_
