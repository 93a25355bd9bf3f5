// Key files: one key with its role, as `landfall keygen` writes it.

#ifndef LANDFALL_SHARED_SEALING_KEY_DOCUMENT_H_
#define LANDFALL_SHARED_SEALING_KEY_DOCUMENT_H_

#include <string>
#include <string_view>

#include "shared/base/entropy.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"

namespace landfall {

// agency, receipt and desk sign; case_office ("sealing") and helpdesk open; an applicant does both.
enum class KeyRole { agency, receipt, desk, sealing, helpdesk, applicant };

[[nodiscard]] std::string_view key_role_name(KeyRole role);

// Errors:
//   key_document_malformed   no such role
[[nodiscard]] Result<KeyRole> parse_key_role(std::string_view name);

// `secret` is the Ed25519 seed, the X25519 scalar or the applicant's root, by role. Development
// keys are made by scripts, known to everybody, and refused in production.
struct KeyDocument {
  KeyRole role = KeyRole::applicant;
  bool development = false;
  Secret<32> secret;
};

// Makes a new key.
[[nodiscard]] KeyDocument generate_key(KeyRole role, bool development, Entropy& entropy);

// Writes the document with its public half, canonical JSON: {"development","kid"?,"landfall_key":1,
// "public","age_recipient"?,"role","secret"}. Contains the secret in clear.
[[nodiscard]] std::string write_key_document(const KeyDocument& key);

// Reads a key document, any JSON layout; the public half must belong to the secret one.
//
// Errors (offset 0, so that nothing of the secret is told):
//   key_document_malformed
[[nodiscard]] Result<KeyDocument> parse_key_document(std::string_view text);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SEALING_KEY_DOCUMENT_H_
