// Sealed parts in folders: parts/ab/<sha256> for good, uploads/<id> while they arrive.

#ifndef LANDFALL_SERVER_STORE_PART_FOLDER_H_
#define LANDFALL_SERVER_STORE_PART_FOLDER_H_

#include <array>
#include <memory>
#include <mutex>
#include <string>

#include "server/intake/part_store.h"
#include "server/store/file_descriptor.h"

namespace landfall {

class PartFolder final : public PartStore {
 public:
  // Opens `data_folder`, making it and the two below it where needed.
  //
  // Errors: storage_full, storage_unavailable
  static Result<std::unique_ptr<PartFolder>> open(const std::string& data_folder);

  Result<std::unique_ptr<UploadFile>> open_upload(std::string_view id) override;
  Result<Done> publish(std::string_view id, std::string_view sha256_hex) override;
  Result<Done> discard_upload(std::string_view id) override;
  Result<Done> remove_part(std::string_view sha256_hex) override;
  Result<Done> read_part(std::string_view sha256_hex,
                         const std::function<void(ByteView)>& receive) const override;
  [[nodiscard]] std::vector<std::string> list_uploads() const override;
  [[nodiscard]] std::vector<std::string> list_parts() const override;
  [[nodiscard]] std::uint64_t upload_bytes() const override;
  [[nodiscard]] std::uint64_t free_bytes() const override;

 private:
  PartFolder(std::string data_folder, FileDescriptor uploads, FileDescriptor parts);
  Result<int> shelf(std::string_view sha256_hex);

  std::string data_folder_;
  FileDescriptor uploads_;
  FileDescriptor parts_;
  // The 256 folders under parts/, opened when first used.
  std::mutex mutex_;
  std::array<FileDescriptor, 256> shelves_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_STORE_PART_FOLDER_H_
