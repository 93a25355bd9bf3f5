#include "server/store/part_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "shared/base/invariant.h"
#include "shared/codec/hex.h"

namespace landfall {
namespace {

// Every name that becomes a path is hexadecimal, so none can leave its folder.
bool is_hex_name(std::string_view name, std::size_t size) {
  return name.size() == size && parse_hex(name).ok();
}

class FolderUpload final : public UploadFile {
 public:
  FolderUpload(FileDescriptor file, int folder, std::uint64_t size, bool is_named)
      : file_(std::move(file)), folder_(folder), size_(size), is_named_(is_named) {}

  [[nodiscard]] std::uint64_t size_bytes() const override { return size_; }

  Result<Done> append(ByteView bytes) override {
    const Result<Done> written = write_all(file_, bytes, size_);
    if (written.ok()) size_ += bytes.size();
    return written;
  }

  Result<Done> sync() override {
    if (fdatasync(file_.number()) != 0) return storage_error();
    return Done{};
  }

  Result<Done> sync_name() override {
    if (is_named_) return Done{};
    if (fsync(folder_) != 0) return storage_error();
    is_named_ = true;
    return Done{};
  }

  Result<Done> truncate(std::uint64_t size_bytes) override {
    if (ftruncate(file_.number(), static_cast<off_t>(size_bytes)) != 0) return storage_error();
    size_ = size_bytes;
    return Done{};
  }

  Result<Done> read(const std::function<void(ByteView)>& receive) const override {
    return read_all(file_, receive);
  }

 private:
  FileDescriptor file_;
  int folder_;
  std::uint64_t size_;
  bool is_named_;  // the directory entry is durable
};

std::vector<std::string> hex_names_in(const std::string& folder, std::size_t name_size) {
  std::vector<std::string> names = names_in(folder);
  std::erase_if(names,
                [name_size](const std::string& name) { return !is_hex_name(name, name_size); });
  return names;
}

}  // namespace

PartFolder::PartFolder(std::string data_folder, FileDescriptor uploads, FileDescriptor parts)
    : data_folder_(std::move(data_folder)),
      uploads_(std::move(uploads)),
      parts_(std::move(parts)) {}

Result<std::unique_ptr<PartFolder>> PartFolder::open(const std::string& data_folder) {
  const Result<FileDescriptor> data = open_folder(data_folder);
  if (!data.ok()) return data.error();
  Result<FileDescriptor> uploads = open_folder(data_folder + "/uploads");
  if (!uploads.ok()) return uploads.error();
  Result<FileDescriptor> parts = open_folder(data_folder + "/parts");
  if (!parts.ok()) return parts.error();
  return std::unique_ptr<PartFolder>(
      new PartFolder(data_folder, std::move(uploads).value(), std::move(parts).value()));
}

Result<std::unique_ptr<UploadFile>> PartFolder::open_upload(std::string_view id) {
  require(is_hex_name(id, 32), "an upload id is 32 hex digits");
  const std::string name(id);
  constexpr int kFlags = O_RDWR | O_CLOEXEC | O_NOFOLLOW;
  FileDescriptor file(openat(uploads_.number(), name.c_str(), kFlags));
  const bool is_new = !file.is_open() && errno == ENOENT;
  if (is_new) {
    file = FileDescriptor(openat(uploads_.number(), name.c_str(), kFlags | O_CREAT | O_EXCL, 0600));
  }
  if (!file.is_open()) return storage_error();
  std::uint64_t size = 0;
  if (!is_new) {
    // Its writer may have died between write and sync: what is there counts only once it is synced.
    struct stat status{};
    if (fdatasync(file.number()) != 0 || fsync(uploads_.number()) != 0 ||
        fstat(file.number(), &status) != 0) {
      return storage_error();
    }
    size = static_cast<std::uint64_t>(status.st_size);
  }
  return std::unique_ptr<UploadFile>(
      std::make_unique<FolderUpload>(std::move(file), uploads_.number(), size, !is_new));
}

// The folder of a digest's first two digits. It is never closed, so its number may be used freely.
Result<int> PartFolder::shelf(std::string_view sha256_hex) {
  require(is_sha256_hex(sha256_hex), "a part's name is a SHA-256");
  const std::string name(sha256_hex.substr(0, 2));
  const std::size_t number = std::stoul(name, nullptr, 16);
  const std::lock_guard lock(mutex_);
  if (!shelves_[number].is_open()) {
    Result<FileDescriptor> opened = open_folder(data_folder_ + "/parts/" + name);
    if (!opened.ok()) return opened.error();
    shelves_[number] = std::move(opened).value();
  }
  return shelves_[number].number();
}

Result<Done> PartFolder::publish(std::string_view id, std::string_view sha256_hex) {
  const Result<int> folder = shelf(sha256_hex);
  if (!folder.ok()) return folder.error();
  const int linked = linkat(uploads_.number(), std::string(id).c_str(), folder.value(),
                            std::string(sha256_hex).c_str(), 0);
  // Already there: the same bytes, but perhaps from a writer that died before its sync.
  if (linked != 0 && errno != EEXIST) return storage_error();
  if (fsync(folder.value()) != 0) return storage_error();
  return Done{};
}

Result<Done> PartFolder::discard_upload(std::string_view id) {
  return remove_from(uploads_.number(), std::string(id));
}

Result<Done> PartFolder::remove_part(std::string_view sha256_hex) {
  const Result<int> folder = shelf(sha256_hex);
  if (!folder.ok()) return folder.error();
  return remove_from(folder.value(), std::string(sha256_hex));
}

Result<Done> PartFolder::read_part(std::string_view sha256_hex,
                                   const std::function<void(ByteView)>& receive) const {
  if (!is_sha256_hex(sha256_hex)) return Error{ErrorCode::not_found};
  const std::string name = std::string(sha256_hex.substr(0, 2)) + "/" + std::string(sha256_hex);
  const FileDescriptor file(
      openat(parts_.number(), name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.is_open()) return errno == ENOENT ? Error{ErrorCode::not_found} : storage_error();
  return read_all(file, receive);
}

std::vector<std::string> PartFolder::list_uploads() const {
  return hex_names_in(data_folder_ + "/uploads", 32);
}

std::vector<std::string> PartFolder::list_parts() const {
  std::vector<std::string> all;
  for (const std::string& name : hex_names_in(data_folder_ + "/parts", 2)) {
    std::vector<std::string> some = hex_names_in(data_folder_ + "/parts/" + name, 64);
    all.insert(all.end(), std::make_move_iterator(some.begin()),
               std::make_move_iterator(some.end()));
  }
  return all;
}

std::uint64_t PartFolder::upload_bytes() const {
  std::uint64_t bytes = 0;
  for (const std::string& id : list_uploads()) {
    struct stat status{};
    // One that is gone by now holds nothing.
    const bool is_there = fstatat(uploads_.number(), id.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (is_there) bytes += static_cast<std::uint64_t>(status.st_size);
  }
  return bytes;
}

std::uint64_t PartFolder::free_bytes() const { return free_bytes_of(parts_); }

}  // namespace landfall
