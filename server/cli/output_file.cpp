#include "server/cli/output_file.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "shared/codec/hex.h"

namespace landfall {
namespace {

Failure io_failure(const std::string& name, int error_number) {
  return {kExitCouldNot, name + ": " + std::strerror(error_number)};
}

std::string folder_of(const std::string& path) {
  const std::string parent = std::filesystem::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

// A name nobody else is using; uniqueness is all that is asked of it.
std::string hidden_name_beside(const std::string& path) {
  std::array<std::uint8_t, 8> random{};
  if (::getrandom(random.data(), random.size(), 0) < 0) random.fill(0);
  const std::filesystem::path target(path);
  return (target.parent_path() / ("." + target.filename().string() + "." + format_hex(random)))
      .string();
}

// Where a link leads, so that the file behind it is replaced and the link stays.
std::string followed(const std::string& path) {
  std::error_code error;
  const std::filesystem::path real = std::filesystem::canonical(path, error);
  return error ? path : real.string();
}

void flush_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

bool link_unnamed(int descriptor, const std::string& path) {
  const std::string source = "/proc/self/fd/" + std::to_string(descriptor);
  return ::linkat(AT_FDCWD, source.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) == 0;
}

}  // namespace

Outcome<Done> OutputFile::open_beside(Readers readers) {
  const mode_t mode = readers == Readers::owner_only ? 0600 : 0666;
  descriptor_ = ::open(folder_of(target_).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
  if (descriptor_ >= 0) return Done{};
  hidden_ = hidden_name_beside(target_);
  descriptor_ = ::open(hidden_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode);
  if (descriptor_ >= 0) return Done{};
  hidden_.clear();
  return io_failure(target_, errno);
}

Outcome<OutputFile> OutputFile::open(const std::string& path, Readers readers, Existing existing) {
  OutputFile file;
  file.existing_ = existing;
  if (path.empty() || path == "-") {
    file.descriptor_ = STDOUT_FILENO;
    return file;
  }
  file.target_ = followed(path);
  struct stat status{};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) return io_failure(path, EISDIR);
  if (exists && existing == Existing::kept) return io_failure(path, EEXIST);
  file.direct_ = exists && !S_ISREG(status.st_mode);
  if (file.direct_) {
    file.descriptor_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file.descriptor_ < 0) return io_failure(path, errno);
    return file;
  }
  Outcome<Done> opened = file.open_beside(readers);
  if (!opened.ok()) return opened.failure();
  return file;
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      target_(std::move(other.target_)),
      hidden_(std::exchange(other.hidden_, {})),
      direct_(other.direct_),
      existing_(other.existing_) {}

OutputFile::~OutputFile() {
  if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
  if (!hidden_.empty()) ::unlink(hidden_.c_str());
}

Outcome<Done> OutputFile::write(ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return io_failure(target_.empty() ? "standard output" : target_, errno);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return Done{};
}

// True when the content now stands at the target; errno says why otherwise.
bool OutputFile::give_name() {
  if (existing_ == Existing::kept) {
    if (hidden_.empty()) return link_unnamed(descriptor_, target_);
    return ::link(hidden_.c_str(), target_.c_str()) == 0;  // the destructor drops the hidden name
  }
  if (hidden_.empty()) {
    const std::string name = hidden_name_beside(target_);
    if (!link_unnamed(descriptor_, name)) return false;
    hidden_ = name;
  }
  if (::rename(hidden_.c_str(), target_.c_str()) != 0) return false;
  hidden_.clear();
  return true;
}

Outcome<Done> OutputFile::commit() {
  if (is_standard_output() || direct_) return Done{};
  if (::fsync(descriptor_) != 0) return io_failure(target_, errno);
  if (!give_name()) return io_failure(target_, errno);
  flush_folder(folder_of(target_));
  return Done{};
}

Outcome<Done> save_file(const std::string& path, ByteView bytes, Readers readers,
                        Existing existing) {
  Outcome<OutputFile> file = OutputFile::open(path, readers, existing);
  if (!file.ok()) return file.failure();
  Outcome<Done> written = file.value().write(bytes);
  if (!written.ok()) return written.failure();
  return file.value().commit();
}

Outcome<Done> make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error || !is_directory(std::filesystem::path(path))) {
    return Failure{kExitCouldNot, path + ": the folder could not be made"};
  }
  return Done{};
}

}  // namespace landfall
