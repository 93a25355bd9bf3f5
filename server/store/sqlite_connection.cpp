#include "server/store/sqlite_connection.h"

#include <sqlite3.h>

#include "shared/base/invariant.h"

namespace landfall {
namespace {

constexpr int kBusyTimeoutMs = 5000;

// A commit is durable when the write-ahead log is synced; the cache is bounded so that memory does
// not grow with the database.
constexpr const char* kPragmas =
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-16000;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA journal_size_limit=67108864;"
    "PRAGMA trusted_schema=OFF;";
constexpr const char* kReaderPragmas = "PRAGMA query_only=ON; PRAGMA cache_size=-4000;";

Error error_of(int code) {
  const int primary = code & 0xff;
  return {primary == SQLITE_FULL ? ErrorCode::storage_full : ErrorCode::storage_unavailable};
}

}  // namespace

SqliteStatement::~SqliteStatement() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

SqliteStatement& SqliteStatement::bind(std::int64_t value) {
  is_bound_ = is_bound_ && sqlite3_bind_int64(statement_, next_++, value) == SQLITE_OK;
  return *this;
}

SqliteStatement& SqliteStatement::bind(std::uint64_t value) {
  return bind(static_cast<std::int64_t>(value));
}

SqliteStatement& SqliteStatement::bind(std::string_view text) {
  // An empty view may have a null pointer, which SQLite would store as NULL.
  const char* data = text.data() == nullptr ? "" : text.data();
  is_bound_ = is_bound_ && sqlite3_bind_text64(statement_, next_++, data, text.size(),
                                               SQLITE_STATIC, SQLITE_UTF8) == SQLITE_OK;
  return *this;
}

SqliteStatement& SqliteStatement::bind(ByteView blob) {
  is_bound_ = is_bound_ && sqlite3_bind_blob64(statement_, next_++, blob.data(), blob.size(),
                                               SQLITE_STATIC) == SQLITE_OK;
  return *this;
}

SqliteStatement& SqliteStatement::bind_null() {
  is_bound_ = is_bound_ && sqlite3_bind_null(statement_, next_++) == SQLITE_OK;
  return *this;
}

Result<bool> SqliteStatement::step() {
  if (statement_ == nullptr || !is_bound_) return connection_.last_error();
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return error_of(code);
}

Result<Done> SqliteStatement::run() {
  for (;;) {
    const Result<bool> row = step();
    if (!row.ok()) return row.error();
    if (!row.value()) return Done{};
  }
}

std::int64_t SqliteStatement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::uint64_t SqliteStatement::unsigned_integer(int column) const {
  return static_cast<std::uint64_t>(integer(column));
}

std::string SqliteStatement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  const int size = sqlite3_column_bytes(statement_, column);
  return data == nullptr ? std::string() : std::string(data, static_cast<std::size_t>(size));
}

Bytes SqliteStatement::blob(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  const int size = sqlite3_column_bytes(statement_, column);
  return data == nullptr ? Bytes() : Bytes(data, data + size);
}

bool SqliteStatement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const std::string& path,
                                                                 Mode mode) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE;
  if (mode == Mode::create) flags |= SQLITE_OPEN_CREATE;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  // Made before the check, because a handle must be closed even when opening failed.
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(handle));
  if ((code & 0xff) == SQLITE_CANTOPEN && mode != Mode::create) return Error{ErrorCode::not_found};
  if (code != SQLITE_OK) return error_of(code);
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  Result<Done> set = connection->execute(kPragmas);
  if (set.ok() && mode == Mode::read) set = connection->execute(kReaderPragmas);
  if (!set.ok()) return set.error();
  return connection;
}

SqliteConnection::~SqliteConnection() {
  for (const auto& [sql, statement] : cache_) sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

SqliteStatement SqliteConnection::prepare(const char* sql) {
  sqlite3_stmt*& statement = cache_[sql];
  if (statement == nullptr) {
    sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  }
  require(statement == nullptr || sqlite3_stmt_busy(statement) == 0,
          "a statement is not run inside itself");
  return {*this, statement};
}

Result<Done> SqliteConnection::execute(const std::string& script) {
  const int code = sqlite3_exec(handle_, script.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error_of(code);
  return Done{};
}

Error SqliteConnection::last_error() const { return error_of(sqlite3_extended_errcode(handle_)); }

}  // namespace landfall
