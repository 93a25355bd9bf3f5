#include "server/store/data_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <utility>

namespace landfall {

Result<std::optional<FileDescriptor>> lock_data_folder(const std::string& folder) {
  const Result<FileDescriptor> opened = open_folder(folder);
  if (!opened.ok()) return opened.error();
  constexpr int kFlags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
  FileDescriptor lock(openat(opened.value().number(), "serve.lock", kFlags, 0600));
  if (!lock.is_open()) return storage_error();
  if (flock(lock.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return storage_error();
    return std::optional<FileDescriptor>();
  }
  return std::optional<FileDescriptor>(std::move(lock));
}

}  // namespace landfall
