// What one SQLite transaction can do for the use cases of intake.

#ifndef LANDFALL_SERVER_STORE_SQLITE_WRITER_H_
#define LANDFALL_SERVER_STORE_SQLITE_WRITER_H_

#include "server/intake/store.h"
#include "server/store/sqlite_connection.h"

namespace landfall {

// Valid while a transaction is open on `connection`.
class SqliteWriter final : public StoreWriter {
 public:
  explicit SqliteWriter(SqliteConnection& connection) : connection_(connection) {}

  [[nodiscard]] Result<LogHash> node(unsigned level, std::uint64_t position) const override;
  Result<std::optional<SubmissionRecord>> find_submission(std::string_view submission_id,
                                                          std::string_view kid) override;
  Result<Done> insert_submission(const SubmissionRecord& submission) override;
  Result<std::uint32_t> next_case_serial(int roc_year, int case_kind) override;
  Result<Done> skip_case_serials(int first_year, int last_year, std::uint32_t count) override;
  Result<LogHead> log_head() override;
  Result<Done> set_log_head(const LogHead& head) override;
  Result<Done> insert_log_node(unsigned level, std::uint64_t position,
                               const LogHash& hash) override;
  Result<Done> insert_log_link(std::string_view former, std::string_view statement) override;
  Result<std::optional<PartRecord>> find_part(std::string_view sha256,
                                              std::string_view kid) override;
  Result<Done> upsert_part(const PartRecord& part) override;
  Result<bool> delete_part(std::string_view sha256, std::string_view kid) override;
  Result<std::optional<UploadRecord>> find_upload(std::string_view id) override;
  Result<Done> upsert_upload(const UploadRecord& upload) override;
  Result<Done> delete_upload(std::string_view id) override;
  Result<std::optional<VaultRecord>> find_vault(std::string_view id) override;
  Result<Done> upsert_vault(const VaultRecord& vault) override;

 private:
  SqliteConnection& connection_;
};

// Queries that the transaction and the readers share.
[[nodiscard]] Result<LogHead> select_log_head(SqliteConnection& connection);
[[nodiscard]] Result<std::vector<std::string>> select_log_links(SqliteConnection& connection);
[[nodiscard]] Result<LogHash> select_log_node(SqliteConnection& connection, unsigned level,
                                              std::uint64_t position);
[[nodiscard]] Result<std::optional<UploadRecord>> select_upload(SqliteConnection& connection,
                                                                std::string_view id);
[[nodiscard]] Result<std::optional<VaultRecord>> select_vault(SqliteConnection& connection,
                                                              std::string_view id);
// The row of `statement`, whose columns are those of table upload, of table part, of table vault.
[[nodiscard]] UploadRecord upload_of_row(const SqliteStatement& statement);
[[nodiscard]] PartRecord part_of_row(const SqliteStatement& statement);
[[nodiscard]] VaultRecord vault_of_row(const SqliteStatement& statement);

}  // namespace landfall

#endif  // LANDFALL_SERVER_STORE_SQLITE_WRITER_H_
