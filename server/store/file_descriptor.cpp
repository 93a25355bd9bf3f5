#include "server/store/file_descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

namespace landfall {
namespace {

// Kept free for the database, so that what was acknowledged can always be finished.
constexpr std::uint64_t kReserveBytes = std::uint64_t{256} << 20;

}  // namespace

FileDescriptor::FileDescriptor(FileDescriptor&& other) noexcept
    : number_(std::exchange(other.number_, -1)) {}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    if (number_ >= 0) close(number_);
    number_ = std::exchange(other.number_, -1);
  }
  return *this;
}

FileDescriptor::~FileDescriptor() {
  if (number_ >= 0) close(number_);
}

Error storage_error() {
  const bool is_full = errno == ENOSPC || errno == EDQUOT;
  return {is_full ? ErrorCode::storage_full : ErrorCode::storage_unavailable};
}

Result<Done> write_all(const FileDescriptor& file, ByteView bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t written =
        pwrite(file.number(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return storage_error();
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return Done{};
}

Result<Done> read_all(const FileDescriptor& file, const std::function<void(ByteView)>& receive) {
  Bytes buffer(std::size_t{256} << 10);
  off_t offset = 0;
  for (;;) {
    const ssize_t got = pread(file.number(), buffer.data(), buffer.size(), offset);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return storage_error();
    if (got == 0) return Done{};
    receive({buffer.data(), static_cast<std::size_t>(got)});
    offset += got;
  }
}

Result<FileDescriptor> open_folder(const std::string& folder) {
  const bool is_new = mkdir(folder.c_str(), 0700) == 0;
  if (!is_new && errno != EEXIST) return storage_error();
  FileDescriptor opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.is_open()) return storage_error();
  if (is_new) {
    const std::string parent = std::filesystem::absolute(folder).parent_path().string();
    const FileDescriptor above(open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!above.is_open() || fsync(above.number()) != 0) return storage_error();
  }
  return opened;
}

std::vector<std::string> names_in(const std::string& path) {
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::directory_iterator entry(path, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  return names;
}

Result<Done> remove_from(int folder, const std::string& name) {
  if (unlinkat(folder, name.c_str(), 0) != 0 && errno != ENOENT) return storage_error();
  return Done{};
}

std::uint64_t free_bytes_of(const FileDescriptor& folder) {
  struct statvfs status{};
  if (fstatvfs(folder.number(), &status) != 0) return 0;
  const std::uint64_t free = std::uint64_t{status.f_bavail} * status.f_frsize;
  return free > kReserveBytes ? free - kReserveBytes : 0;
}

}  // namespace landfall
