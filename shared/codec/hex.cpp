#include "shared/codec/hex.h"

#include <algorithm>
#include <cstdint>

namespace landfall {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

}  // namespace

Result<Bytes> parse_hex(std::string_view text) {
  Bytes bytes;
  bytes.reserve(text.size() / 2);
  unsigned pending = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t value = kDigits.find(text[i]);
    if (value == std::string_view::npos) {
      return Error{ErrorCode::hex_invalid, static_cast<std::uint32_t>(i)};
    }
    if (i % 2 == 0) {
      pending = static_cast<unsigned>(value) << 4;
    } else {
      bytes.push_back(static_cast<std::uint8_t>(pending | value));
    }
  }
  if (text.size() % 2 != 0) {
    return Error{ErrorCode::hex_invalid, static_cast<std::uint32_t>(text.size())};
  }
  return bytes;
}

std::string format_hex(ByteView bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

bool is_sha256_hex(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return kDigits.find(c) != std::string_view::npos;
         });
}

}  // namespace landfall
