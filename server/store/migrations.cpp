#include "server/store/migrations.h"

#include <string>

namespace landfall {

Result<Done> migrate(SqliteConnection& connection) {
  std::int64_t version = 0;
  {
    SqliteStatement statement = connection.prepare("PRAGMA user_version");
    const Result<bool> row = statement.step();
    if (!row.ok()) return row.error();
    version = statement.integer(0);
  }
  if (version > migrations().back().version) return Error{ErrorCode::storage_unavailable};
  for (const Migration& migration : migrations()) {
    if (migration.version <= version) continue;
    const std::string script = "BEGIN IMMEDIATE;\n" + std::string(migration.script) +
                               "\nPRAGMA user_version=" + std::to_string(migration.version) +
                               ";\nCOMMIT;";
    const Result<Done> applied = connection.execute(script);
    if (!applied.ok()) {
      static_cast<void>(connection.execute("ROLLBACK").ok());
      return applied.error();
    }
  }
  return Done{};
}

}  // namespace landfall
