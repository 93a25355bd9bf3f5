// Certificates: the agency's word that a key may sign receipts, messages of a desk, or in its
// place.

#ifndef LANDFALL_SHARED_SUBMISSION_CERTIFICATE_H_
#define LANDFALL_SHARED_SUBMISSION_CERTIFICATE_H_

#include <optional>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/sealing/keys.h"

namespace landfall {

// What the key may do: sign receipts, or messages of a desk; or, between root keys, speak for the
// agency after the signer (`agency`, its successor) or before it (`former`, which it replaced).
enum class CertificateRole { receipt, desk, agency, former };

// "receipt", "desk", "agency", "former".
[[nodiscard]] std::string_view certificate_role_name(CertificateRole role);

// The payload of a `landfall-cert`; times as is_utc_time says, both inclusive.
struct Certificate {
  std::string aud;
  CertificateRole role = CertificateRole::receipt;
  Ed25519PublicKey key{};
  std::string not_before;
  std::string not_after;
  bool development = false;

  bool operator==(const Certificate&) const = default;
};

// Signs a certificate with the agency's root key.
//
// Errors:
//   certificate_malformed   a field that verifying would refuse
[[nodiscard]] Result<std::string> sign_certificate(const Certificate& certificate,
                                                   const SigningKey& root);

// Verifies a certificate of a key that works for the agency: receipt or desk. `audience` absent
// takes any.
//
// Errors:
//   certificate_malformed     not a landfall-cert, of another role, or a field of another shape
//   certificate_not_genuine   not signed by `root`, or for another audience
[[nodiscard]] Result<Certificate> verify_certificate(std::string_view text,
                                                     const Ed25519PublicKey& root,
                                                     std::optional<std::string_view> audience);

// The same for the certificate of one root key by another: agency or former. No certificate passes
// both.
[[nodiscard]] Result<Certificate> verify_root_certificate(std::string_view text,
                                                          const Ed25519PublicKey& root,
                                                          std::optional<std::string_view> audience);

// True when `at` lies within the certificate's validity.
[[nodiscard]] bool is_valid_at(const Certificate& certificate, std::string_view at);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_CERTIFICATE_H_
