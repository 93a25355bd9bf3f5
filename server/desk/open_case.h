// Opening a received case: the manifest verified, the answers decrypted and found to belong to it.

#ifndef LANDFALL_SERVER_DESK_OPEN_CASE_H_
#define LANDFALL_SERVER_DESK_OPEN_CASE_H_

#include <cstddef>
#include <span>
#include <string>

#include "server/desk/case_store.h"
#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/sealing/x25519.h"
#include "shared/submission/manifest.h"
#include "shared/submission/sealed_answers.h"

namespace landfall {

// A part is opened in memory; no form of ours allows a larger one.
inline constexpr std::size_t kMaxOpenedPartBytes = std::size_t{256} << 20;

struct OpenedCase {
  VerifiedManifest manifest;
  SealedAnswers answers;
};

// The manifest of `received`, verified for the audience it names: which log that is, was decided
// when the case was accepted.
//
// Errors: those of verify_manifest().
[[nodiscard]] Result<VerifiedManifest> verify_case_manifest(const ReceivedCase& received);

// Opens the answers of `received` with one of `identities`.
//
// Errors:
//   not_found                 a part is not in the store
//   part_digest_mismatch      the store holds other bytes than the applicant signed
//   envelope_unreadable       sealed to somebody else, or changed
//   sealed_answers_…          not what was signed: see check_sealed_answers()
//   and those of verify_manifest()
[[nodiscard]] Result<OpenedCase> open_case(const ReceivedCase& received, const CaseStore& store,
                                           std::span<const X25519Identity> identities);

// Opens one attachment of an opened case: the file as it was, without padding.
//
// Errors:
//   attachment_differs   not the file the answers name
//   and those of open_case
[[nodiscard]] Result<Bytes> open_case_attachment(const OpenedCase& opened,
                                                 const AttachmentEntry& entry,
                                                 const CaseStore& store,
                                                 std::span<const X25519Identity> identities);

}  // namespace landfall

#endif  // LANDFALL_SERVER_DESK_OPEN_CASE_H_
