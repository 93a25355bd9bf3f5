#include "server/store/open_case_store.h"

#include <fcntl.h>

#include <cerrno>
#include <utility>

#include "server/intake/clock.h"
#include "server/store/file_descriptor.h"
#include "server/store/sqlite_connection.h"
#include "server/store/sqlite_messages.h"
#include "shared/codec/hex.h"

namespace landfall {
namespace {

#define LANDFALL_CASE_COLUMNS                                                                  \
  "SELECT log_index, case_number, submission_id, kid, form_id, manifest_sha256, received_at, " \
  "manifest, receipt FROM submission "

ReceivedCase case_of_row(const SqliteStatement& row) {
  return {row.unsigned_integer(0),
          row.text(1),
          row.text(2),
          row.text(3),
          row.text(4),
          row.text(5),
          format_instant({row.integer(6)}),
          row.text(7),
          row.text(8)};
}

class SqliteCaseStore final : public CaseStore {
 public:
  SqliteCaseStore(std::string data_folder, std::unique_ptr<SqliteConnection> connection)
      : data_folder_(std::move(data_folder)), connection_(std::move(connection)) {}

  [[nodiscard]] Result<std::vector<ReceivedCase>> list_cases(std::uint64_t first,
                                                             int limit) const override {
    SqliteStatement statement = connection_->prepare(
        LANDFALL_CASE_COLUMNS "WHERE log_index >= ? ORDER BY log_index LIMIT ?");
    statement.bind(first).bind(limit);
    std::vector<ReceivedCase> cases;
    for (;;) {
      const Result<bool> row = statement.step();
      if (!row.ok()) return row.error();
      if (!row.value()) return cases;
      cases.push_back(case_of_row(statement));
    }
  }

  [[nodiscard]] Result<std::optional<ReceivedCase>> find_case(
      std::string_view reference) const override {
    SqliteStatement statement =
        connection_->prepare(LANDFALL_CASE_COLUMNS
                             "WHERE case_number = ?1 OR submission_id = ?1 OR manifest_sha256 = ?1 "
                             "ORDER BY log_index DESC LIMIT 1");
    const Result<bool> row = statement.bind(reference).step();
    if (!row.ok()) return row.error();
    if (!row.value()) return std::optional<ReceivedCase>();
    return std::optional<ReceivedCase>(case_of_row(statement));
  }

  [[nodiscard]] Result<Done> read_part(
      std::string_view sha256, const std::function<void(ByteView)>& receive) const override {
    if (!is_sha256_hex(sha256)) return Error{ErrorCode::not_found};
    const std::string path =
        data_folder_ + "/parts/" + std::string(sha256.substr(0, 2)) + "/" + std::string(sha256);
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file.is_open()) return errno == ENOENT ? Error{ErrorCode::not_found} : storage_error();
    return read_all(file, receive);
  }

  [[nodiscard]] Result<std::vector<std::string>> messages(
      std::string_view manifest_sha256) const override {
    return read_messages(*connection_, manifest_sha256);
  }

  [[nodiscard]] Result<bool> add_message(std::string_view manifest_sha256, std::uint64_t counter,
                                         std::string_view message) override {
    SqliteStatement statement = connection_->prepare(
        "INSERT INTO message (manifest_sha256, counter, message) VALUES (?, ?, ?) "
        "ON CONFLICT DO NOTHING RETURNING counter");
    statement.bind(manifest_sha256).bind(counter).bind(message);
    const Result<bool> row = statement.step();
    if (!row.ok() || !row.value()) return row;
    // Stepped to its end, the statement commits.
    const Result<Done> committed = statement.run();
    if (!committed.ok()) return committed.error();
    return true;
  }

 private:
  std::string data_folder_;
  std::unique_ptr<SqliteConnection> connection_;
};

#undef LANDFALL_CASE_COLUMNS

}  // namespace

Result<std::unique_ptr<CaseStore>> open_case_store(const std::string& data_folder,
                                                   CaseAccess access) {
  Result<std::unique_ptr<SqliteConnection>> connection = SqliteConnection::open(
      data_folder + "/landfall.db",
      access == CaseAccess::write ? SqliteConnection::Mode::write : SqliteConnection::Mode::read);
  if (!connection.ok()) return connection.error();
  return std::unique_ptr<CaseStore>(
      std::make_unique<SqliteCaseStore>(data_folder, std::move(connection).value()));
}

}  // namespace landfall
