// Verifying one document of each kind, and saying in plain words what it proves.

#ifndef LANDFALL_SERVER_CLI_VERIFICATION_H_
#define LANDFALL_SERVER_CLI_VERIFICATION_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/cli/outcome.h"
#include "shared/base/bytes.h"
#include "shared/codec/json.h"
#include "shared/sealing/keys.h"
#include "shared/submission/index.h"

namespace landfall {

// What was found. `sentence` is for people, `facts` the same for programs: {genuine, kind, …}, with
// the error's code under "code" when it is not genuine.
struct Verification {
  bool genuine = false;
  std::string sentence;
  Json facts;
  std::vector<std::string> details;  // further lines for people
};

// What the caller trusts and expects. Absent expectations take anything.
struct VerificationTrust {
  Ed25519PublicKey root{};
  std::optional<Index> index;  // verified: what short receipts and checkpoints need
  std::optional<std::string> audience;
  std::optional<std::string> manifest_sha256;
  std::string now;  // RFC 3339 UTC
};

// The kinds of document that are told apart by their own content.
enum class DocumentKind { unknown, jws, package, bundle, note };

[[nodiscard]] DocumentKind kind_of(ByteView content);

// A compact JWS of any Landfall type: receipt, index, certificate, package signature, submission.
[[nodiscard]] Verification verify_jws_document(std::string_view text,
                                               const VerificationTrust& trust);

// A published package under its agency signature.
[[nodiscard]] Verification verify_package_file(ByteView package, std::string_view signature,
                                               const VerificationTrust& trust);

// A hand-carried submission.
[[nodiscard]] Verification verify_bundle(ByteView archive, const VerificationTrust& trust);

// A checkpoint of the receipt log; needs trust.index.
[[nodiscard]] Verification verify_checkpoint_note(std::string_view note,
                                                  const VerificationTrust& trust);

// Why a document of that code is not genuine, in words for people; "" for codes that say it.
[[nodiscard]] std::string_view reason_of(ErrorCode code);

// "WHAT: CODE: why", with kExitNo.
[[nodiscard]] Failure refusal_of(Error error, std::string_view what);

// What is not genuine, because of `code`.
[[nodiscard]] Verification not_genuine(std::string_view kind, ErrorCode code);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_VERIFICATION_H_
