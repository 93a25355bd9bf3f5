#include "server/intake/receive_bundle.h"

#include <algorithm>
#include <utility>

#include "shared/submission/bundle.h"
#include "shared/submission/manifest.h"

namespace landfall {
namespace {

// Each piece that is stored costs a flush to disk, each byte that is gathered costs memory.
constexpr std::size_t kPieceBytes = std::size_t{4} << 20;

bool is_zero(std::uint8_t byte) { return byte == 0; }

// A part's own digest is what its upload announced.
Error part_error(Error error) {
  if (error.code == ErrorCode::upload_digest_mismatch) return {ErrorCode::part_digest_mismatch};
  return error;
}

}  // namespace

SubmissionAnswer ReceiveBundle::refuse(Error error) {
  if (!upload_id_.empty()) static_cast<void>(parts_.remove(upload_id_).ok());
  return {std::nullopt, {error, {}}};
}

SubmissionAnswer ReceiveBundle::receive(ByteSource& archive) {
  const SourceEnd end = archive.read([this](ByteView piece) { return take(piece); });
  // The manifest and what had come before were a whole submission: the rest changes nothing.
  if (answer_.issued) return std::move(answer_);
  if (error_) return refuse(*error_);
  if (end != SourceEnd::complete) return refuse(source_error(end));
  // The end mark is two blocks; zeros may fill the last record.
  const bool is_whole =
      step_ == Step::end && end_bytes_ >= 2 * kTarBlockBytes && end_bytes_ % kTarBlockBytes == 0;
  if (!is_whole) return refuse({ErrorCode::tar_malformed});
  if (!submission_) return refuse({ErrorCode::bundle_malformed});
  return submissions_.take(*submission_);
}

// Hands each step as many bytes as it wants. False once something is wrong.
bool ReceiveBundle::take(ByteView piece) {
  while (!piece.empty()) {
    std::size_t size = piece.size();
    if (step_ != Step::end)
      size = static_cast<std::size_t>(std::min<std::uint64_t>(size, left_bytes_));
    if (step_ == Step::part) size = std::min(size, kPieceBytes - gathered_.size());
    const ByteView bytes = piece.first(size);
    piece = piece.subspan(size);
    left_bytes_ -= step_ == Step::end ? 0 : size;
    Result<Done> done = Done{};
    if (step_ == Step::end) {
      end_bytes_ += size;
      if (!std::all_of(bytes.begin(), bytes.end(), is_zero)) {
        done = Error{ErrorCode::tar_malformed};
      }
    } else {
      if (step_ != Step::passed_over) append(gathered_, bytes);
      const bool is_piece = gathered_.size() == kPieceBytes && left_bytes_ > 0;
      if (step_ == Step::part && is_piece) done = store_gathered();
      if (done.ok() && left_bytes_ == 0) done = finish_step();
    }
    if (!done.ok()) {
      error_ = done.error();
      return false;
    }
  }
  return true;
}

// What the step in hand wanted is complete: on to the next, over those that want nothing.
Result<Done> ReceiveBundle::finish_step() {
  Result<Done> done = Done{};
  while (done.ok() && left_bytes_ == 0 && step_ != Step::end) {
    const Step finished = step_;
    step_ = finished == Step::padding ? Step::header : Step::padding;
    left_bytes_ = finished == Step::padding ? kTarBlockBytes : padding_bytes_;
    if (finished == Step::header) {
      done = read_header();
    } else if (finished == Step::manifest) {
      done = read_manifest();
    } else if (finished == Step::part) {
      done = store_gathered();
    } else if (finished == Step::padding) {
      done = check_zeros();
    }
    gathered_.clear();
  }
  return done;
}

Result<Done> ReceiveBundle::check_zeros() const {
  const bool are_zero = std::all_of(gathered_.begin(), gathered_.end(), is_zero);
  return are_zero ? Result<Done>(Done{}) : Error{ErrorCode::tar_malformed};
}

Result<Done> ReceiveBundle::read_header() {
  const Result<std::optional<TarHeader>> header = parse_tar_header(gathered_);
  if (!header.ok()) return header.error();
  if (!header.value()) {
    step_ = Step::end;
    end_bytes_ = kTarBlockBytes;
    return Done{};
  }
  const TarHeader& file = *header.value();
  if (names_.size() > kMaxManifestParts) return Error{ErrorCode::too_large};
  if (!names_.insert(file.name).second) return Error{ErrorCode::tar_malformed};
  padding_bytes_ = file.padding_bytes();
  left_bytes_ = file.size_bytes;
  return enter(file);
}

// What to do with the file that `header` begins.
Result<Done> ReceiveBundle::enter(const TarHeader& header) {
  if (!submission_) {
    if (header.name != kBundleManifestName) return Error{ErrorCode::bundle_malformed};
    if (header.size_bytes > kMaxManifestBytes) return Error{ErrorCode::too_large};
    step_ = Step::manifest;
    return Done{};
  }
  const std::optional<std::string_view> sha256 = parse_bundle_part_name(header.name);
  if (!sha256) return Error{ErrorCode::bundle_malformed};
  const Result<Done> listed = submission_->check_part(*sha256, header.size_bytes);
  if (!listed.ok()) return listed.error();
  const std::vector<std::string>& missing = answer_.refusal.missing;
  const bool is_missing =
      !answer_.issued && std::find(missing.begin(), missing.end(), *sha256) != missing.end();
  step_ = is_missing ? Step::part : Step::passed_over;
  part_sha256_ = *sha256;
  part_bytes_ = header.size_bytes;
  upload_id_.clear();
  upload_offset_ = 0;
  return Done{};
}

Result<Done> ReceiveBundle::read_manifest() {
  Result<VerifiedSubmission> verified = submissions_.verify(text_of(gathered_));
  if (!verified.ok()) return verified.error();
  submission_ = std::move(verified).value();
  answer_ = submissions_.take(*submission_);
  const bool may_go_on = answer_.issued || answer_.refusal.error.code == ErrorCode::parts_missing;
  return may_go_on ? Result<Done>(Done{}) : answer_.refusal.error;
}

// Puts what was gathered of the part in hand where uploads are.
Result<Done> ReceiveBundle::store_gathered() {
  MemorySource source(gathered_);
  const UploadChunk chunk{&source, std::nullopt};
  Result<UploadStatus> status =
      upload_id_.empty() ? parts_.create({part_bytes_, {}, submission_->kid, part_sha256_}, &chunk)
                         : parts_.append(upload_id_, upload_offset_, chunk);
  if (!status.ok()) return part_error(status.error());
  upload_id_ = status.value().record.complete ? std::string() : status.value().record.id;
  upload_offset_ = status.value().offset_bytes;
  gathered_.clear();
  return Done{};
}

}  // namespace landfall
