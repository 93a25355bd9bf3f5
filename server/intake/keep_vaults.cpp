#include "server/intake/keep_vaults.h"

#include <array>
#include <utility>

#include "server/intake/digest.h"
#include "shared/codec/hex.h"

namespace landfall {
namespace {

// Renewed only when that adds so much: a vault may be read every minute.
constexpr std::int64_t kRenewalStepSeconds = 86400;

// A version may be replaced between its record and its file this often before we give up.
constexpr int kOpenAttempts = 5;

std::string new_file_name(Entropy& entropy) {
  std::array<std::uint8_t, 16> bytes{};
  entropy.fill(bytes);
  return format_hex(bytes);
}

// Counts the bytes of one backup as arriving while it lives.
class Arrival {
 public:
  Arrival(std::atomic<std::uint64_t>& total, std::uint64_t bytes) : total_(total), bytes_(bytes) {
    total_ += bytes_;
  }
  Arrival(const Arrival&) = delete;
  Arrival& operator=(const Arrival&) = delete;
  ~Arrival() { total_ -= bytes_; }

 private:
  std::atomic<std::uint64_t>& total_;
  std::uint64_t bytes_;
};

// What stays of a vault that holds nothing: whose it is, and which counter was the last.
VaultRecord tombstone(const VaultRecord& record) {
  return {record.id, record.kid, record.counter, {}, {}, 0, {}, record.expires};
}

}  // namespace

// A verified statement about the vault that was asked for, with what its sender believes.
struct KeepVaults::Wanted {
  std::string id;
  std::string kid;
  std::uint64_t counter = 0;
  std::optional<BackupContent> content;
  std::string statement;
  VaultCondition condition;

