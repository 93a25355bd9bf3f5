#include "shared/text/simplified_han.h"

#include <cstddef>
#include <cstdint>
#include <span>

#include "shared/text/scripts.h"
#include "shared/text/simplified_han.gen.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

// Reads a table of varints from its beginning: the tables are half the size so, and a name has few
// characters to look up.
class VarintReader {
 public:
  explicit VarintReader(std::span<const std::uint8_t> table) : table_(table) {}

  [[nodiscard]] bool at_end() const { return at_ == table_.size(); }

  char32_t next() {
    std::uint32_t encoded = 0;
    unsigned shift = 0;
    std::uint8_t byte = 0;
    do {
      byte = table_[at_++];
      encoded |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
      shift += 7;
    } while ((byte & 0x80) != 0);
    // Zigzag: even numbers go up, odd ones down.
    const std::uint32_t half = encoded >> 1;
    value_ += (encoded & 1) == 0 ? half : ~half;
    return value_;
  }

 private:
  std::span<const std::uint8_t> table_;
  std::size_t at_ = 0;
  char32_t value_ = 0;
};

}  // namespace

std::optional<char32_t> traditional_form(char32_t code_point) {
  if (script_of(code_point) != Script::han) return {};
  VarintReader simplified(kSimplifiedHan);
  VarintReader traditional(kTraditionalHan);
  while (!simplified.at_end()) {
    const char32_t candidate = simplified.next();
    const char32_t form = traditional.next();
    if (candidate == code_point) return form;
    if (candidate > code_point) break;
  }
  return {};
}

std::string suggest_traditional(std::string_view text) {
  std::string suggestion;
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t start = offset;
    const char32_t code_point = read_code_point(text, offset);
    const char32_t traditional = traditional_form(code_point).value_or(0);
    if (traditional != 0) {
      append_utf8(suggestion, traditional);
    } else {
      suggestion.append(text, start, offset - start);
    }
  }
  return suggestion;
}

}  // namespace landfall
