// The agency's signature on a published form package.

#ifndef LANDFALL_SHARED_SUBMISSION_PACKAGE_SIGNATURE_H_
#define LANDFALL_SHARED_SUBMISSION_PACKAGE_SIGNATURE_H_

#include <optional>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/sealing/keys.h"

namespace landfall {

// The payload of a `landfall-package`; `digest` is the SHA-256 (hex) of the published bytes.
struct PackageStatement {
  std::string aud;
  std::string form_id;
  std::string version;
  std::string digest;
  bool development = false;

  bool operator==(const PackageStatement&) const = default;
};

// Signs a statement with the agency's root key.
//
// Errors:
//   package_signature_malformed   a field verify_package would refuse
[[nodiscard]] Result<std::string> sign_package(const PackageStatement& statement,
                                               const SigningKey& root);

// Verifies that the agency signed `package`, the published bytes. `audience` absent takes any.
//
// Errors:
//   package_signature_malformed   not a landfall-package, or a field of another shape
//   package_signature_wrong       not signed by `root`, or for another audience
//   package_digest_differs        signed, but these are other bytes
[[nodiscard]] Result<PackageStatement> verify_package(ByteView package, std::string_view signature,
                                                      const Ed25519PublicKey& root,
                                                      std::optional<std::string_view> audience);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_PACKAGE_SIGNATURE_H_
