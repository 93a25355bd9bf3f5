#include "server/store/vault_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "shared/base/invariant.h"
#include "shared/codec/hex.h"

namespace landfall {
namespace {

constexpr std::string_view kUnfinished = ".new";

bool is_backup_name(std::string_view name) { return name.size() == 32 && parse_hex(name).ok(); }

class FolderBackup final : public NewBackup {
 public:
  FolderBackup(FileDescriptor file, int folder, std::string name)
      : file_(std::move(file)), folder_(folder), name_(std::move(name)) {}
  FolderBackup(const FolderBackup&) = delete;
  FolderBackup& operator=(const FolderBackup&) = delete;
  ~FolderBackup() override {
    if (!is_published_) static_cast<void>(remove_from(folder_, unfinished_name()).ok());
  }

  Result<Done> append(ByteView bytes) override {
    const Result<Done> written = write_all(file_, bytes, size_);
    if (written.ok()) size_ += bytes.size();
    return written;
  }

  // A rename alone is not durable, nor are bytes that only their name's folder was synced for.
  Result<Done> publish() override {
    if (fdatasync(file_.number()) != 0) return storage_error();
    if (renameat(folder_, unfinished_name().c_str(), folder_, name_.c_str()) != 0) {
      return storage_error();
    }
    is_published_ = true;
    if (fsync(folder_) != 0) return storage_error();
    return Done{};
  }

 private:
  [[nodiscard]] std::string unfinished_name() const { return name_ + std::string(kUnfinished); }

  FileDescriptor file_;
  int folder_;
  std::string name_;
  std::uint64_t size_ = 0;
  bool is_published_ = false;
};

class FileBytes final : public StoredBytes {
 public:
  FileBytes(FileDescriptor file, std::uint64_t size) : file_(std::move(file)), size_(size) {}

  [[nodiscard]] std::uint64_t size_bytes() const override { return size_; }

  Result<Done> read(std::uint64_t offset, std::span<std::uint8_t> out) const override {
    while (!out.empty()) {
      const ssize_t got = pread(file_.number(), out.data(), out.size(), static_cast<off_t>(offset));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return Error{ErrorCode::storage_unavailable};
      out = out.subspan(static_cast<std::size_t>(got));
      offset += static_cast<std::uint64_t>(got);
    }
    return Done{};
  }

 private:
  FileDescriptor file_;
  std::uint64_t size_;
};

}  // namespace

VaultFolder::VaultFolder(std::string path, FileDescriptor folder)
    : path_(std::move(path)), folder_(std::move(folder)) {}

Result<std::unique_ptr<VaultFolder>> VaultFolder::open(const std::string& data_folder) {
  const Result<FileDescriptor> data = open_folder(data_folder);
  if (!data.ok()) return data.error();
  const std::string path = data_folder + "/vaults";
  Result<FileDescriptor> folder = open_folder(path);
  if (!folder.ok()) return folder.error();
  for (const std::string& name : names_in(path)) {
    if (!name.ends_with(kUnfinished)) continue;
    const Result<Done> removed = remove_from(folder.value().number(), name);
    if (!removed.ok()) return removed.error();
  }
  return std::unique_ptr<VaultFolder>(new VaultFolder(path, std::move(folder).value()));
}

Result<std::unique_ptr<NewBackup>> VaultFolder::create(std::string_view name) {
  require(is_backup_name(name), "a backup's name is 32 hex digits");
  const std::string unfinished = std::string(name) + std::string(kUnfinished);
  FileDescriptor file(openat(folder_.number(), unfinished.c_str(),
                             O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_CREAT | O_EXCL, 0600));
  if (!file.is_open()) return storage_error();
  return std::unique_ptr<NewBackup>(
      std::make_unique<FolderBackup>(std::move(file), folder_.number(), std::string(name)));
}

Result<std::shared_ptr<const StoredBytes>> VaultFolder::open(std::string_view name) const {
  if (!is_backup_name(name)) return Error{ErrorCode::not_found};
  FileDescriptor file(
      openat(folder_.number(), std::string(name).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.is_open()) return errno == ENOENT ? Error{ErrorCode::not_found} : storage_error();
  struct stat status{};
  if (fstat(file.number(), &status) != 0) return storage_error();
  return std::shared_ptr<const StoredBytes>(
      std::make_shared<FileBytes>(std::move(file), static_cast<std::uint64_t>(status.st_size)));
}

Result<Done> VaultFolder::remove(std::string_view name) {
  require(is_backup_name(name), "a backup's name is 32 hex digits");
  return remove_from(folder_.number(), std::string(name));
}

std::vector<std::string> VaultFolder::list() const {
  std::vector<std::string> names = names_in(path_);
  std::erase_if(names, [](const std::string& name) { return !is_backup_name(name); });
  return names;
}

std::uint64_t VaultFolder::free_bytes() const { return free_bytes_of(folder_); }

}  // namespace landfall
