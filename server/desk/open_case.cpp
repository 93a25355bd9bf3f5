#include "server/desk/open_case.h"

#include <algorithm>
#include <utility>

#include "shared/codec/hex.h"
#include "shared/codec/json.h"
#include "shared/sealing/envelope.h"
#include "shared/sealing/signed_document.h"

namespace landfall {
namespace {

Identities copies_of(std::span<const X25519Identity> identities) {
  Identities copies;
  for (const X25519Identity& identity : identities) copies.x25519.push_back(identity.clone());
  return copies;
}

// The ciphertext of `part`, once it is known to be what the manifest names.
Result<Bytes> load_part(const ManifestPart& part, const CaseStore& store) {
  if (part.size > kMaxOpenedPartBytes) return Error{ErrorCode::too_large};
  Bytes sealed;
  const auto size = static_cast<std::size_t>(part.size);
  sealed.reserve(size);
  const Result<Done> read = store.read_part(part.sha256, [&](ByteView piece) {
    // One byte more than expected shows that there are too many.
    append(sealed,
           piece.first(std::min(piece.size(), size + 1 - std::min(size + 1, sealed.size()))));
  });
  if (!read.ok()) return read.error();
  if (sealed.size() != size || format_hex(sha256(sealed)) != part.sha256) {
    return Error{ErrorCode::part_digest_mismatch};
  }
  return sealed;
}

Result<Bytes> open_part(const ManifestPart& part, const CaseStore& store,
                        std::span<const X25519Identity> identities) {
  const Result<Bytes> sealed = load_part(part, store);
  if (!sealed.ok()) return sealed;
  return open(sealed.value(), copies_of(identities), kMaxOpenedPartBytes);
}

}  // namespace

Result<VerifiedManifest> verify_case_manifest(const ReceivedCase& received) {
  const Result<UnverifiedDocument> document =
      parse_document(document_type::kSubmission, received.manifest);
  if (!document.ok()) return document.error();
  return verify_manifest(received.manifest, member_text_or(document.value().payload, "aud", ""));
}

Result<OpenedCase> open_case(const ReceivedCase& received, const CaseStore& store,
                             std::span<const X25519Identity> identities) {
  Result<VerifiedManifest> manifest = verify_case_manifest(received);
  if (!manifest.ok()) return manifest.error();
  const Result<Bytes> plaintext =
      open_part(manifest.value().manifest.parts.front(), store, identities);
  if (!plaintext.ok()) return plaintext.error();
  Result<SealedAnswers> answers = parse_sealed_answers(plaintext.value());
  if (!answers.ok()) return answers.error();
  const Result<Done> bound = check_sealed_answers(answers.value(), manifest.value());
  if (!bound.ok()) return bound.error();
  return OpenedCase{std::move(manifest).value(), std::move(answers).value()};
}

Result<Bytes> open_case_attachment(const OpenedCase& opened, const AttachmentEntry& entry,
                                   const CaseStore& store,
                                   std::span<const X25519Identity> identities) {
  const std::vector<ManifestPart>& parts = opened.manifest.manifest.parts;
  const auto part = std::find_if(parts.begin(), parts.end(), [&](const ManifestPart& candidate) {
    return candidate.sha256 == entry.sealed_sha256;
  });
  if (part == parts.end()) return Error{ErrorCode::attachment_not_bound};
  const Result<Bytes> padded = open_part(*part, store, identities);
  if (!padded.ok()) return padded;
  const Result<ByteView> file = open_attachment(entry, padded.value());
  if (!file.ok()) return file.error();
  return Bytes(file.value().begin(), file.value().end());
}

}  // namespace landfall
