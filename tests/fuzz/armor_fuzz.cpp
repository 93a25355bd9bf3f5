// Armor: what is accepted is, but for line ends and white space around it, the one writing of its
// bytes.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/invariant.h"
#include "shared/sealing/armor.h"

namespace {

using namespace landfall;  // NOLINT: a harness of its own

struct Read {
  bool good = true;
  Bytes bytes;
};

Read read_in_pieces(ByteView text, std::size_t piece_bytes) {
  ArmorReader reader;
  Read read;
  while (!text.empty() && read.good) {
    const ByteView piece = text.first(std::min(piece_bytes, text.size()));
    text = text.subspan(piece.size());
    read.good = reader.push(piece, read.bytes);
  }
  read.good = read.good && reader.finish(read.bytes);
  return read;
}

std::string written(ByteView bytes, std::size_t piece_bytes) {
  ArmorWriter writer;
  std::string text;
  while (!bytes.empty()) {
    const ByteView piece = bytes.first(std::min(piece_bytes, bytes.size()));
    bytes = bytes.subspan(piece.size());
    writer.push(piece, text);
  }
  writer.finish(text);
  return text;
}

// What RFC 7468 calls white space.
constexpr std::string_view kWhiteSpace = " \t\r\n\v\f";

// `text` with LF for CRLF, nothing around it, and a last line end: all the freedom that there is.
std::string plain(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kWhiteSpace);
  const std::size_t end = text.find_last_not_of(kWhiteSpace);
  std::string plain;
  for (std::size_t i = begin; i <= end && i < text.size(); ++i) {
    const bool before_lf = text[i] == '\r' && text.substr(i + 1).starts_with('\n');
    if (!before_lf) plain.push_back(text[i]);
  }
  return plain + '\n';
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::size_t piece_bytes = std::size_t{1} + data[0];
  const ByteView input(data + 1, size - 1);
  const Read whole = read_in_pieces(input, input.size() + 1);
  const Read pieces = read_in_pieces(input, piece_bytes);
  require(whole.good == pieces.good, "the cut does not matter");
  if (whole.good) {
    require(whole.bytes == pieces.bytes, "it says the same");
    require(looks_armored(input), "what is armor looks like it");
    require(plain(text_of(input)) == written(whole.bytes, piece_bytes), "armor has one form");
  }
  const std::string text = written(input, piece_bytes);
  const Read back = read_in_pieces(bytes_of(text), piece_bytes);
  require(back.good && std::equal(input.begin(), input.end(), back.bytes.begin(), back.bytes.end()),
          "what is written reads back");
  return 0;
}
