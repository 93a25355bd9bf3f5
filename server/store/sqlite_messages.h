// Reading what applicants were told, for the desk and for the phones that ask.

#ifndef LANDFALL_SERVER_STORE_SQLITE_MESSAGES_H_
#define LANDFALL_SERVER_STORE_SQLITE_MESSAGES_H_

#include <string>
#include <string_view>
#include <vector>

#include "server/store/sqlite_connection.h"
#include "shared/base/result.h"

namespace landfall {

// The messages about the submission with this manifest, oldest first.
//
// Errors: storage_unavailable.
[[nodiscard]] Result<std::vector<std::string>> read_messages(SqliteConnection& connection,
                                                             std::string_view manifest_sha256);

}  // namespace landfall

#endif  // LANDFALL_SERVER_STORE_SQLITE_MESSAGES_H_
