// Keeping the backups of applicants' vaults: opaque ciphertext, replaced by compare-and-swap.

#ifndef LANDFALL_SERVER_INTAKE_KEEP_VAULTS_H_
#define LANDFALL_SERVER_INTAKE_KEEP_VAULTS_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/intake/backup_store.h"
#include "server/intake/byte_source.h"
#include "server/intake/clock.h"
#include "server/intake/log_names.h"
#include "server/intake/new_vaults.h"
#include "server/intake/sequencer.h"
#include "server/intake/store.h"
#include "shared/base/entropy.h"
#include "shared/submission/backup.h"

namespace landfall {

// Bounds on what may be kept here, and for how long.
struct VaultLimits {
  std::uint64_t backup_bytes = kMaxBackupBytes;
  std::int64_t retention_seconds = std::int64_t{365} * 24 * 3600;  // after it was last put or got
  // High, because many applicants may share one address.
  std::uint64_t new_per_peer_and_day = 200;
  std::vector<std::string> unbound_peers = {};  // peers that the number above does not bind
};

// What the client believes about the vault: that there is none, or that it holds the ciphertext of
// this SHA-256 (hex).
struct VaultCondition {
  std::optional<std::string> sha256;
};

// A refusal, and what the vault holds where that is the reason (vault_changed; may be empty).
struct VaultRefusal {
  Error error;
  std::string present_sha256 = {};
};

// What a vault holds now.
struct VaultState {
  VaultRecord record;
  bool is_new = false;  // there was nothing under this id before
};

// Exactly one of the two is set.
struct VaultAnswer {
  std::optional<VaultState> state = {};
  VaultRefusal refusal = {};
};

// Thread rule: any thread.
class KeepVaults {
 public:
  // `names` are those of the log, one of which statements must name. All must outlive this.
  KeepVaults(LogNames names, const Store& store, BackupStore& backups, Sequencer& sequencer,
             const Clock& clock, Entropy& entropy, const VaultLimits& limits);

  // Keeps `ciphertext`, which `statement` must describe, as what vault `id` holds; durable when it
  // returns, and the version before it is gone. The same statement again changes nothing.
  //
  // Refusals, nothing changed:
  //   those of verify_backup_statement
  //   vault_statement_wrong    about another vault, or a deletion
  //   not_found                nothing is kept under `id`, though `condition` names something
  //   vault_key_wrong          not by the key that first used `id`
  //   vault_changed            it holds something else than `condition` says
  //   vault_counter_used       the counter is not greater than the last one
  //   upload_digest_mismatch   the ciphertext has another size or digest than stated
  //   too_large, upload_quota_reached, request_incomplete, request_too_slow
  //   storage_full, storage_unavailable, stopping
  VaultAnswer put(std::string_view id, std::string_view statement, const VaultCondition& condition,
                  ByteSource& ciphertext, const std::string& peer);

  // Forgets what vault `id` holds, as `statement` (a deletion) asks. Its id stays with its key.
  //
  // Refusals: as put(); vault_statement_wrong for one that is no deletion
  VaultAnswer remove(std::string_view id, std::string_view statement,
                     const VaultCondition& condition);

  // What vault `id` holds, nothing changed. Errors: not_found, storage_unavailable
  [[nodiscard]] Result<VaultRecord> find(std::string_view id) const;

  // The same for somebody who reads it: its time begins anew, in steps of a day, so that reading
  // often does not write often.
  Result<VaultRecord> read(std::string_view id);

  // The ciphertext of vault `id` with its record. Errors: as read()
  struct Opened {
    VaultRecord record;
    std::shared_ptr<const StoredBytes> bytes;
  };
  Result<Opened> open(std::string_view id);

  // As open(), nothing changed.
  [[nodiscard]] Result<Opened> look(std::string_view id) const;

  // Forgets what has expired.
  Result<Done> clean_up();

  // Removes files that no record knows: a crash leaves them. REQUIRES: nobody else is served yet.
  Result<Done> remove_orphans();

 private:
  struct Wanted;
  Result<Wanted> verify(std::string_view id, std::string_view statement,
                        const VaultCondition& condition) const;
  [[nodiscard]] std::optional<VaultRefusal> judge(const std::optional<VaultRecord>& known,
                                                  const Wanted& wanted) const;
  [[nodiscard]] bool is_live(const VaultRecord& record) const;
  [[nodiscard]] Instant expiry() const;
  Result<Done> receive(ByteSource& ciphertext, const BackupContent& content,
                       const std::string& file);
  VaultAnswer record(const Wanted& wanted, const std::string& file);
  VaultAnswer keep(const Wanted& wanted, ByteSource& ciphertext);
  Result<Opened> open_found(const std::function<Result<VaultRecord>()>& find_record) const;

  LogNames names_;
  const Store& store_;
  BackupStore& backups_;
  Sequencer& sequencer_;
  const Clock& clock_;
  Entropy& entropy_;
  VaultLimits limits_;
  NewVaults new_vaults_;
  std::atomic<std::uint64_t> arriving_bytes_ = 0;  // stated, of everybody
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_KEEP_VAULTS_H_
