// Bringing a database to the schema this program was built with.

#ifndef LANDFALL_SERVER_STORE_MIGRATIONS_H_
#define LANDFALL_SERVER_STORE_MIGRATIONS_H_

#include <span>
#include <string_view>

#include "server/store/sqlite_connection.h"
#include "shared/base/result.h"

namespace landfall {

// One file of server/store/migrations/, embedded by the build, in the order of their names.
struct Migration {
  int version;
  std::string_view name;
  std::string_view script;
};

[[nodiscard]] std::span<const Migration> migrations();

// Applies what is missing, each migration in a transaction of its own.
//
// Errors:
//   storage_unavailable   also for a database newer than this program
[[nodiscard]] Result<Done> migrate(SqliteConnection& connection);

}  // namespace landfall

#endif  // LANDFALL_SERVER_STORE_MIGRATIONS_H_
