// Opens the data folder of a server for the desk, also while that server runs.

#ifndef LANDFALL_SERVER_STORE_OPEN_CASE_STORE_H_
#define LANDFALL_SERVER_STORE_OPEN_CASE_STORE_H_

#include <memory>
#include <string>

#include "server/desk/case_store.h"
#include "shared/base/result.h"

namespace landfall {

// read: messages cannot be added.
enum class CaseAccess { read, write };

// The cases under `data_folder` (`landfall serve --data`).
//
// Errors:
//   not_found             no database there
//   storage_unavailable   it cannot be read
[[nodiscard]] Result<std::unique_ptr<CaseStore>> open_case_store(
    const std::string& data_folder, CaseAccess access = CaseAccess::read);

}  // namespace landfall

#endif  // LANDFALL_SERVER_STORE_OPEN_CASE_STORE_H_
