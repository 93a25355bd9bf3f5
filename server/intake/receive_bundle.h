// A hand-carried submission, whoever carries it: the bundle taken as it arrives.

#ifndef LANDFALL_SERVER_INTAKE_RECEIVE_BUNDLE_H_
#define LANDFALL_SERVER_INTAKE_RECEIVE_BUNDLE_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "server/intake/accept_submission.h"
#include "server/intake/byte_source.h"
#include "server/intake/receive_parts.h"
#include "shared/base/bytes.h"
#include "shared/codec/tar.h"

namespace landfall {

// Receives one bundle in constant memory: its manifest is verified before a part is read, and each
// part goes to storage piece by piece. Parts that are here already, and everything after the
// manifest of a submission that lacks none, are read and thrown away. Used once.
class ReceiveBundle {
 public:
  // Both must outlive this.
  ReceiveBundle(AcceptSubmission& submissions, ReceiveParts& parts)
      : submissions_(submissions), parts_(parts) {}

  // Reads `archive` to its end, or to the first thing that is wrong with it.
  //
  // Refusals: those of AcceptSubmission::accept_manifest and of ReceiveParts; tar_malformed,
  // bundle_malformed, part_not_in_manifest, part_size_mismatch, part_digest_mismatch;
  // request_incomplete, request_too_slow, too_large for the source. Parts that came whole stay
  // until they expire, so that a second try lacks fewer; never half of one.
  SubmissionAnswer receive(ByteSource& archive);

 private:
  enum class Step : std::uint8_t { header, manifest, part, passed_over, padding, end };

  bool take(ByteView piece);
  Result<Done> finish_step();
  Result<Done> read_header();
  Result<Done> enter(const TarHeader& header);
  Result<Done> read_manifest();
  Result<Done> store_gathered();
  Result<Done> check_zeros() const;
  SubmissionAnswer refuse(Error error);

  AcceptSubmission& submissions_;
  ReceiveParts& parts_;
  Step step_ = Step::header;
  std::uint64_t left_bytes_ = kTarBlockBytes;  // of this step
  std::uint64_t end_bytes_ = 0;      // zeros after the last file, the first block included
  std::uint64_t padding_bytes_ = 0;  // after the file in hand
  Bytes gathered_;
  std::set<std::string> names_;
  std::optional<VerifiedSubmission> submission_;
  SubmissionAnswer answer_;  // to the manifest alone
  std::optional<Error> error_;
  std::string part_sha256_;
  std::uint64_t part_bytes_ = 0;
  std::string upload_id_;  // of the part in hand, once some of it is stored
  std::uint64_t upload_offset_ = 0;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_RECEIVE_BUNDLE_H_
