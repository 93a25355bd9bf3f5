#include "server/cli/terminal.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "server/cli/files.h"

namespace landfall {
namespace {

constexpr std::size_t kMaxPassphraseBytes = 4096;

// Ctrl-C, which is a byte like others while a passphrase is typed: a signal would leave the
// terminal without echo.
constexpr char kInterrupt = 3;

// Turns echo and signals off for as long as it lives.
class SilentTerminal {
 public:
  explicit SilentTerminal(int descriptor) : descriptor_(descriptor) {
    known_ = ::tcgetattr(descriptor_, &before_) == 0;
    if (!known_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
    silent.c_lflag |= static_cast<tcflag_t>(ECHONL | ICANON);
    silent.c_cc[VEOL] = kInterrupt;  // ends the line, so that it is seen at once
    ::tcsetattr(descriptor_, TCSADRAIN, &silent);
  }
  ~SilentTerminal() {
    if (known_) ::tcsetattr(descriptor_, TCSADRAIN, &before_);
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;

 private:
  int descriptor_;
  bool known_ = false;
  termios before_{};
};

std::string read_line(int descriptor) {
  std::string line;
  char c = 0;
  while (line.size() < kMaxPassphraseBytes) {
    const ssize_t got = ::read(descriptor, &c, 1);
    if (got < 0 && errno == EINTR) continue;
    if (c == kInterrupt) return {};
    if (got <= 0 || c == '\n') break;
    line += c;
  }
  return line;
}

std::string ask_once(int descriptor, std::string_view prompt) {
  const SilentTerminal silent(descriptor);
  const std::string text = std::string(prompt) + ": ";
  if (::write(descriptor, text.data(), text.size()) < 0) return {};
  return read_line(descriptor);
}

// Of a well-formed sequence of at most three bytes.
unsigned code_point_of(std::string_view sequence) {
  unsigned value = static_cast<unsigned char>(sequence[0]);
  if (sequence.size() == 2) value &= 0x1fU;
  if (sequence.size() == 3) value &= 0x0fU;
  for (const char c : sequence.substr(1)) {
    value = (value << 6U) | (static_cast<unsigned char>(c) & 0x3fU);
  }
  return value;
}

bool is_hidden(unsigned code_point) {
  const auto within = [&](unsigned first, unsigned last) {
    return code_point >= first && code_point <= last;
  };
  return within(0x7f, 0x9f) || code_point == 0x61c || within(0x200b, 0x200f) ||
         within(0x2028, 0x202e) || within(0x2060, 0x206f) || code_point == 0xfeff;
}

// The size of the character that `text` begins with; 1 where no character begins.
std::size_t character_bytes(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t size = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return size <= text.size() ? size : 1;
}

// `text` with an escape for every character that `is_escaped` says.
std::string escaped(std::string_view text, bool (*is_escaped)(unsigned)) {
  constexpr unsigned kBeyond = 0x10000;  // none of them changes how others are shown
  std::string visible;
  // Whole characters: two bytes out of the middle of one would look like a hidden one.
  while (!text.empty()) {
    const std::string_view character = text.substr(0, character_bytes(text));
    const unsigned code_point = character.size() < 4 ? code_point_of(character) : kBeyond;
    if (is_escaped(code_point)) {
      visible += fmt::format("\\u{:04x}", code_point);
    } else {
      visible += character;
    }
    text.remove_prefix(character.size());
  }
  return visible;
}

}  // namespace

bool output_is_terminal() { return ::isatty(STDOUT_FILENO) == 1; }

bool looks_binary(ByteView bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) {
    const bool line_or_tab = byte == '\t' || byte == '\n' || byte == '\r';
    return (byte < 0x20 && !line_or_tab) || byte == 0x7f;
  });
}

std::string visible_json(std::string_view json) { return escaped(json, is_hidden); }

std::string visible_text(std::string_view text) {
  return escaped(text,
                 [](unsigned code_point) { return code_point < 0x20 || is_hidden(code_point); });
}

Outcome<std::string> ask_passphrase(std::string_view prompt, bool twice) {
  const int descriptor = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (descriptor < 0) {
    return Failure{kExitCouldNot, "no terminal to ask for the passphrase; use --passphrase-file"};
  }
  const std::string first = ask_once(descriptor, prompt);
  const bool again = twice && !first.empty();
  const std::string second = again ? ask_once(descriptor, "Once more") : first;
  ::close(descriptor);
  if (first.empty()) return Failure{kExitCouldNot, "no passphrase was given"};
  if (first != second) return Failure{kExitUsage, "the two passphrases differ"};
  return first;
}

Outcome<std::string> load_passphrase(const std::string& path) {
  Outcome<std::string> text = load_text(path, kMaxPassphraseBytes);
  if (!text.ok()) return text.failure();
  std::string line = text.value().substr(0, text.value().find('\n'));
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (line.empty()) return Failure{kExitCouldNot, path + ": holds no passphrase"};
  return line;
}

}  // namespace landfall
