// LineCounter: which line of a document a place in it is on.

#ifndef LANDFALL_SERVER_AUTHORING_LINE_COUNTER_H_
#define LANDFALL_SERVER_AUTHORING_LINE_COUNTER_H_

#include <cstddef>
#include <cstdint>

#include "shared/base/bytes.h"

namespace landfall {

// What a document is written in: UTF-8 (1, …, false), Latin-1 (1, …, true), UTF-16 (2) or UTF-32
// (4 bytes a unit). `is_converted`: the parser works on a UTF-8 copy, whose places differ.
struct LineEncoding {
  std::size_t unit_bytes = 1;
  bool is_little_endian = true;
  bool is_converted = false;
};

// Lines end with LF, CR LF or CR.
class LineCounter {
 public:
  LineCounter(ByteView bytes, LineEncoding encoding) : bytes_(bytes), encoding_(encoding) {}

  // The line, from 1, of the byte `place` of the document's UTF-8.
  // REQUIRES: places come in the order of the document; an earlier one gives the last one's line.
  [[nodiscard]] std::uint32_t line_at(std::ptrdiff_t place);

 private:
  void step();
  [[nodiscard]] std::uint32_t unit_at(std::size_t at) const;
  [[nodiscard]] std::ptrdiff_t utf8_bytes(std::uint32_t unit) const;

  ByteView bytes_;
  LineEncoding encoding_;
  std::size_t at_ = 0;
  std::ptrdiff_t utf8_at_ = 0;
  std::uint32_t line_ = 1;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_AUTHORING_LINE_COUNTER_H_
