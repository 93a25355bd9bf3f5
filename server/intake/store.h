// The records of intake (submissions, receipts, parts, vaults, the log) as the use cases need them.

#ifndef LANDFALL_SERVER_INTAKE_STORE_H_
#define LANDFALL_SERVER_INTAKE_STORE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/intake/clock.h"
#include "shared/base/result.h"
#include "shared/submission/merkle_log.h"

namespace landfall {

// One upload as tus sees it. `kid` and `sha256` come from Upload-Metadata and may be empty: such
// an upload can be filled, but no manifest can claim it.
struct UploadRecord {
  std::string id;  // 32 hex digits
  std::string kid;
  std::string sha256;
  std::uint64_t length_bytes = 0;
  std::string metadata;  // the header's value, as it came
  Instant expires;
  bool complete = false;

  bool operator==(const UploadRecord&) const = default;
};

// A sealed part that lies durably under its digest, brought by the holder of `kid`.
struct PartRecord {
  std::string sha256;
  std::string kid;
  std::uint64_t size_bytes = 0;
  Instant expires;                       // when nobody claims it before
  std::optional<std::uint64_t> claimed;  // log index of the submission that named it

  bool operator==(const PartRecord&) const = default;
};

// One received submission; `log_index` is its place in the receipt log and in the table.
struct SubmissionRecord {
  std::uint64_t log_index = 0;
  std::string submission_id;
  std::string kid;
  std::string manifest_sha256;
  std::string manifest;  // compact JWS
  std::string form_id;
  std::string case_number;
  Instant received;
  std::string receipt;  // compact JWS

  bool operator==(const SubmissionRecord&) const = default;
};

// The backup of one applicant's vault. `file` is empty when nothing is kept any more: then the id
// still belongs to `kid`, and `counter` is the last one used; sha256, size and statement are empty.
struct VaultRecord {
  std::string id;   // 64 hex digits
  std::string kid;  // of the first key that signed for it
  std::uint64_t counter = 0;
  std::string file;  // 32 hex digits, the name in the backup store
  std::string sha256;
  std::uint64_t size_bytes = 0;
  std::string statement;  // compact JWS
  Instant expires;

  bool operator==(const VaultRecord&) const = default;
};

// The log's head: its size and the checkpoint signed for that size.
struct LogHead {
  std::uint64_t tree_size = 0;
  std::string checkpoint;  // signed note; empty before the first

  bool operator==(const LogHead&) const = default;
};

// Interior nodes of the Merkle tree: the root of the complete subtree over the leaves
// [position << level, (position + 1) << level).
class LogNodes {
 public:
  virtual ~LogNodes() = default;

  // Errors: storage_unavailable, also when the node is not there.
  [[nodiscard]] virtual Result<LogHash> node(unsigned level, std::uint64_t position) const = 0;
};

// What may be done inside one transaction. Everything is visible to later calls of the same
// transaction and to nobody else before it is committed.
class StoreWriter : public LogNodes {
 public:
  virtual Result<std::optional<SubmissionRecord>> find_submission(std::string_view submission_id,
                                                                  std::string_view kid) = 0;
  virtual Result<Done> insert_submission(const SubmissionRecord& submission) = 0;

  // The next serial number, from 1, of a year and a two-digit kind of case.
  virtual Result<std::uint32_t> next_case_serial(int roc_year, int case_kind) = 0;

  // Passes over the next `count` serial numbers of every kind in the years from `first_year` to
  // `last_year`.
  virtual Result<Done> skip_case_serials(int first_year, int last_year, std::uint32_t count) = 0;

  virtual Result<LogHead> log_head() = 0;
  virtual Result<Done> set_log_head(const LogHead& head) = 0;
  virtual Result<Done> insert_log_node(unsigned level, std::uint64_t position,
                                       const LogHash& hash) = 0;

  // Adds the signed link of the log that was called `former`. Errors: also storage_unavailable when
  // it has one.
  virtual Result<Done> insert_log_link(std::string_view former, std::string_view statement) = 0;

  virtual Result<std::optional<PartRecord>> find_part(std::string_view sha256,
                                                      std::string_view kid) = 0;
  virtual Result<Done> upsert_part(const PartRecord& part) = 0;
  // Forgets the unclaimed part of `kid`; true when no other key holds the same bytes.
  virtual Result<bool> delete_part(std::string_view sha256, std::string_view kid) = 0;

  virtual Result<std::optional<UploadRecord>> find_upload(std::string_view id) = 0;
  virtual Result<Done> upsert_upload(const UploadRecord& upload) = 0;
  virtual Result<Done> delete_upload(std::string_view id) = 0;

  virtual Result<std::optional<VaultRecord>> find_vault(std::string_view id) = 0;
  virtual Result<Done> upsert_vault(const VaultRecord& vault) = 0;
};

// Thread rule: reads from any thread; write() from one thread at a time.
//
// Errors of every function: storage_full, storage_unavailable.
class Store : public LogNodes {
 public:
  // Runs `change` in one transaction and commits it durably (it survives a power cut) before
  // returning. When `change` fails, nothing is kept and its error is returned.
  virtual Result<Done> write(const std::function<Result<Done>(StoreWriter&)>& change) = 0;

  [[nodiscard]] virtual Result<std::optional<std::string>> find_receipt(
      std::string_view submission_id, std::string_view manifest_sha256) const = 0;
  // What the desk told the applicant, compact JWS, oldest first; absent for no such submission.
  [[nodiscard]] virtual Result<std::optional<std::vector<std::string>>> find_messages(
      std::string_view submission_id, std::string_view manifest_sha256) const = 0;
  [[nodiscard]] virtual Result<std::optional<UploadRecord>> find_upload(
      std::string_view id) const = 0;
  [[nodiscard]] virtual Result<LogHead> log_head() const = 0;

  // The signed links under which the log went on, oldest first.
  [[nodiscard]] virtual Result<std::vector<std::string>> log_links() const = 0;

  // What has expired at `now`, at most `limit` of each.
  [[nodiscard]] virtual Result<std::vector<UploadRecord>> expired_uploads(Instant now,
                                                                          int limit) const = 0;
  [[nodiscard]] virtual Result<std::vector<PartRecord>> expired_parts(Instant now,
                                                                      int limit) const = 0;

  // True when any key holds the part.
  [[nodiscard]] virtual Result<bool> is_part_known(std::string_view sha256) const = 0;

  // Uploads of `kid` that no submission has claimed, and their announced bytes.
  struct Pending {
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;
  };
  [[nodiscard]] virtual Result<Pending> pending_uploads(std::string_view kid) const = 0;

  // Bytes of everybody's parts that no submission has claimed.
  [[nodiscard]] virtual Result<std::uint64_t> unclaimed_part_bytes() const = 0;

  [[nodiscard]] virtual Result<std::optional<VaultRecord>> find_vault(
      std::string_view id) const = 0;

  // Vaults that hold something and have expired at `now`, at most `limit`.
  [[nodiscard]] virtual Result<std::vector<VaultRecord>> expired_vaults(Instant now,
                                                                        int limit) const = 0;

  // True when a vault holds the backup of that name.
  [[nodiscard]] virtual Result<bool> is_backup_known(std::string_view file) const = 0;

  // Errors: storage_unavailable when the database does not answer.
  [[nodiscard]] virtual Result<Done> check_ready() const = 0;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_STORE_H_
