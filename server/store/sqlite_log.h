// The receipt log of a data folder, read at one moment, also while its server runs.

#ifndef LANDFALL_SERVER_STORE_SQLITE_LOG_H_
#define LANDFALL_SERVER_STORE_SQLITE_LOG_H_

#include <memory>
#include <string>

#include "server/intake/check_log.h"
#include "shared/base/result.h"

namespace landfall {

// The log in the database under `data_folder` (`landfall serve --data`).
//
// Errors:
//   not_found             no database there
//   storage_unavailable   it cannot be read
[[nodiscard]] Result<std::unique_ptr<StoredLog>> open_stored_log(const std::string& data_folder);

}  // namespace landfall

#endif  // LANDFALL_SERVER_STORE_SQLITE_LOG_H_