  [[nodiscard]] bool is_done(const std::optional<VaultRecord>& known) const {
    return known && !known->file.empty() && known->statement == statement;
  }
};

KeepVaults::KeepVaults(LogNames names, const Store& store, BackupStore& backups,
                       Sequencer& sequencer, const Clock& clock, Entropy& entropy,
                       const VaultLimits& limits)
    : names_(std::move(names)),
      store_(store),
      backups_(backups),
      sequencer_(sequencer),
      clock_(clock),
      entropy_(entropy),
      limits_(limits),
      new_vaults_(limits.new_per_peer_and_day, limits.unbound_peers) {}

bool KeepVaults::is_live(const VaultRecord& record) const {
  return !record.file.empty() && record.expires > clock_.now();
}

Instant KeepVaults::expiry() const {
  return {clock_.now().unix_seconds + limits_.retention_seconds};
}

Result<KeepVaults::Wanted> KeepVaults::verify(std::string_view id, std::string_view statement,
                                              const VaultCondition& condition) const {
  Result<VerifiedBackup> verified = verify_backup_statement(statement, names_.named_by(statement));
  if (!verified.ok()) return verified.error();
  BackupStatement& said = verified.value().statement;
  if (said.vault != id) return Error{ErrorCode::vault_statement_wrong};
  return Wanted{std::string(id),         verified.value().kid,   said.counter,
                std::move(said.content), std::string(statement), condition};
}

// Nothing when `wanted` may be done to what is `known`. Who does not know that there is something
// learns no more than that there is nothing, until he would take the id himself.
std::optional<VaultRefusal> KeepVaults::judge(const std::optional<VaultRecord>& known,
                                              const Wanted& wanted) const {
  const bool is_there = known && is_live(*known);
  if (!is_there && wanted.condition.sha256) return VaultRefusal{{ErrorCode::not_found}};
  if (!known) return std::nullopt;
  if (known->kid != wanted.kid) return VaultRefusal{{ErrorCode::vault_key_wrong}};
  if (is_there && wanted.condition.sha256 != known->sha256) {
    return VaultRefusal{{ErrorCode::vault_changed}, known->sha256};
  }
  if (wanted.counter <= known->counter) return VaultRefusal{{ErrorCode::vault_counter_used}};
  return std::nullopt;
}

VaultAnswer KeepVaults::put(std::string_view id, std::string_view statement,
                            const VaultCondition& condition, ByteSource& ciphertext,
                            const std::string& peer) {
  const Result<Wanted> verified = verify(id, statement, condition);
  if (!verified.ok()) return {std::nullopt, {verified.error()}};
  const Wanted& wanted = verified.value();
  if (!wanted.content) return {std::nullopt, {{ErrorCode::vault_statement_wrong}}};
  const std::uint64_t size = wanted.content->size;
  const std::uint64_t declared = ciphertext.declared_bytes().value_or(size);
  if (size > limits_.backup_bytes || declared > limits_.backup_bytes) {
    return {std::nullopt, {{ErrorCode::too_large}}};
  }
  if (declared != size) return {std::nullopt, {{ErrorCode::upload_digest_mismatch}}};
  // Looked at before the bytes are read, and again when they are there.
  const Result<std::optional<VaultRecord>> known = store_.find_vault(id);
  if (!known.ok()) return {std::nullopt, {known.error()}};
  if (wanted.is_done(known.value())) {
    const Result<VaultRecord> renewed = read(id);
    if (!renewed.ok()) return {std::nullopt, {renewed.error()}};
    return {VaultState{renewed.value(), false}};
  }
  if (std::optional<VaultRefusal> refusal = judge(known.value(), wanted)) {
    return {std::nullopt, *std::move(refusal)};
  }
  const bool is_new = !known.value() || !is_live(*known.value());
  if (is_new && !new_vaults_.enter(peer, clock_.now())) {
    return {std::nullopt, {{ErrorCode::upload_quota_reached}}};
  }
  VaultAnswer answer = keep(wanted, ciphertext);
  if (is_new && !answer.state) new_vaults_.leave(peer);
  return answer;
}

VaultAnswer KeepVaults::remove(std::string_view id, std::string_view statement,
                               const VaultCondition& condition) {
  const Result<Wanted> wanted = verify(id, statement, condition);
  if (!wanted.ok()) return {std::nullopt, {wanted.error()}};
  if (wanted.value().content) return {std::nullopt, {{ErrorCode::vault_statement_wrong}}};
  return record(wanted.value(), {});
}

VaultAnswer KeepVaults::keep(const Wanted& wanted, ByteSource& ciphertext) {
  const std::string file = new_file_name(entropy_);
  const Result<Done> received = receive(ciphertext, *wanted.content, file);
  if (!received.ok()) return {std::nullopt, {received.error()}};
  return record(wanted, file);
}

// The statement says how many bytes will come, so a full disk is told before the first of them.
Result<Done> KeepVaults::receive(ByteSource& ciphertext, const BackupContent& content,
                                 const std::string& file) {
  constexpr Error kMismatch{ErrorCode::upload_digest_mismatch};
  const Arrival arrival(arriving_bytes_, content.size);
  if (backups_.free_bytes() < arriving_bytes_) return Error{ErrorCode::storage_full};
  Result<std::unique_ptr<NewBackup>> backup = backups_.create(file);
  if (!backup.ok()) return backup.error();
  DigestStream digest(DigestKind::sha256);
  std::uint64_t size = 0;
  Result<Done> written = Done{};
  const SourceEnd end = ciphertext.read([&](ByteView piece) {
    size += piece.size();
    written = size <= content.size ? backup.value()->append(piece) : Result<Done>(kMismatch);
    digest.add(piece);
    return written.ok();
  });
  if (!written.ok()) return written.error();
  if (end != SourceEnd::complete) return source_error(end);
  if (size != content.size || format_hex(digest.value()) != content.sha256) return kMismatch;
  return backup.value()->publish();
}

// Makes the durable `file` (none: a deletion) what the vault holds, in one transaction that looks
// again; then the version before it goes.
VaultAnswer KeepVaults::record(const Wanted& wanted, const std::string& file) {
  VaultAnswer answer;
  std::string unused;
  const Result<Done> done = sequencer_.write([&](StoreWriter& writer) -> Result<Done> {
    answer = {};
    unused = file;
    const Result<std::optional<VaultRecord>> known = writer.find_vault(wanted.id);
    if (!known.ok()) return known.error();
    if (wanted.content && wanted.is_done(known.value())) {
      answer.state = VaultState{*known.value(), false};
      return Done{};
    }
    if (std::optional<VaultRefusal> refusal = judge(known.value(), wanted)) {
      answer.refusal = *std::move(refusal);
      return Done{};
    }
    VaultRecord record{wanted.id, wanted.kid, wanted.counter, {}, {}, 0, {}, expiry()};
    if (wanted.content) {
      record.file = file;
      record.sha256 = wanted.content->sha256;
      record.size_bytes = wanted.content->size;
      record.statement = wanted.statement;
    }
    unused = known.value() ? known.value()->file : std::string();
    const bool is_new = !known.value() || !is_live(*known.value());
    answer.state = VaultState{std::move(record), is_new};
    return writer.upsert_vault(answer.state->record);
  });
  if (!done.ok()) {
    answer = {std::nullopt, {done.error()}};
    unused = file;
    // After these nothing is on disk. After others that is not known: the file stays, and the next
    // start removes it when no record names it.
    const ErrorCode code = done.error().code;
    if (code != ErrorCode::storage_full && code != ErrorCode::stopping) unused.clear();
  }
  if (!unused.empty()) static_cast<void>(backups_.remove(unused).ok());
  return answer;
}

Result<VaultRecord> KeepVaults::find(std::string_view id) const {
  if (!is_vault_id(id)) return Error{ErrorCode::not_found};
  Result<std::optional<VaultRecord>> known = store_.find_vault(id);
  if (!known.ok()) return known.error();
  if (!known.value() || !is_live(*known.value())) return Error{ErrorCode::not_found};
  return *std::move(known).value();
}

Result<VaultRecord> KeepVaults::read(std::string_view id) {
  Result<VaultRecord> found = find(id);
  if (!found.ok()) return found;
  const Instant expires = expiry();
  if (expires.unix_seconds - found.value().expires.unix_seconds < kRenewalStepSeconds) return found;
  std::optional<VaultRecord> renewed;
  const Result<Done> done = sequencer_.write([&](StoreWriter& writer) -> Result<Done> {
    renewed.reset();
    Result<std::optional<VaultRecord>> known = writer.find_vault(id);
    if (!known.ok()) return known.error();
    if (!known.value() || !is_live(*known.value())) return Done{};
    renewed = *std::move(known).value();
    renewed->expires = expires;
    return writer.upsert_vault(*renewed);
  });
  // A full disk must not keep anybody from his backup.
  if (!done.ok()) return found;
  if (!renewed) return Error{ErrorCode::not_found};
  return *std::move(renewed);
}

Result<KeepVaults::Opened> KeepVaults::open(std::string_view id) {
  return open_found([&] { return read(id); });
}

Result<KeepVaults::Opened> KeepVaults::look(std::string_view id) const {
  return open_found([&] { return find(id); });
}

Result<KeepVaults::Opened> KeepVaults::open_found(
    const std::function<Result<VaultRecord>()>& find_record) const {
  for (int attempt = 0; attempt < kOpenAttempts; ++attempt) {
    Result<VaultRecord> found = find_record();
    if (!found.ok()) return found.error();
    Result<std::shared_ptr<const StoredBytes>> bytes = backups_.open(found.value().file);
    if (bytes.ok()) return Opened{std::move(found).value(), std::move(bytes).value()};
    if (bytes.error().code != ErrorCode::not_found) return bytes.error();
  }
  return Error{ErrorCode::storage_unavailable};
}

Result<Done> KeepVaults::clean_up() {
  constexpr int kAtOnce = 200;
  Result<std::vector<VaultRecord>> expired = store_.expired_vaults(clock_.now(), kAtOnce);
  if (!expired.ok()) return expired.error();
  if (expired.value().empty()) return Done{};
  std::vector<std::string> files;
  const Result<Done> done = sequencer_.write([&](StoreWriter& writer) -> Result<Done> {
    files.clear();
    for (const VaultRecord& vault : expired.value()) {
      // It may have been read or replaced meanwhile.
      const Result<std::optional<VaultRecord>> known = writer.find_vault(vault.id);
      if (!known.ok()) return known.error();
      const bool is_due = known.value() && !known.value()->file.empty() && !is_live(*known.value());
      if (!is_due) continue;
      files.push_back(known.value()->file);
      const Result<Done> forgotten = writer.upsert_vault(tombstone(*known.value()));
      if (!forgotten.ok()) return forgotten.error();
    }
    return Done{};
  });
  if (!done.ok()) return done.error();
  for (const std::string& file : files) {
    const Result<Done> removed = backups_.remove(file);
    if (!removed.ok()) return removed.error();
  }
  return Done{};
}

Result<Done> KeepVaults::remove_orphans() {
  for (const std::string& file : backups_.list()) {
    const Result<bool> known = store_.is_backup_known(file);
    if (!known.ok()) return known.error();
    if (known.value()) continue;
    const Result<Done> removed = backups_.remove(file);
    if (!removed.ok()) return removed.error();
  }
  return Done{};
}

}  // namespace landfall
