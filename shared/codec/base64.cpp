#include "shared/codec/base64.h"

#include <cstdint>

#include "shared/codec/base64url.h"

namespace landfall {
namespace {

// The two alphabets differ in the last two symbols only.
struct Alphabet {
  char symbol_62;
  char symbol_63;
};
constexpr Alphabet kStandard{'+', '/'};
constexpr Alphabet kUrl{'-', '_'};

// 0..63, or 64 for a character outside the alphabet.
unsigned value_of(char c, Alphabet alphabet) {
  if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a') + 26;
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0') + 52;
  if (c == alphabet.symbol_62) return 62;
  if (c == alphabet.symbol_63) return 63;
  return 64;
}

char symbol_of(unsigned value, Alphabet alphabet) {
  if (value < 26) return static_cast<char>('A' + value);
  if (value < 52) return static_cast<char>('a' + (value - 26));
  if (value < 62) return static_cast<char>('0' + (value - 52));
  return value == 62 ? alphabet.symbol_62 : alphabet.symbol_63;
}

Error refused(ErrorCode code, std::size_t offset) {
  return Error{code, static_cast<std::uint32_t>(offset)};
}

// `text` without padding characters.
Result<Bytes> decode(std::string_view text, Alphabet alphabet, ErrorCode code) {
  Bytes bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  unsigned bit_count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned value = value_of(text[i], alphabet);
    if (value > 63) return refused(code, i);
    bits = (bits << 6) | value;
    bit_count += 6;
    if (bit_count >= 8) {
      bit_count -= 8;
      bytes.push_back(static_cast<std::uint8_t>(bits >> bit_count));
      bits &= (1u << bit_count) - 1;
    }
  }
  // One symbol over holds no byte; bits left set would make a second text for the same bytes.
  if (bit_count == 6) return refused(code, text.size());
  if (bits != 0) return refused(code, text.size() - 1);
  return bytes;
}

std::string encode(ByteView bytes, Alphabet alphabet) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  std::uint32_t bits = 0;
  unsigned bit_count = 0;
  for (const std::uint8_t byte : bytes) {
    bits = (bits << 8) | byte;
    bit_count += 8;
    while (bit_count >= 6) {
      bit_count -= 6;
      text.push_back(symbol_of((bits >> bit_count) & 63, alphabet));
    }
    bits &= (1u << bit_count) - 1;
  }
  if (bit_count > 0) text.push_back(symbol_of((bits << (6 - bit_count)) & 63, alphabet));
  return text;
}

}  // namespace

Result<Bytes> parse_base64url(std::string_view text) {
  return decode(text, kUrl, ErrorCode::base64url_invalid);
}

std::string format_base64url(ByteView bytes) { return encode(bytes, kUrl); }

Result<Bytes> parse_base64(std::string_view text, Base64Padding padding) {
  std::string_view symbols = text;
  if (padding == Base64Padding::required) {
    if (text.size() % 4 != 0) return refused(ErrorCode::base64_invalid, text.size());
    // At most two: a third '=' is left to be refused as a symbol.
    for (int i = 0; i < 2 && symbols.ends_with('='); ++i) symbols.remove_suffix(1);
  }
  return decode(symbols, kStandard, ErrorCode::base64_invalid);
}

std::string format_base64(ByteView bytes, Base64Padding padding) {
  std::string text = encode(bytes, kStandard);
  if (padding == Base64Padding::required) text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

}  // namespace landfall
