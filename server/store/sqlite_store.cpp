#include "server/store/sqlite_store.h"

#include <utility>

#include "server/store/migrations.h"
#include "server/store/sqlite_messages.h"
#include "server/store/sqlite_writer.h"

namespace landfall {

// A connection for reading, taken from the pool and given back.
class SqliteStore::Reader {
 public:
  Reader(const SqliteStore& store, std::unique_ptr<SqliteConnection> connection)
      : store_(&store), connection_(std::move(connection)) {}
  Reader(Reader&&) noexcept = default;
  Reader& operator=(Reader&&) noexcept = default;
  ~Reader() {
    if (connection_ == nullptr) return;
    const std::lock_guard lock(store_->mutex_);
    store_->idle_.push_back(std::move(connection_));
  }

  [[nodiscard]] SqliteConnection& connection() const { return *connection_; }

 private:
  const SqliteStore* store_;
  std::unique_ptr<SqliteConnection> connection_;
};

SqliteStore::SqliteStore(std::string path, std::unique_ptr<SqliteConnection> writer)
    : path_(std::move(path)), writer_(std::move(writer)) {}

SqliteStore::~SqliteStore() = default;

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::string& path) {
  Result<std::unique_ptr<SqliteConnection>> writer =
      SqliteConnection::open(path, SqliteConnection::Mode::create);
  if (!writer.ok()) return writer.error();
  const Result<Done> migrated = migrate(*writer.value());
  if (!migrated.ok()) return migrated.error();
  return std::unique_ptr<SqliteStore>(new SqliteStore(path, std::move(writer).value()));
}

Result<SqliteStore::Reader> SqliteStore::reader() const {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<SqliteConnection> connection = std::move(idle_.back());
      idle_.pop_back();
      return Reader(*this, std::move(connection));
    }
  }
  Result<std::unique_ptr<SqliteConnection>> connection =
      SqliteConnection::open(path_, SqliteConnection::Mode::read);
  if (!connection.ok()) return connection.error();
  return Reader(*this, std::move(connection).value());
}

Result<Done> SqliteStore::write(const std::function<Result<Done>(StoreWriter&)>& change) {
  Result<Done> done = writer_->prepare("BEGIN IMMEDIATE").run();
  if (!done.ok()) return done.error();
  SqliteWriter writer(*writer_);
  done = change(writer);
  if (done.ok()) done = writer_->prepare("COMMIT").run();
  // A commit that failed may have left the transaction open.
  if (!done.ok()) static_cast<void>(writer_->prepare("ROLLBACK").run().ok());
  return done;
}

Result<std::optional<std::string>> SqliteStore::find_receipt(
    std::string_view submission_id, std::string_view manifest_sha256) const {
  Result<Reader> reader = this->reader();
  if (!reader.ok()) return reader.error();
  SqliteStatement statement = reader.value().connection().prepare(
      "SELECT receipt FROM submission WHERE submission_id = ? AND manifest_sha256 = ?");
  const Result<bool> row = statement.bind(submission_id).bind(manifest_sha256).step();
  if (!row.ok()) return row.error();
  if (!row.value()) return std::optional<std::string>();
  return std::optional<std::string>(statement.text(0));
}

Result<std::optional<std::vector<std::string>>> SqliteStore::find_messages(
    std::string_view submission_id, std::string_view manifest_sha256) const {
  using Found = std::optional<std::vector<std::string>>;
  const Result<std::optional<std::string>> receipt = find_receipt(submission_id, manifest_sha256);
  if (!receipt.ok()) return receipt.error();
  if (!receipt.value()) return Found();
  Result<Reader> reader = this->reader();
  if (!reader.ok()) return reader.error();
  Result<std::vector<std::string>> messages =
      read_messages(reader.value().connection(), manifest_sha256);
  if (!messages.ok()) return messages.error();
  return Found(std::move(messages).value());
}

Result<std::optional<UploadRecord>> SqliteStore::find_upload(std::string_view id) const {
  Result<Reader> reader = this->reader();
  if (!reader.ok()) return reader.error();
  return select_upload(reader.value().connection(), id);
}

Result<LogHead> SqliteStore::log_head() const {
  Result<Reader> reader = this->reader();
  if (!reader.ok()) return reader.error();
  return select_log_head(reader.value().connection());
}

Result<std::vector<std::string>> SqliteStore::log_links() const {
  Result<Reader> reader = this->reader();
  if (!reader.ok()) return reader.error();
  return select_log_links(reader.value().connection());
}

Result<LogHash> SqliteStore::node(unsigned level, std::uint64_t position) const {
  Result<Reader> reader = this->reader();
  if (!reader.ok()) return reader.error();
  return select_log_node(reader.value().connection(), level, position);
}

