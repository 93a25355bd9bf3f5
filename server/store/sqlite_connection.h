// One connection to an SQLite database and its prepared statements; alone includes sqlite3.h.

#ifndef LANDFALL_SERVER_STORE_SQLITE_CONNECTION_H_
#define LANDFALL_SERVER_STORE_SQLITE_CONNECTION_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace landfall {

class SqliteConnection;

// A prepared statement, run once: bind in order, then step() until it gives no row. Going out of
// scope gives it back to its connection's cache.
//
// Errors of step() and run(): storage_full, storage_unavailable.
class SqliteStatement {
 public:
  ~SqliteStatement();
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  // Binds the next parameter. Text and blobs must outlive the last step().
  SqliteStatement& bind(std::int64_t value);
  SqliteStatement& bind(std::uint64_t value);
  SqliteStatement& bind(int value) { return bind(std::int64_t{value}); }
  SqliteStatement& bind(std::string_view text);
  SqliteStatement& bind(ByteView blob);
  SqliteStatement& bind_null();

  // True when there is a row to read.
  Result<bool> step();

  // Steps to the end.
  Result<Done> run();

  // Columns of the current row, from 0.
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::uint64_t unsigned_integer(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] Bytes blob(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  friend class SqliteConnection;
  SqliteStatement(SqliteConnection& connection, sqlite3_stmt* statement)
      : connection_(connection), statement_(statement) {}

  SqliteConnection& connection_;
  sqlite3_stmt* statement_;  // null when it could not be prepared
  int next_ = 1;
  bool is_bound_ = true;
};

// For one thread at a time.
class SqliteConnection {
 public:
  enum class Mode { create, write, read };

  // Opens `path` with write-ahead log and synchronous=FULL: a commit survives a power cut.
  //
  // Errors:
  //   not_found             there is none, and `mode` is not create
  //   storage_unavailable   it cannot be opened
  static Result<std::unique_ptr<SqliteConnection>> open(const std::string& path, Mode mode);

  ~SqliteConnection();
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  // The statement for `sql`, which must be a literal: it is prepared once and kept.
  SqliteStatement prepare(const char* sql);

  // Runs a script of statements without parameters.
  Result<Done> execute(const std::string& script);

 private:
  friend class SqliteStatement;
  explicit SqliteConnection(sqlite3* handle) : handle_(handle) {}
  [[nodiscard]] Error last_error() const;

  sqlite3* handle_;
  std::map<const char*, sqlite3_stmt*> cache_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_STORE_SQLITE_CONNECTION_H_
