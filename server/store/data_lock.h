// One server for one data folder: a second would remove the first one's unfinished uploads.

#ifndef LANDFALL_SERVER_STORE_DATA_LOCK_H_
#define LANDFALL_SERVER_STORE_DATA_LOCK_H_

#include <optional>
#include <string>

#include "server/store/file_descriptor.h"
#include "shared/base/result.h"

namespace landfall {

// Takes the lock of `folder`, which is made when it is not there; held while the descriptor is
// open, and given back by the system when the process dies. nullopt when another process has it.
//
// Errors: storage_full, storage_unavailable
[[nodiscard]] Result<std::optional<FileDescriptor>> lock_data_folder(const std::string& folder);

}  // namespace landfall

#endif  // LANDFALL_SERVER_STORE_DATA_LOCK_H_
