#include "server/intake/receive_parts.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <utility>

#include "shared/codec/hex.h"

namespace landfall {
namespace {

// Running digests of uploads nobody works on are kept for this many; the others are computed again.
constexpr std::size_t kMaxIdleUploads = 256;

// How long a second request for the same upload waits for the first to end.
constexpr std::chrono::milliseconds kLeaseWait{500};

}  // namespace

// What is known in memory of one upload. The lock is held by whoever reads or writes the rest;
// durable_bytes may be read by anybody.
struct ReceiveParts::Active {
  std::timed_mutex lock;
  std::unique_ptr<UploadFile> file;
  std::optional<DigestStream> digest;  // of all bytes of the file, unless it must be computed again
  std::atomic<std::uint64_t> durable_bytes = 0;
  std::atomic<bool> is_ready = false;
};

// Keeps an Active from being dropped, and its lock while held.
class ReceiveParts::Lease {
 public:
  explicit Lease(std::shared_ptr<Active> active)
      : active_(std::move(active)), lock_(active_->lock, kLeaseWait) {}

  [[nodiscard]] bool is_held() const { return lock_.owns_lock(); }
  [[nodiscard]] Active& active() const { return *active_; }

 private:
  std::shared_ptr<Active> active_;
  std::unique_lock<std::timed_mutex> lock_;
};

ReceiveParts::ReceiveParts(const Store& store, PartStore& parts, Sequencer& sequencer,
                           const Clock& clock, Entropy& entropy, const PartLimits& limits)
    : store_(store),
      parts_(parts),
      sequencer_(sequencer),
      clock_(clock),
      entropy_(entropy),
      limits_(limits),
      empty_({limits.empty_uploads_per_key, limits.empty_uploads_in_all}) {}

ReceiveParts::~ReceiveParts() = default;

ReceiveParts::Lease ReceiveParts::lease(std::string_view id) {
  std::shared_ptr<Active> active;
  {
    const std::lock_guard lock(mutex_);
    if (active_.size() > kMaxIdleUploads) {
      std::erase_if(active_, [](const auto& entry) { return entry.second.use_count() == 1; });
    }
    std::shared_ptr<Active>& slot = active_[std::string(id)];
    if (slot == nullptr) slot = std::make_shared<Active>();
    active = slot;
  }
  return Lease(std::move(active));
}

std::string ReceiveParts::new_id() {
  std::array<std::uint8_t, 16> bytes{};
  entropy_.fill(bytes);
  return format_hex(bytes);
}

// Whether `length_bytes` more would fit. Empty uploads take no room, so a key is asked again when
// the first bytes of one arrive.
Result<Done> ReceiveParts::check_room(std::string_view kid, std::uint64_t length_bytes) const {
  if (length_bytes > limits_.upload_bytes) return Error{ErrorCode::too_large};
  const Result<Store::Pending> listed = store_.pending_uploads(kid);
  if (!listed.ok()) return listed.error();
  const EmptyUploads::Share empty = empty_.of_key(kid);
  const std::uint64_t count = listed.value().count - std::min(listed.value().count, empty.count);
  const std::uint64_t bytes = listed.value().bytes - std::min(listed.value().bytes, empty.bytes);
  if (count >= limits_.pending_uploads_per_key ||
      bytes + length_bytes > limits_.pending_bytes_per_key ||
      pending_.bytes() + length_bytes > limits_.pending_bytes_in_all) {
    return Error{ErrorCode::upload_quota_reached};
  }
  if (parts_.free_bytes() < length_bytes) return Error{ErrorCode::storage_full};
  return Done{};
}

// Lists `record` as empty, with the short life of those, and pushes out what is too many.
Result<Done> ReceiveParts::keep_empty(UploadRecord& record, const NewUpload& wanted) {
  const std::int64_t seconds = std::min(limits_.empty_seconds, limits_.unclaimed_seconds);
  record.expires = {clock_.now().unix_seconds + seconds};
  for (const std::string& id :
       empty_.enter({record.id, record.kid, wanted.peer, record.length_bytes})) {
    evict(id);
  }
  const Result<Done> stored =
      sequencer_.write([&](StoreWriter& writer) { return writer.upsert_upload(record); });
  if (!stored.ok()) empty_.leave(record.id);
  return stored;
}

// Gives an upload that has bytes now its full life; a complete one is recorded by complete().
Result<Done> ReceiveParts::keep_filled(const Active& active, UploadRecord& record) {
  if (active.durable_bytes == 0) return Done{};
  empty_.leave(record.id);
  if (record.expires.unix_seconds > clock_.now().unix_seconds + limits_.empty_seconds) {
    return Done{};
  }
  record.expires = {clock_.now().unix_seconds + limits_.unclaimed_seconds};
  if (active.durable_bytes == record.length_bytes) return Done{};
  return sequencer_.write([&](StoreWriter& writer) { return writer.upsert_upload(record); });
}

// Forgets an empty upload, unless somebody is just filling it.
void ReceiveParts::evict(std::string_view id) {
  const Lease lease = this->lease(id);
  if (!lease.is_held()) return;
  Active& active = lease.active();
  if (active.is_ready && active.durable_bytes > 0) return;
  active.is_ready = false;
  static_cast<void>(forget(id).ok());
}

Result<UploadStatus> ReceiveParts::create(const NewUpload& wanted, const UploadChunk* first) {
  const Result<Done> room = check_room(wanted.kid, wanted.length_bytes);
  if (!room.ok()) return room.error();
  UploadRecord record{new_id(),
                      wanted.kid,
                      wanted.sha256,
                      wanted.length_bytes,
                      wanted.metadata,
                      {clock_.now().unix_seconds + limits_.unclaimed_seconds},
                      false};
  const Lease lease = this->lease(record.id);
  Active& active = lease.active();
  if (first != nullptr || wanted.length_bytes == 0) {
    Result<Done> ready = make_ready(active, record.id);
    if (ready.ok() && first != nullptr) ready = receive(active, record, *first);
    if (ready.ok() && active.durable_bytes == record.length_bytes) ready = complete(active, record);
    if (!ready.ok()) {
      // Nobody knows the upload's address yet, so nobody could go on with it.
      static_cast<void>(give_up(active, record.id).ok());
      return ready.error();
    }
    if (record.complete) return UploadStatus{record, record.length_bytes};
    const Result<Done> named = active.file->sync_name();
    if (!named.ok()) {
      static_cast<void>(give_up(active, record.id).ok());
      return named.error();
    }
  }
  const Result<Done> stored =
      active.durable_bytes == 0
          ? keep_empty(record, wanted)
          : sequencer_.write([&](StoreWriter& writer) { return writer.upsert_upload(record); });
  if (!stored.ok()) {
    static_cast<void>(give_up(active, record.id).ok());
    return stored.error();
  }
  return UploadStatus{record, active.durable_bytes};
}

Result<UploadRecord> ReceiveParts::find_live(std::string_view id) const {
  Result<std::optional<UploadRecord>> record = store_.find_upload(id);
  if (!record.ok()) return record.error();
  if (!record.value()) return Error{ErrorCode::not_found};
  if (record.value()->expires <= clock_.now()) return Error{ErrorCode::upload_expired};
  return *std::move(record).value();
}

Result<UploadStatus> ReceiveParts::status(std::string_view id) {
  Result<UploadRecord> record = find_live(id);
  if (!record.ok()) return record.error();
  if (record.value().complete) {
    const std::uint64_t length = record.value().length_bytes;
    return UploadStatus{std::move(record).value(), length};
  }
  const Lease lease = this->lease(id);
  Active& active = lease.active();
  if (lease.is_held()) {
    const Result<Done> ready = make_ready(active, id);
    if (!ready.ok()) return ready.error();
  } else if (!active.is_ready) {
    return Error{ErrorCode::upload_busy};
  }
  return UploadStatus{std::move(record).value(), active.durable_bytes};
}

Result<Done> ReceiveParts::make_ready(Active& active, std::string_view id) {
  if (active.is_ready) return Done{};
  Result<std::unique_ptr<UploadFile>> file = parts_.open_upload(id);
  if (!file.ok()) return file.error();
  active.file = std::move(file).value();
  active.durable_bytes = active.file->size_bytes();
  if (active.file->size_bytes() == 0) active.digest.emplace(DigestKind::sha256);
  active.is_ready = true;
  return Done{};
}

Result<UploadStatus> ReceiveParts::append(std::string_view id, std::uint64_t offset_bytes,
                                          const UploadChunk& chunk) {
  const Lease lease = this->lease(id);
  if (!lease.is_held()) return Error{ErrorCode::upload_busy};
  Result<UploadRecord> found = find_live(id);
  if (!found.ok()) return found.error();
  UploadRecord record = std::move(found).value();
  if (record.complete) {
    if (offset_bytes != record.length_bytes) return Error{ErrorCode::upload_offset_mismatch};
    const SourceEnd end = chunk.source->read([](ByteView) { return false; });
    if (end == SourceEnd::refused) return Error{ErrorCode::too_large};
    return UploadStatus{std::move(record), offset_bytes};
  }
  Active& active = lease.active();
  Result<Done> done = make_ready(active, id);
  if (!done.ok()) return done.error();
  if (offset_bytes != active.durable_bytes) return Error{ErrorCode::upload_offset_mismatch};
  if (active.durable_bytes == 0) done = check_room(record.kid, record.length_bytes);
  if (!done.ok()) return done.error();
  done = receive(active, record, chunk);
  // Also what arrived before a connection broke makes the upload last.
  const Result<Done> kept = keep_filled(active, record);
  if (done.ok()) done = kept;
  if (!done.ok()) return done.error();
  if (active.durable_bytes < record.length_bytes) {
    done = active.file->sync_name();
  } else {
    done = complete(active, record);
  }
  if (!done.ok()) return done.error();
  return UploadStatus{std::move(record), active.durable_bytes};
}

Result<Done> ReceiveParts::receive(Active& active, const UploadRecord& record,
                                   const UploadChunk& chunk) {
  const std::uint64_t room = record.length_bytes - active.durable_bytes;
  if (chunk.source->declared_bytes().value_or(0) > room) return Error{ErrorCode::too_large};
  if (chunk.checksum) return receive_checked(active, record, chunk);

  UploadFile& file = *active.file;
  Result<Done> written = Done{};
  const SourceEnd end = chunk.source->read([&](ByteView piece) {
    const bool fits = piece.size() <= record.length_bytes - file.size_bytes();
    written = fits ? file.append(piece) : Result<Done>(Error{ErrorCode::too_large});
    if (written.ok()) pending_.add(piece.size());
    if (written.ok() && active.digest) active.digest->add(piece);
    return written.ok();
  });
  if (!written.ok()) {
    active.digest.reset();
    pending_.release(file.size_bytes() - active.durable_bytes);
    // What a failed cut leaves is not known: the next request starts from the file.
    if (!file.truncate(active.durable_bytes).ok()) active.is_ready = false;
    return written.error();
  }
  const Result<Done> synced = file.sync();
  if (!synced.ok()) {
    // After a failed fsync nobody knows what is on disk: the next request starts from the file.
    active.is_ready = false;
    active.digest.reset();
    return synced.error();
  }
  active.durable_bytes = file.size_bytes();
  if (end == SourceEnd::complete) return Done{};
  const Result<Done> named = file.sync_name();
  return named.ok() ? source_error(end) : named.error();
}

// Bytes under a checksum go to a file of their own first: whatever happens meanwhile, the upload
// never holds a byte that was not verified.
Result<Done> ReceiveParts::receive_checked(Active& active, const UploadRecord& record,
                                           const UploadChunk& chunk) {
  const std::string spool_id = new_id();
  const Lease spool_lease = lease(spool_id);
  Result<std::unique_ptr<UploadFile>> spool = parts_.open_upload(spool_id);
  if (!spool.ok()) return spool.error();
  DigestStream checksum(chunk.checksum->kind);
  Result<Done> written = Done{};
  const SourceEnd end = chunk.source->read([&](ByteView piece) {
    const std::uint64_t total = active.durable_bytes + spool.value()->size_bytes() + piece.size();
    const bool fits = total <= record.length_bytes;
    written = fits ? spool.value()->append(piece) : Result<Done>(Error{ErrorCode::too_large});
    if (written.ok()) pending_.add(piece.size());
    checksum.add(piece);
    return written.ok();
  });
  if (written.ok() && end != SourceEnd::complete) written = source_error(end);
  if (written.ok() && checksum.value() != chunk.checksum->value) {
    written = Error{ErrorCode::upload_checksum_mismatch};
  }
  if (written.ok()) {
    Result<Done> copied = Done{};
    written = spool.value()->read([&](ByteView piece) {
      if (copied.ok()) copied = active.file->append(piece);
      if (copied.ok() && active.digest) active.digest->add(piece);
    });
    if (written.ok()) written = copied;
    if (written.ok()) written = active.file->sync();
    if (!written.ok()) {
      active.is_ready = false;
      active.digest.reset();
    }
  }
  // What was copied is counted once: the spool's bytes are the upload's now.
  if (!written.ok()) pending_.release(spool.value()->size_bytes());
  static_cast<void>(parts_.discard_upload(spool_id).ok());
  if (written.ok()) active.durable_bytes = active.file->size_bytes();
  return written;
}

Result<Done> ReceiveParts::rehash(Active& active) {
  active.digest.emplace(DigestKind::sha256);
  return active.file->read([&](ByteView piece) { active.digest->add(piece); });
}

Result<Done> ReceiveParts::complete(Active& active, UploadRecord& record) {
  if (!active.digest) {
    const Result<Done> hashed = rehash(active);
    if (!hashed.ok()) return hashed.error();
  }
  const std::string sha256 = format_hex(active.digest->value());
  if (!record.sha256.empty() && record.sha256 != sha256) {
    const Result<Done> forgotten = give_up(active, record.id);
    return forgotten.ok() ? Error{ErrorCode::upload_digest_mismatch} : forgotten.error();
  }
  record.sha256 = sha256;
  record.complete = true;
  if (record.kid.empty()) {
    // No manifest can claim it, so it never becomes a part and expires as an upload.
    const Result<Done> named = active.file->sync_name();
    if (!named.ok()) return named.error();
    return sequencer_.write([&](StoreWriter& writer) { return writer.upsert_upload(record); });
  }
  const Result<Done> published =
      publish(record.id, {sha256, record.kid, record.length_bytes, record.expires, {}}, &record);
  if (!published.ok()) return published.error();
  active.file.reset();
  active.digest.reset();
  active.is_ready = false;
  return Done{};
}

Result<Done> ReceiveParts::publish(std::string_view id, const PartRecord& part,
                                   const UploadRecord* upload_record) {
  const std::shared_lock publishing(publishing_);
  const Result<Done> published = parts_.publish(id, part.sha256);
  if (!published.ok()) return published.error();
  const Result<Done> recorded = sequencer_.write([&](StoreWriter& writer) -> Result<Done> {
    Result<std::optional<PartRecord>> known = writer.find_part(part.sha256, part.kid);
    if (!known.ok()) return known.error();
    if (!known.value() || !known.value()->claimed) {
      Result<Done> stored = writer.upsert_part(part);
      if (!stored.ok()) return stored.error();
    }
    return upload_record == nullptr ? Done{} : writer.upsert_upload(*upload_record);
  });
  // The part has its own name now; one that stays behind is an orphan for clean_up().
  if (recorded.ok()) static_cast<void>(parts_.discard_upload(id).ok());
  return recorded;
}

Result<Done> ReceiveParts::keep_part(std::string_view kid, std::string_view sha256,
                                     ByteView bytes) {
  const Result<Done> room = check_room(kid, bytes.size());
  if (!room.ok()) return room.error();
  const std::string id = new_id();
  const Lease lease = this->lease(id);
  Result<std::unique_ptr<UploadFile>> file = parts_.open_upload(id);
  if (!file.ok()) return file.error();
  Result<Done> done = file.value()->append(bytes);
  if (done.ok()) done = file.value()->sync();
  if (done.ok()) {
    const Instant expires{clock_.now().unix_seconds + limits_.unclaimed_seconds};
    done = publish(id, {std::string(sha256), std::string(kid), bytes.size(), expires, {}}, nullptr);
  }
  if (done.ok()) pending_.add(bytes.size());
  if (!done.ok()) static_cast<void>(parts_.discard_upload(id).ok());
  return done;
}

// Forgets an upload whose lease the caller holds, and gives back the room of its bytes.
Result<Done> ReceiveParts::give_up(Active& active, std::string_view id) {
  if (active.is_ready) pending_.release(active.durable_bytes);
  active.is_ready = false;
  return forget(id);
}

Result<Done> ReceiveParts::forget(std::string_view id) {
  empty_.leave(id);
  const Result<Done> discarded = parts_.discard_upload(id);
  const Result<Done> deleted =
      sequencer_.write([&](StoreWriter& writer) { return writer.delete_upload(id); });
  return deleted.ok() ? discarded : deleted;
}

Result<Done> ReceiveParts::remove(std::string_view id) {
  const Lease lease = this->lease(id);
  if (!lease.is_held()) return Error{ErrorCode::upload_busy};
  Result<UploadRecord> record = find_live(id);
  if (!record.ok()) return record.error();
  if (record.value().complete && !record.value().kid.empty()) {
    const Result<Done> removed =
        remove_parts({{record.value().sha256, record.value().kid, 0, record.value().expires, {}}});
    if (!removed.ok()) return removed.error();
  }
  return give_up(lease.active(), id);
}

// Errors: part_claimed when one of several was claimed; the others are gone all the same.
Result<Done> ReceiveParts::remove_parts(const std::vector<PartRecord>& parts) {
  const std::unique_lock publishing(publishing_);
  std::vector<std::string> unused;
  bool was_claimed = false;
  const Result<Done> deleted = sequencer_.write([&](StoreWriter& writer) -> Result<Done> {
    unused.clear();
    for (const PartRecord& part : parts) {
      Result<std::optional<PartRecord>> known = writer.find_part(part.sha256, part.kid);
      if (!known.ok()) return known.error();
      if (!known.value()) continue;
      if (known.value()->claimed) {
        was_claimed = true;
        continue;
      }
      Result<bool> is_unused = writer.delete_part(part.sha256, part.kid);
      if (!is_unused.ok()) return is_unused.error();
      if (is_unused.value()) unused.push_back(part.sha256);
    }
    return Done{};
  });
  if (!deleted.ok()) return deleted.error();
  for (const std::string& sha256 : unused) {
    const Result<Done> removed = parts_.remove_part(sha256);
    if (!removed.ok()) return removed.error();
  }
  return was_claimed ? Result<Done>(Error{ErrorCode::part_claimed}) : Done{};
}

Result<Done> ReceiveParts::clean_up() {
  constexpr int kAtOnce = 200;
  Result<std::vector<UploadRecord>> uploads = store_.expired_uploads(clock_.now(), kAtOnce);
  if (!uploads.ok()) return uploads.error();
  for (const UploadRecord& upload : uploads.value()) {
    const Lease lease = this->lease(upload.id);
    if (!lease.is_held()) continue;
    lease.active().is_ready = false;
    const Result<Done> forgotten = forget(upload.id);
    if (!forgotten.ok()) return forgotten.error();
  }
  Result<std::vector<PartRecord>> parts = store_.expired_parts(clock_.now(), kAtOnce);
  if (!parts.ok()) return parts.error();
  if (!parts.value().empty()) {
    const Result<Done> removed = remove_parts(parts.value());
    if (!removed.ok() && removed.error().code != ErrorCode::part_claimed) return removed.error();
  }
  const Result<Done> counted = count_pending();
  if (!counted.ok()) return counted.error();
  return orphans_removed_ ? Done{} : remove_orphans();
}

Result<Done> ReceiveParts::count_pending() {
  pending_.begin_count();
  // Files first: an upload that becomes a part in between counts twice, not never.
  const std::uint64_t in_uploads = parts_.upload_bytes();
  const Result<std::uint64_t> in_parts = store_.unclaimed_part_bytes();
  if (!in_parts.ok()) return in_parts.error();
  pending_.end_count(in_uploads + in_parts.value());
  return Done{};
}

// Only a crash leaves orphans, so once after the start is enough.
Result<Done> ReceiveParts::remove_orphans() {
  for (const std::string& id : parts_.list_uploads()) {
    {
      const std::lock_guard lock(mutex_);
      if (active_.contains(id)) continue;
    }
    Result<std::optional<UploadRecord>> record = store_.find_upload(id);
    if (!record.ok()) return record.error();
    if (record.value()) continue;
    const Result<Done> discarded = parts_.discard_upload(id);
    if (!discarded.ok()) return discarded.error();
  }
  for (const std::string& sha256 : parts_.list_parts()) {
    const std::unique_lock publishing(publishing_);
    Result<bool> known = store_.is_part_known(sha256);
    if (!known.ok()) return known.error();
    if (known.value()) continue;
    const Result<Done> removed = parts_.remove_part(sha256);
    if (!removed.ok()) return removed.error();
  }
  orphans_removed_ = true;
  return Done{};
}

}  // namespace landfall
