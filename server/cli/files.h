// Reads files and standard input, whole within a bound or piece by piece.

#ifndef LANDFALL_SERVER_CLI_FILES_H_
#define LANDFALL_SERVER_CLI_FILES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/cli/outcome.h"
#include "shared/base/bytes.h"

namespace landfall {

inline constexpr std::size_t kMaxDocumentBytes = std::size_t{16} << 20;  // keys, receipts, packages
inline constexpr std::size_t kPieceBytes = std::size_t{64} << 10;

// A file being read from start to end; "-" and "" mean standard input, which is not closed.
class InputFile {
 public:
  // Fails with kExitCouldNot: no such file, no permission, a folder.
  [[nodiscard]] static Outcome<InputFile> open(const std::string& path);
  InputFile(InputFile&& other) noexcept;
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile();

  // Fills `into` as far as the input goes: fewer bytes than asked for mean that it has ended.
  [[nodiscard]] Outcome<std::size_t> read(std::span<std::uint8_t> into);
  // How long a regular file is; nullopt for a pipe or a device.
  [[nodiscard]] std::optional<std::uint64_t> size_bytes() const;
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  InputFile(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
  int descriptor_ = -1;
  std::string name_;
};

// The whole of `path` ("-" or "": standard input), at most `max_bytes`.
//
// Fails with kExitCouldNot: unreadable, or longer than `max_bytes`.
[[nodiscard]] Outcome<Bytes> load_file(const std::string& path,
                                       std::size_t max_bytes = kMaxDocumentBytes);

// The same as text, not checked to be UTF-8.
[[nodiscard]] Outcome<std::string> load_text(const std::string& path,
                                             std::size_t max_bytes = kMaxDocumentBytes);

// The lines of `text` without ends of line ("\n" or "\r\n"), blank ones and those that begin with
// '#' left out: the shape of age's recipient and identity files.
[[nodiscard]] std::vector<std::string> meaningful_lines(std::string_view text);

// `text` without blanks and line ends around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

[[nodiscard]] bool is_folder(const std::string& path);
[[nodiscard]] bool file_exists(const std::string& path);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_FILES_H_
