// Where the ciphertexts of vault backups lie: what the use case needs of it, and no more.

#ifndef LANDFALL_SERVER_INTAKE_BACKUP_STORE_H_
#define LANDFALL_SERVER_INTAKE_BACKUP_STORE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/intake/stored_bytes.h"
#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace landfall {

// A backup that is being received; gone with this object unless it was published. For one thread.
//
// Errors of every function: storage_full, storage_unavailable.
class NewBackup {
 public:
  virtual ~NewBackup() = default;

  virtual Result<Done> append(ByteView bytes) = 0;

  // Gives the file its name. All bytes and the name survive a power cut when this returns.
  virtual Result<Done> publish() = 0;
};

// Names are 32 hex digits, each used once. Thread rule: any thread.
class BackupStore {
 public:
  virtual ~BackupStore() = default;

  // Errors: storage_full, storage_unavailable
  virtual Result<std::unique_ptr<NewBackup>> create(std::string_view name) = 0;

  // The published bytes; they can be read to the end even when they are removed meanwhile.
  //
  // Errors: not_found, storage_unavailable
  [[nodiscard]] virtual Result<std::shared_ptr<const StoredBytes>> open(
      std::string_view name) const = 0;

  // Errors: storage_unavailable. One that is not there is no error.
  virtual Result<Done> remove(std::string_view name) = 0;

  // The names of all published backups.
  [[nodiscard]] virtual std::vector<std::string> list() const = 0;

  // Bytes that may still be written before the reserve is touched.
  [[nodiscard]] virtual std::uint64_t free_bytes() const = 0;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_BACKUP_STORE_H_
