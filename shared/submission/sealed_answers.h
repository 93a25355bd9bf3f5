// What lies inside the sealed answers part, and how it binds the submission together.

#ifndef LANDFALL_SHARED_SUBMISSION_SEALED_ANSWERS_H_
#define LANDFALL_SHARED_SUBMISSION_SEALED_ANSWERS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/finding.h"
#include "shared/base/result.h"
#include "shared/codec/json.h"
#include "shared/submission/manifest.h"

namespace landfall {

inline constexpr std::size_t kCommitmentSaltBytes = 32;
inline constexpr std::size_t kMaxAnswersBytes = std::size_t{4} << 20;

// One attached file: size and SHA-256 (hex) of the file as it was before padding, and the SHA-256
// of the sealed part that holds it.
struct AttachmentEntry {
  std::string slot;
  std::string file_name;
  std::string media_type;
  std::uint64_t size = 0;
  std::string sha256;
  std::string sealed_sha256;

  bool operator==(const AttachmentEntry&) const = default;
};

// `salt` is base64url of kCommitmentSaltBytes random bytes. `answers` is an object.
struct SealedAnswers {
  std::string submission_id;
  std::string kid;
  std::string salt;
  FormReference form;
  std::string as_of;
  std::string time_zone;
  Json answers;
  SubmissionVerdict verdict = SubmissionVerdict::complete;
  std::vector<Finding> findings;
  std::vector<AttachmentEntry> attachments;
};

// `plaintext` is canonical JSON padded with spaces to the Padmé length: what is then sealed.
// `commitment` is the manifest's answers_commitment, hex.
struct BuiltAnswers {
  std::string plaintext;
  std::string commitment;
};

// Writes `answers` for sealing.
//
// Errors:
//   sealed_answers_malformed   a field that parse_sealed_answers would refuse
//   too_large                  more than kMaxAnswersBytes
[[nodiscard]] Result<BuiltAnswers> build_sealed_answers(const SealedAnswers& answers);

// Reads the plaintext of an answers part.
//
// Errors:
//   sealed_answers_malformed   not canonical, not padded as agreed, or a wrong field; offset 0
//   too_large                  more than kMaxAnswersBytes
[[nodiscard]] Result<SealedAnswers> parse_sealed_answers(ByteView plaintext);

// SHA-256 (hex) of the salt's bytes followed by the canonical answers.
//
// Errors:
//   sealed_answers_malformed   a salt of another shape, or answers that JSON cannot say
[[nodiscard]] Result<std::string> answers_commitment(std::string_view salt, const Json& answers);

// Checks that `answers` were sealed for this very manifest, so that nobody can sign another
// person's sealed parts as their own.
//
// Errors:
//   sealed_answers_not_bound        another submission, key, form, day, zone or verdict
//   answers_commitment_differs      the manifest committed to other answers
//   attachment_not_bound            the attachments are not exactly the manifest's other parts
[[nodiscard]] Result<Done> check_sealed_answers(const SealedAnswers& answers,
                                                const VerifiedManifest& manifest);

// The size to which an attachment of `size` bytes is padded with zeros before sealing.
[[nodiscard]] std::uint64_t padded_attachment_size(std::uint64_t size);

// Checks an opened attachment against its entry and gives the file without its padding.
//
// Errors:
//   attachment_differs   wrong length, padding that is not zero, or another digest
[[nodiscard]] Result<ByteView> open_attachment(const AttachmentEntry& entry, ByteView padded);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_SEALED_ANSWERS_H_