Result<std::vector<UploadRecord>> SqliteStore::expired_uploads(Instant now, int limit) const {
  Result<Reader> reader = this->reader();
  if (!reader.ok()) return reader.error();
  SqliteStatement statement = reader.value().connection().prepare(
      "SELECT id, kid, sha256, length_bytes, metadata, expires_at, complete FROM upload "
      "WHERE expires_at <= ? ORDER BY expires_at LIMIT ?");
  statement.bind(now.unix_seconds).bind(limit);
  std::vector<UploadRecord> uploads;
  for (;;) {
    const Result<bool> row = statement.step();
    if (!row.ok()) return row.error();
    if (!row.value()) return uploads;
    uploads.push_back(upload_of_row(statement));
  }
}

Result<std::vector<PartRecord>> SqliteStore::expired_parts(Instant now, int limit) const {
  Result<Reader> reader = this->reader();
  if (!reader.ok()) return reader.error();
  SqliteStatement statement = reader.value().connection().prepare(
      "SELECT sha256, kid, size_bytes, expires_at, claimed FROM part "
      "WHERE claimed IS NULL AND expires_at <= ? ORDER BY expires_at LIMIT ?");
  statement.bind(now.unix_seconds).bind(limit);
  std::vector<PartRecord> parts;
  for (;;) {
    const Result<bool> row = statement.step();
    if (!row.ok()) return row.error();
    if (!row.value()) return parts;
    parts.push_back(part_of_row(statement));
  }
}

Result<bool> SqliteStore::is_part_known(std::string_view sha256) const {
  Result<Reader> reader = this->reader();
  if (!reader.ok()) return reader.error();
  SqliteStatement statement =
      reader.value().connection().prepare("SELECT 1 FROM part WHERE sha256 = ? LIMIT 1");
  return statement.bind(sha256).step();
}

Result<Store::Pending> SqliteStore::pending_uploads(std::string_view kid) const {
  Result<Reader> reader = this->reader();
  if (!reader.ok()) return reader.error();
  SqliteStatement statement = reader.value().connection().prepare(
      "SELECT COUNT(*), COALESCE(SUM(bytes), 0) FROM ("
      "SELECT length_bytes AS bytes FROM upload "
      "WHERE (complete = 0 OR kid = '') AND kid = ?1 UNION ALL "
      "SELECT size_bytes FROM part WHERE claimed IS NULL AND kid = ?1)");
  const Result<bool> row = statement.bind(kid).step();
  if (!row.ok()) return row.error();
  return Pending{statement.unsigned_integer(0), statement.unsigned_integer(1)};
}

Result<std::uint64_t> SqliteStore::unclaimed_part_bytes() const {
  Result<Reader> reader = this->reader();
  if (!reader.ok()) return reader.error();
  SqliteStatement statement = reader.value().connection().prepare(
      "SELECT COALESCE(SUM(size_bytes), 0) FROM part WHERE claimed IS NULL");
  const Result<bool> row = statement.step();
  if (!row.ok()) return row.error();
  return statement.unsigned_integer(0);
}

Result<std::optional<VaultRecord>> SqliteStore::find_vault(std::string_view id) const {
  Result<Reader> reader = this->reader();
  if (!reader.ok()) return reader.error();
  return select_vault(reader.value().connection(), id);
}

Result<std::vector<VaultRecord>> SqliteStore::expired_vaults(Instant now, int limit) const {
  Result<Reader> reader = this->reader();
  if (!reader.ok()) return reader.error();
  SqliteStatement statement = reader.value().connection().prepare(
      "SELECT id, kid, counter, file, sha256, size_bytes, statement, expires_at FROM vault "
      "WHERE file <> '' AND expires_at <= ? ORDER BY expires_at LIMIT ?");
  statement.bind(now.unix_seconds).bind(limit);
  std::vector<VaultRecord> vaults;
  for (;;) {
    const Result<bool> row = statement.step();
    if (!row.ok()) return row.error();
    if (!row.value()) return vaults;
    vaults.push_back(vault_of_row(statement));
  }
}

Result<bool> SqliteStore::is_backup_known(std::string_view file) const {
  Result<Reader> reader = this->reader();
  if (!reader.ok()) return reader.error();
  SqliteStatement statement =
      reader.value().connection().prepare("SELECT 1 FROM vault WHERE file <> '' AND file = ?");
  return statement.bind(file).step();
}

Result<Done> SqliteStore::check_ready() const {
  const Result<LogHead> head = log_head();
  if (!head.ok()) return head.error();
  return Done{};
}

}  // namespace landfall
