#include "server/cli/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace landfall {
namespace {

bool means_standard_input(const std::string& path) { return path.empty() || path == "-"; }

Failure io_failure(const std::string& name, int error_number) {
  return {kExitCouldNot, name + ": " + std::strerror(error_number)};
}

}  // namespace

Outcome<InputFile> InputFile::open(const std::string& path) {
  if (means_standard_input(path)) return InputFile(STDIN_FILENO, "standard input");
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return io_failure(path, errno);
  struct stat status{};
  if (::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
    ::close(descriptor);
    return io_failure(path, EISDIR);
  }
  return InputFile(descriptor, path);
}

InputFile::InputFile(InputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), name_(std::move(other.name_)) {}

InputFile::~InputFile() {
  if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
}

std::optional<std::uint64_t> InputFile::size_bytes() const {
  struct stat status{};
  if (::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return static_cast<std::uint64_t>(status.st_size);
}

Outcome<std::size_t> InputFile::read(std::span<std::uint8_t> into) {
  std::size_t filled = 0;
  while (filled < into.size()) {
    const ssize_t got = ::read(descriptor_, into.data() + filled, into.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return io_failure(name_, errno);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return filled;
}

Outcome<Bytes> load_file(const std::string& path, std::size_t max_bytes) {
  Outcome<InputFile> input = InputFile::open(path);
  if (!input.ok()) return input.failure();
  const auto too_long = [&] {
    return Failure{kExitCouldNot,
                   input.value().name() + ": longer than " + std::to_string(max_bytes) + " bytes"};
  };
  Bytes all;
  // A file says how long it is: none is read for nothing, and none is copied while it grows.
  const std::optional<std::uint64_t> size_bytes = input.value().size_bytes();
  if (size_bytes.value_or(0) > max_bytes) return too_long();
  all.reserve(static_cast<std::size_t>(size_bytes.value_or(0)) + kPieceBytes);
  for (;;) {
    const std::size_t before = all.size();
    all.resize(before + std::min(kPieceBytes, max_bytes + 1 - before));
    Outcome<std::size_t> got = input.value().read(std::span(all).subspan(before));
    if (!got.ok()) return got.failure();
    const bool ended = before + got.value() < all.size();
    all.resize(before + got.value());
    if (all.size() > max_bytes) return too_long();
    if (ended) return all;
  }
}

Outcome<std::string> load_text(const std::string& path, std::size_t max_bytes) {
  Outcome<Bytes> bytes = load_file(path, max_bytes);
  if (!bytes.ok()) return bytes.failure();
  return std::string(text_of(bytes.value()));
}

std::vector<std::string> meaningful_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    if (!line.empty() && line.front() != '#') lines.emplace_back(line);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return lines;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool is_folder(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool file_exists(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

}  // namespace landfall
