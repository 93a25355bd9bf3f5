#include "server/store/sqlite_messages.h"

namespace landfall {

Result<std::vector<std::string>> read_messages(SqliteConnection& connection,
                                               std::string_view manifest_sha256) {
  SqliteStatement statement =
      connection.prepare("SELECT message FROM message WHERE manifest_sha256 = ? ORDER BY counter");
  statement.bind(manifest_sha256);
  std::vector<std::string> messages;
  for (;;) {
    const Result<bool> row = statement.step();
    if (!row.ok()) return row.error();
    if (!row.value()) return messages;
    messages.push_back(statement.text(0));
  }
}

}  // namespace landfall
