// Ciphertexts of vault backups in a folder: vaults/<name>, and vaults/<name>.new while they arrive.

#ifndef LANDFALL_SERVER_STORE_VAULT_FOLDER_H_
#define LANDFALL_SERVER_STORE_VAULT_FOLDER_H_

#include <memory>
#include <string>

#include "server/intake/backup_store.h"
#include "server/store/file_descriptor.h"

namespace landfall {

class VaultFolder final : public BackupStore {
 public:
  // Opens `data_folder`, making it and the one below it where needed, and removes what a crash left
  // half received.
  //
  // Errors: storage_full, storage_unavailable
  static Result<std::unique_ptr<VaultFolder>> open(const std::string& data_folder);

  Result<std::unique_ptr<NewBackup>> create(std::string_view name) override;
  [[nodiscard]] Result<std::shared_ptr<const StoredBytes>> open(
      std::string_view name) const override;
  Result<Done> remove(std::string_view name) override;
  [[nodiscard]] std::vector<std::string> list() const override;
  [[nodiscard]] std::uint64_t free_bytes() const override;

 private:
  VaultFolder(std::string path, FileDescriptor folder);

  std::string path_;
  FileDescriptor folder_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_STORE_VAULT_FOLDER_H_
