// The records of intake and desk in one SQLite database.

#ifndef LANDFALL_SERVER_STORE_SQLITE_STORE_H_
#define LANDFALL_SERVER_STORE_SQLITE_STORE_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/desk/case_store.h"
#include "server/intake/store.h"
#include "server/store/sqlite_connection.h"

namespace landfall {

class SqliteStore final : public Store {
 public:
  // Opens or makes the database at `path` and brings its schema up to date.
  //
  // Errors: storage_full, storage_unavailable
  static Result<std::unique_ptr<SqliteStore>> open(const std::string& path);

  ~SqliteStore() override;

  Result<Done> write(const std::function<Result<Done>(StoreWriter&)>& change) override;
  [[nodiscard]] Result<std::optional<std::string>> find_receipt(
      std::string_view submission_id, std::string_view manifest_sha256) const override;
  [[nodiscard]] Result<std::optional<std::vector<std::string>>> find_messages(
      std::string_view submission_id, std::string_view manifest_sha256) const override;
  [[nodiscard]] Result<std::optional<UploadRecord>> find_upload(std::string_view id) const override;
  [[nodiscard]] Result<LogHead> log_head() const override;
  [[nodiscard]] Result<std::vector<std::string>> log_links() const override;
  [[nodiscard]] Result<LogHash> node(unsigned level, std::uint64_t position) const override;
  [[nodiscard]] Result<std::vector<UploadRecord>> expired_uploads(Instant now,
                                                                  int limit) const override;
  [[nodiscard]] Result<std::vector<PartRecord>> expired_parts(Instant now,
                                                              int limit) const override;
  [[nodiscard]] Result<bool> is_part_known(std::string_view sha256) const override;
  [[nodiscard]] Result<Pending> pending_uploads(std::string_view kid) const override;
  [[nodiscard]] Result<std::uint64_t> unclaimed_part_bytes() const override;
  [[nodiscard]] Result<std::optional<VaultRecord>> find_vault(std::string_view id) const override;
  [[nodiscard]] Result<std::vector<VaultRecord>> expired_vaults(Instant now,
                                                                int limit) const override;
  [[nodiscard]] Result<bool> is_backup_known(std::string_view file) const override;
  [[nodiscard]] Result<Done> check_ready() const override;

 private:
  class Reader;
  SqliteStore(std::string path, std::unique_ptr<SqliteConnection> writer);
  Result<Reader> reader() const;

  std::string path_;
  std::unique_ptr<SqliteConnection> writer_;
  // Idle connections for reading; more are opened when none is idle.
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<SqliteConnection>> idle_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_STORE_SQLITE_STORE_H_
