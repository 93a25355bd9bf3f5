// ASCII armor: an age file as text, strict PEM.

#ifndef LANDFALL_SHARED_SEALING_ARMOR_H_
#define LANDFALL_SHARED_SEALING_ARMOR_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"

namespace landfall {

// Writes armor around bytes that arrive in pieces.
class ArmorWriter {
 public:
  // Appends the text for `bytes` to `out`, as far as whole lines are known.
  void push(ByteView bytes, std::string& out);

  // Appends the last line and the end mark.
  void finish(std::string& out);

 private:
  void start(std::string& out);

  Bytes pending_;
  bool started_ = false;
};

// Reads armor that arrives in pieces: LF or CRLF line ends, every line 64 columns but the last,
// canonical padded base64, white space (at most 1,024 bytes each) before and after and nowhere
// else.
class ArmorReader {
 public:
  // Appends what the complete lines of `text` encode to `out`. False when they are not armor.
  [[nodiscard]] bool push(ByteView text, Bytes& out);

  // False when the end mark is missing.
  [[nodiscard]] bool finish(Bytes& out);

 private:
  enum class Expects { begin, data, end, nothing };

  bool read_line(Bytes& out);
  bool read_data_line(std::string_view line, Bytes& out);
  bool read_after_end(char byte);

  Expects expects_ = Expects::begin;
  std::string line_;
  std::size_t white_space_ = 0;
};

// True when `start`, the first bytes of a file, begins as armor does; white space is skipped.
[[nodiscard]] bool looks_armored(ByteView start);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SEALING_ARMOR_H_
