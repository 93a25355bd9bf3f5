#include "server/intake/accept_submission.h"

#include <algorithm>
#include <utility>

#include "shared/submission/bundle.h"
#include "shared/submission/manifest.h"

namespace landfall {
namespace {

SubmissionAnswer refuse(Error error) { return {std::nullopt, {error, {}}}; }

}  // namespace

AcceptSubmission::AcceptSubmission(LogNames names, const FormCatalog& forms, Sequencer& sequencer,
                                   ReceiveParts& parts)
    : names_(std::move(names)), forms_(forms), sequencer_(sequencer), parts_(parts) {}

Result<VerifiedSubmission> AcceptSubmission::verify(std::string_view manifest) const {
  if (manifest.size() > kMaxManifestBytes) return Error{ErrorCode::too_large};
  Result<VerifiedManifest> verified = verify_manifest(manifest, names_.named_by(manifest));
  if (!verified.ok()) return verified.error();
  const Manifest& said = verified.value().manifest;
  if (!forms_.is_published(said.form.id, said.form.version, said.form.digest)) {
    return Error{ErrorCode::form_unknown};
  }
  const std::optional<std::int64_t> fee = forms_.fee_twd(said.form.digest, said.fee_code);
  if (!fee) return Error{ErrorCode::fee_unknown};

  VerifiedSubmission submission;
  submission.submission_id = said.submission_id;
  submission.kid = verified.value().kid;
  submission.manifest = std::string(manifest);
  submission.manifest_sha256 = verified.value().digest;
  submission.form_id = said.form.id;
  submission.case_kind = forms_.case_kind(said.form.id);
  submission.amount_due_twd = *fee;
  for (const ManifestPart& part : said.parts) {
    submission.parts.push_back({part.sha256, part.size});
  }
  return submission;
}

SubmissionAnswer AcceptSubmission::take(const VerifiedSubmission& submission) {
  return sequencer_.accept(submission);
}

SubmissionAnswer AcceptSubmission::accept_manifest(std::string_view manifest) {
  const Result<VerifiedSubmission> submission = verify(manifest);
  if (!submission.ok()) return refuse(submission.error());
  return sequencer_.accept(submission.value());
}

SubmissionAnswer AcceptSubmission::accept_bundle(ByteView archive) {
  Result<Bundle> bundle = parse_bundle(archive);
  if (!bundle.ok()) return refuse(bundle.error());
  const Result<VerifiedSubmission> checked = verify(bundle.value().manifest);
  if (!checked.ok()) return refuse(checked.error());
  const VerifiedSubmission& submission = checked.value();

  // Everything it brings is held against the manifest before anything is kept.
  for (const BundlePart& part : bundle.value().parts) {
    const Result<Done> listed = submission.check_part(part.sha256, part.bytes.size());
    if (!listed.ok()) return refuse(listed.error());
  }
  // A retry, or a conflict, needs none of them; else only those that are missing are written.
  SubmissionAnswer answer = sequencer_.accept(submission);
  if (answer.issued || answer.refusal.error.code != ErrorCode::parts_missing) return answer;
  const std::vector<std::string>& missing = answer.refusal.missing;
  for (const BundlePart& part : bundle.value().parts) {
    if (std::find(missing.begin(), missing.end(), part.sha256) == missing.end()) continue;
    const Result<Done> kept = parts_.keep_part(submission.kid, part.sha256, part.bytes);
    if (!kept.ok()) return refuse(kept.error());
  }
  return sequencer_.accept(submission);
}

}  // namespace landfall
