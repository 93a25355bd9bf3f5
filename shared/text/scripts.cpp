#include "shared/text/scripts.h"

#include <algorithm>
#include <array>

#include "shared/text/grapheme_class.h"
#include "shared/text/packed_numbers.h"
#include "shared/text/tables.gen.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// The blocks CJK Unified Ideographs with extensions A to I, and both compatibility blocks.
constexpr std::array<Range, 7> kHanBlocks = {{{0x3400, 0x4DBF},
                                              {0x4E00, 0x9FFF},
                                              {0xF900, 0xFAFF},
                                              {0x20000, 0x2A6DF},
                                              {0x2A700, 0x2EE5D},
                                              {0x2F800, 0x2FA1F},
                                              {0x30000, 0x323AF}}};

constexpr char32_t kZeroWidthNonJoiner = 0x200C;
constexpr char32_t kZeroWidthJoiner = 0x200D;

}  // namespace

Script script_of(char32_t code_point) {
  if (code_point > 0x10FFFF) return Script::other;
  return static_cast<Script>(run_value(kScriptRuns, code_point));
}

bool is_han(char32_t code_point) {
  return std::any_of(kHanBlocks.begin(), kHanBlocks.end(), [code_point](const Range& block) {
    return code_point >= block.first && code_point <= block.last;
  });
}

bool is_pictograph(char32_t code_point) {
  return grapheme_class_of(code_point) == GraphemeClass::extended_pictographic;
}

bool is_unprintable(char32_t code_point) {
  if (code_point > 0x10FFFF) return true;
  if (code_point == kZeroWidthNonJoiner || code_point == kZeroWidthJoiner) return false;
  const bool is_noncharacter =
      (code_point & 0xFFFE) == 0xFFFE || (code_point >= 0xFDD0 && code_point <= 0xFDEF);
  const bool is_surrogate_or_private =
      (code_point >= 0xD800 && code_point <= 0xF8FF) || code_point >= 0xF0000;
  return is_noncharacter || is_surrogate_or_private || run_value(kFormatRuns, code_point) != 0;
}

bool is_bidi_control(char32_t code_point) {
  return code_point == 0x061C || code_point == 0x200E || code_point == 0x200F ||
         (code_point >= 0x202A && code_point <= 0x202E) ||
         (code_point >= 0x2066 && code_point <= 0x2069);
}

bool is_white_space(char32_t code_point) {
  return (code_point >= 0x09 && code_point <= 0x0D) || code_point == 0x20 || code_point == 0x85 ||
         code_point == 0xA0 || code_point == 0x1680 ||
         (code_point >= 0x2000 && code_point <= 0x200A) || code_point == 0x2028 ||
         code_point == 0x2029 || code_point == 0x202F || code_point == 0x205F ||
         code_point == 0x3000;
}

std::string isolate(std::string_view text) {
  constexpr std::string_view kFirstStrongIsolate = "\u2068";
  constexpr std::string_view kPopDirectionalIsolate = "\u2069";
  std::string isolated(kFirstStrongIsolate);
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t start = offset;
    if (!is_bidi_control(read_code_point(text, offset))) {
      isolated.append(text, start, offset - start);
    }
  }
  isolated += kPopDirectionalIsolate;
  return isolated;
}

}  // namespace landfall
