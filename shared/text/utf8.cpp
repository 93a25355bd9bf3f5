#include "shared/text/utf8.h"

#include <cstdint>

#include "shared/base/invariant.h"

namespace landfall {
namespace {

// What a first byte promises: how many bytes follow, and the range of the second one, which is what
// excludes overlong forms, surrogates and values above U+10FFFF (Unicode table 3-7).
struct Lead {
  unsigned following = 0;
  std::uint8_t second_low = 0x80;
  std::uint8_t second_high = 0xBF;
};

// `following` is 0 for a byte that begins no sequence of several bytes.
Lead lead_of(std::uint8_t byte) {
  if (byte < 0xC2) return {};
  if (byte < 0xE0) return {1};
  if (byte == 0xE0) return {2, 0xA0, 0xBF};
  if (byte == 0xED) return {2, 0x80, 0x9F};
  if (byte < 0xF0) return {2};
  if (byte == 0xF0) return {3, 0x90, 0xBF};
  if (byte < 0xF4) return {3};
  if (byte == 0xF4) return {3, 0x80, 0x8F};
  return {};
}

std::uint8_t byte_at(std::string_view text, std::size_t offset) {
  return static_cast<std::uint8_t>(text[offset]);
}

}  // namespace

char32_t read_code_point(std::string_view text, std::size_t& offset) {
  const std::uint8_t first = byte_at(text, offset);
  if (first < 0x80) {
    ++offset;
    return first;
  }
  const Lead lead = lead_of(first);
  const std::size_t start = offset++;
  if (lead.following == 0 || text.size() - start <= lead.following) return kNoCodePoint;
  const std::uint8_t second = byte_at(text, start + 1);
  if (second < lead.second_low || second > lead.second_high) return kNoCodePoint;

  char32_t code_point = first & (0x3Fu >> lead.following);
  for (unsigned i = 1; i <= lead.following; ++i) {
    const std::uint8_t next = byte_at(text, start + i);
    if ((next & 0xC0) != 0x80) return kNoCodePoint;
    code_point = (code_point << 6) | (next & 0x3Fu);
  }
  offset = start + 1 + lead.following;
  return code_point;
}

std::size_t find_invalid_utf8(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t start = offset;
    if (read_code_point(text, offset) == kNoCodePoint) return start;
  }
  return std::string_view::npos;
}

bool is_utf8(std::string_view text) { return find_invalid_utf8(text) == std::string_view::npos; }

Result<std::u32string> decode_utf8(std::string_view text) {
  std::u32string code_points;
  code_points.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t start = offset;
    const char32_t code_point = read_code_point(text, offset);
    if (code_point == kNoCodePoint) {
      return Error{ErrorCode::utf8_invalid, static_cast<std::uint32_t>(start)};
    }
    code_points.push_back(code_point);
  }
  return code_points;
}

void append_utf8(std::string& to, char32_t code_point) {
  require(code_point <= 0x10FFFF && (code_point & 0xFFFFF800) != 0xD800,
          "only scalar values have a UTF-8 form");
  if (code_point < 0x80) {
    to.push_back(static_cast<char>(code_point));
    return;
  }
  const int following = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
  const unsigned mark = 0xF00u >> (following + 1);  // 0xC0, 0xE0 or 0xF0
  to.push_back(static_cast<char>((mark & 0xFF) | (code_point >> (6 * following))));
  for (int shift = 6 * (following - 1); shift >= 0; shift -= 6) {
    to.push_back(static_cast<char>(0x80 | ((code_point >> shift) & 0x3F)));
  }
}

std::string encode_utf8(std::u32string_view code_points) {
  std::string text;
  text.reserve(code_points.size());
  for (const char32_t code_point : code_points) append_utf8(text, code_point);
  return text;
}

}  // namespace landfall
