// Accepting a signed submission: verify, check, make durable, and only then give a receipt.

#ifndef LANDFALL_SERVER_INTAKE_ACCEPT_SUBMISSION_H_
#define LANDFALL_SERVER_INTAKE_ACCEPT_SUBMISSION_H_

#include <string>
#include <string_view>

#include "server/intake/form_catalog.h"
#include "server/intake/log_names.h"
#include "server/intake/receive_parts.h"
#include "server/intake/sequencer.h"
#include "shared/base/bytes.h"

namespace landfall {

inline constexpr std::size_t kMaxManifestBytes = std::size_t{128} << 10;

// Thread rule: any thread.
class AcceptSubmission {
 public:
  // `names` are those of the log, one of which manifests must name. All must outlive this.
  AcceptSubmission(LogNames names, const FormCatalog& forms, Sequencer& sequencer,
                   ReceiveParts& parts);

  // A manifest whose parts were uploaded before.
  //
  // Refusals: those of the manifest (jws_…, json_…, manifest_malformed), audience_mismatch,
  // form_unknown, fee_unknown, and those of Sequencer::accept.
  SubmissionAnswer accept_manifest(std::string_view manifest);

  // A tar of manifest.jws, then parts/<sha256>, complete or not: parts may be there already.
  //
  // Refusals: those above; tar_malformed, part_not_in_manifest, part_size_mismatch,
  // part_digest_mismatch. When it is refused for what it says, none of its parts is kept.
  SubmissionAnswer accept_bundle(ByteView archive);

  // What a manifest says, once it has been verified. Errors: the refusals of accept_manifest() that
  // are not the sequencer's.
  [[nodiscard]] Result<VerifiedSubmission> verify(std::string_view manifest) const;

  // Takes what verify() gave. Refusals: those of Sequencer::accept.
  SubmissionAnswer take(const VerifiedSubmission& submission);

 private:
  LogNames names_;
  const FormCatalog& forms_;
  Sequencer& sequencer_;
  ReceiveParts& parts_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_ACCEPT_SUBMISSION_H_
