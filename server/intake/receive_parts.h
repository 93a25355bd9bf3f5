// Receiving sealed parts: resumable uploads that become content-addressed parts of one key.

#ifndef LANDFALL_SERVER_INTAKE_RECEIVE_PARTS_H_
#define LANDFALL_SERVER_INTAKE_RECEIVE_PARTS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "server/intake/byte_source.h"
#include "server/intake/clock.h"
#include "server/intake/digest.h"
#include "server/intake/empty_uploads.h"
#include "server/intake/part_store.h"
#include "server/intake/pending_room.h"
#include "server/intake/sequencer.h"
#include "server/intake/store.h"
#include "shared/base/entropy.h"

namespace landfall {

// Bounds on what strangers may leave here. Uploads claimed by a submission do not count, and in the
// sum over everybody only bytes that have arrived do: announcing costs nothing.
struct PartLimits {
  std::uint64_t upload_bytes = std::uint64_t{256} << 20;  // one part
  std::uint64_t pending_bytes_per_key = std::uint64_t{1} << 30;
  std::uint64_t pending_uploads_per_key = 2000;
  std::uint64_t pending_bytes_in_all = std::uint64_t{64} << 30;
  std::int64_t unclaimed_seconds = 7 * 24 * 3600;  // then an upload or a part is forgotten
  std::int64_t empty_seconds = 15 * 60;            // the same for an upload without a byte
  // Beyond these the oldest empty upload is forgotten, and the new one is taken.
  std::size_t empty_uploads_per_key = 256;
  std::size_t empty_uploads_in_all = 4096;
};

// What a client says when it makes an upload. `kid` and `sha256` may be empty; `peer` is where the
// request came from, used only to tell one who makes many empty uploads from the others.
struct NewUpload {
  std::uint64_t length_bytes = 0;
  std::string metadata;
  std::string kid;
  std::string sha256;
  std::string peer = {};
};

// Bytes for the end of an upload. With `checksum` they are kept only when they match it, all or
// nothing; without, whatever arrived is kept, so that a broken connection loses little.
struct UploadChunk {
  struct Checksum {
    DigestKind kind = DigestKind::sha256;
    Bytes value;
  };
  ByteSource* source = nullptr;
  std::optional<Checksum> checksum;
};

// An upload as it stands. `offset_bytes` counts durable bytes only.
struct UploadStatus {
  UploadRecord record;
  std::uint64_t offset_bytes = 0;
};

// Thread rule: any thread; two writers of one upload at once: the second gets upload_busy.
class ReceiveParts {
 public:
  ReceiveParts(const Store& store, PartStore& parts, Sequencer& sequencer, const Clock& clock,
               Entropy& entropy, const PartLimits& limits);
  ~ReceiveParts();

  // Makes an upload, filled by `first` when that is not null. When all of it arrives at once, the
  // part is durable under its digest before this returns. An upload that stays empty lives for
  // minutes only, and may be pushed out by newer empty ones; its first bytes make it last.
  //
  // Errors: too_large, upload_quota_reached, and those of append()
  Result<UploadStatus> create(const NewUpload& wanted, const UploadChunk* first);

  // Errors: not_found, upload_expired
  Result<UploadStatus> status(std::string_view id);

  // Adds `chunk` at `offset_bytes`, which must be where the upload ends.
  //
  // Errors:
  //   not_found, upload_expired
  //   upload_offset_mismatch     another offset; nothing changed
  //   upload_checksum_mismatch   the chunk was dropped
  //   upload_digest_mismatch     complete, but not the bytes announced: the upload was dropped
  //   upload_busy                somebody else is writing it
  //   too_large                  more bytes than announced
  //   request_incomplete, request_too_slow   what arrived is kept unless a checksum covers it
  //   upload_quota_reached       the key, or everybody together, holds too much already
  //   storage_full, storage_unavailable
  Result<UploadStatus> append(std::string_view id, std::uint64_t offset_bytes,
                              const UploadChunk& chunk);

  // Forgets an upload and the part it became. Errors: not_found, upload_busy, part_claimed
  Result<Done> remove(std::string_view id);

  // Keeps `bytes` as a part of `kid`, durable when it returns. REQUIRES: `sha256` is theirs.
  Result<Done> keep_part(std::string_view kid, std::string_view sha256, ByteView bytes);

  // Bytes that may still be stored.
  [[nodiscard]] std::uint64_t free_bytes() const { return parts_.free_bytes(); }

  // Drops what expired, and files that no record knows (a crash leaves them).
  Result<Done> clean_up();

 private:
  struct Active;
  class Lease;
  Lease lease(std::string_view id);
  Result<Done> check_room(std::string_view kid, std::uint64_t length_bytes) const;
  Result<Done> keep_empty(UploadRecord& record, const NewUpload& wanted);
  Result<Done> keep_filled(const Active& active, UploadRecord& record);
  Result<UploadRecord> find_live(std::string_view id) const;
  Result<Done> make_ready(Active& active, std::string_view id);
  Result<Done> receive(Active& active, const UploadRecord& record, const UploadChunk& chunk);
  Result<Done> receive_checked(Active& active, const UploadRecord& record,
                               const UploadChunk& chunk);
  Result<Done> rehash(Active& active);
  Result<Done> complete(Active& active, UploadRecord& record);
  Result<Done> publish(std::string_view id, const PartRecord& part,
                       const UploadRecord* upload_record);
  Result<Done> forget(std::string_view id);
  Result<Done> give_up(Active& active, std::string_view id);
  void evict(std::string_view id);
  Result<Done> count_pending();
  Result<Done> remove_parts(const std::vector<PartRecord>& parts);
  Result<Done> remove_orphans();
  std::string new_id();

  const Store& store_;
  PartStore& parts_;
  Sequencer& sequencer_;
  const Clock& clock_;
  Entropy& entropy_;
  PartLimits limits_;
  // Guards active_: the uploads that somebody works on or lately did, with their running digests.
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Active>, std::less<>> active_;
  // Shared while a part goes from file to record, exclusive while parts are removed: otherwise a
  // removal could take the file from under a record that is about to be written.
  std::shared_mutex publishing_;
  bool orphans_removed_ = false;
  PendingRoom pending_;  // bytes that have arrived and that no submission has claimed
  EmptyUploads empty_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_RECEIVE_PARTS_H_
