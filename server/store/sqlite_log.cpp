#include "server/store/sqlite_log.h"

#include <algorithm>
#include <utility>

#include "server/store/sqlite_connection.h"
#include "server/store/sqlite_writer.h"

namespace landfall {
namespace {

class SqliteLog final : public StoredLog {
 public:
  explicit SqliteLog(std::unique_ptr<SqliteConnection> connection)
      : connection_(std::move(connection)) {}

  Result<LogHead> head() override { return select_log_head(*connection_); }

  // A folder that was written by an older program, and is only read, has no such table yet.
  Result<std::vector<std::string>> links() override {
    SqliteStatement table = connection_->prepare(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'log_link'");
    const Result<bool> is_there = table.step();
    if (!is_there.ok()) return is_there.error();
    if (!is_there.value()) return std::vector<std::string>();
    return select_log_links(*connection_);
  }

  Result<Done> each_case(const std::function<bool(const LoggedCase&)>& receive) override {
    SqliteStatement statement = connection_->prepare(
        "SELECT log_index, case_number, manifest_sha256, receipt FROM submission "
        "ORDER BY log_index");
    for (;;) {
      const Result<bool> row = statement.step();
      if (!row.ok()) return row.error();
      if (!row.value()) return Done{};
      if (!receive({statement.unsigned_integer(0), statement.text(1), statement.text(2),
                    statement.text(3)})) {
        return Done{};
      }
    }
  }

  Result<Done> each_node(
      unsigned level,
      const std::function<bool(std::uint64_t, const std::optional<LogHash>&)>& receive) override {
    SqliteStatement statement = connection_->prepare(
        "SELECT position, hash FROM log_node WHERE level = ? ORDER BY position");
    statement.bind(std::uint64_t{level});
    for (;;) {
      const Result<bool> row = statement.step();
      if (!row.ok()) return row.error();
      if (!row.value()) return Done{};
      if (!receive(statement.unsigned_integer(0), hash_of(statement.blob(1)))) return Done{};
    }
  }

 private:
  static std::optional<LogHash> hash_of(const Bytes& stored) {
    LogHash hash{};
    if (stored.size() != hash.size()) return std::nullopt;
    std::copy(stored.begin(), stored.end(), hash.begin());
    return hash;
  }

  std::unique_ptr<SqliteConnection> connection_;
};

}  // namespace

Result<std::unique_ptr<StoredLog>> open_stored_log(const std::string& data_folder) {
  Result<std::unique_ptr<SqliteConnection>> connection =
      SqliteConnection::open(data_folder + "/landfall.db", SqliteConnection::Mode::read);
  if (!connection.ok()) return connection.error();
  // One transaction for everything that is read: it lasts as long as the connection.
  const Result<Done> begun = connection.value()->prepare("BEGIN").run();
  if (!begun.ok()) return begun.error();
  return std::unique_ptr<StoredLog>(std::make_unique<SqliteLog>(std::move(connection).value()));
}

}  // namespace landfall
