// A POSIX file descriptor that closes itself, and reading and writing it whole.

#ifndef LANDFALL_SERVER_STORE_FILE_DESCRIPTOR_H_
#define LANDFALL_SERVER_STORE_FILE_DESCRIPTOR_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace landfall {

class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) : number_(number) {}
  FileDescriptor(FileDescriptor&& other) noexcept;
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor();

  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_ = -1;
};

// What errno says, as storage_full or storage_unavailable.
[[nodiscard]] Error storage_error();

// Writes all of `bytes` at `offset`.
//
// Errors: storage_full, storage_unavailable
[[nodiscard]] Result<Done> write_all(const FileDescriptor& file, ByteView bytes,
                                     std::uint64_t offset);

// Hands over the whole file in pieces of up to 256 KiB.
//
// Errors: storage_unavailable
[[nodiscard]] Result<Done> read_all(const FileDescriptor& file,
                                    const std::function<void(ByteView)>& receive);

// Opens `folder`, making it (readable by the owner only) when it is not there; its name is durable
// when this returns.
//
// Errors: storage_full, storage_unavailable
[[nodiscard]] Result<FileDescriptor> open_folder(const std::string& folder);

// The names in the folder at `path`, in no order; what cannot be read has none.
[[nodiscard]] std::vector<std::string> names_in(const std::string& path);

// Takes the file `name` out of `folder`; one that is not there is out of it.
//
// Errors: storage_full, storage_unavailable
[[nodiscard]] Result<Done> remove_from(int folder, const std::string& name);

// Bytes that may be written to the file system of `folder` before what is kept free for the
// database is touched; 0 when that cannot be told.
[[nodiscard]] std::uint64_t free_bytes_of(const FileDescriptor& folder);

}  // namespace landfall

#endif  // LANDFALL_SERVER_STORE_FILE_DESCRIPTOR_H_
