// Signed documents: everything Landfall signs as JSON, in one narrow profile of JWS.

#ifndef LANDFALL_SHARED_SEALING_SIGNED_DOCUMENT_H_
#define LANDFALL_SHARED_SEALING_SIGNED_DOCUMENT_H_

#include <optional>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/codec/json.h"
#include "shared/sealing/jws.h"
#include "shared/sealing/keys.h"

namespace landfall {

// The `typ` of each kind of document.
namespace document_type {
inline constexpr std::string_view kSubmission = "landfall-submission";
inline constexpr std::string_view kReceipt = "landfall-receipt";
inline constexpr std::string_view kPackage = "landfall-package";
inline constexpr std::string_view kIndex = "landfall-index";
inline constexpr std::string_view kBuild = "landfall-build";
inline constexpr std::string_view kCertificate = "landfall-cert";
inline constexpr std::string_view kLink = "landfall-link";
inline constexpr std::string_view kBackup = "landfall-backup";
inline constexpr std::string_view kRequest = "landfall-request";
inline constexpr std::string_view kMessage = "landfall-message";
}  // namespace document_type

// Signs `payload`: header exactly the canonical JSON of {alg, kid, typ}, payload canonical.
//
// Errors: those of write_canonical_json (the payload holds what JSON cannot say).
[[nodiscard]] Result<std::string> sign_document(std::string_view type, const Json& payload,
                                                const SigningKey& key);

// A document taken apart and found well-formed; not to be believed before check_document.
struct UnverifiedDocument {
  std::string kid;
  Json payload;
  Jws jws;
};

// Takes a document of `type` apart, for the one case where the key is inside the payload.
//
// Errors:
//   jws_type_wrong        another `typ`
//   jws_malformed         a header that is not exactly the canonical {alg, kid, typ}, or a payload
//                         that is no JSON object
//   json_not_canonical    a payload unequal to its own canonical form; offset in the payload
//   and those of parse_jws
[[nodiscard]] Result<UnverifiedDocument> parse_document(std::string_view type,
                                                        std::string_view text);

// Checks that `key` signed `document` and that it is meant for `audience`.
//
// Errors:
//   jws_key_wrong         `kid` is not the thumbprint of `key`
//   jws_signature_wrong   not signed by `key`, or changed afterwards
//   jws_audience_wrong    `aud` is absent or another; absent `audience` takes any
[[nodiscard]] Result<Done> check_document(const UnverifiedDocument& document,
                                          const Ed25519PublicKey& key,
                                          std::optional<std::string_view> audience);

// The payload of a document of `type` for `audience`, signed by `key`: parse and check in one.
[[nodiscard]] Result<Json> verify_document(std::string_view type, std::string_view text,
                                           const Ed25519PublicKey& key,
                                           std::optional<std::string_view> audience);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SEALING_SIGNED_DOCUMENT_H_
