#include "shared/codec/bech32.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace landfall {
namespace {

constexpr std::string_view kSymbols = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kChecksumSymbols = 6;

bool has_lower(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool has_upper(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// The BCH code of BIP 173.
std::uint32_t polymod(const std::vector<std::uint8_t>& values) {
  constexpr std::array<std::uint32_t, 5> kGenerator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                                       0x3d4233dd, 0x2a1462b3};
  std::uint32_t check = 1;
  for (const std::uint8_t value : values) {
    const std::uint32_t top = check >> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    for (std::size_t i = 0; i < kGenerator.size(); ++i) {
      if (((top >> i) & 1) != 0) check ^= kGenerator[i];
    }
  }
  return check;
}

std::vector<std::uint8_t> expand_prefix(std::string_view prefix) {
  std::vector<std::uint8_t> values;
  for (const char c : prefix) values.push_back(static_cast<std::uint8_t>(lower(c) >> 5));
  values.push_back(0);
  for (const char c : prefix) values.push_back(static_cast<std::uint8_t>(lower(c) & 31));
  return values;
}

// False when the bits left over are five or more, or not zero.
bool regroup_to_bytes(const std::vector<std::uint8_t>& symbols, Bytes& bytes) {
  std::uint32_t bits = 0;
  unsigned bit_count = 0;
  for (const std::uint8_t symbol : symbols) {
    bits = (bits << 5) | symbol;
    bit_count += 5;
    if (bit_count >= 8) {
      bit_count -= 8;
      bytes.push_back(static_cast<std::uint8_t>(bits >> bit_count));
      bits &= (1u << bit_count) - 1;
    }
  }
  return bit_count < 5 && bits == 0;
}

std::vector<std::uint8_t> regroup_to_symbols(ByteView bytes) {
  std::vector<std::uint8_t> symbols;
  std::uint32_t bits = 0;
  unsigned bit_count = 0;
  for (const std::uint8_t byte : bytes) {
    bits = (bits << 8) | byte;
    bit_count += 8;
    while (bit_count >= 5) {
      bit_count -= 5;
      symbols.push_back(static_cast<std::uint8_t>((bits >> bit_count) & 31));
    }
    bits &= (1u << bit_count) - 1;
  }
  if (bit_count > 0) symbols.push_back(static_cast<std::uint8_t>((bits << (5 - bit_count)) & 31));
  return symbols;
}

bool is_prefix_character(char c) { return c >= 33 && c <= 126; }

Error refused(std::size_t offset) {
  return Error{ErrorCode::bech32_invalid, static_cast<std::uint32_t>(offset)};
}

}  // namespace

Result<Bech32> parse_bech32(std::string_view text) {
  if (has_lower(text) && has_upper(text)) return refused(0);
  const std::size_t separator = text.rfind('1');
  if (separator == std::string_view::npos || separator == 0) return refused(0);
  if (text.size() - separator - 1 < kChecksumSymbols) return refused(text.size());
  Bech32 result;
  result.prefix = text.substr(0, separator);
  for (std::size_t i = 0; i < separator; ++i) {
    if (!is_prefix_character(text[i])) return refused(i);
  }

  std::vector<std::uint8_t> symbols;
  for (std::size_t i = separator + 1; i < text.size(); ++i) {
    const std::size_t value = kSymbols.find(lower(text[i]));
    if (value == std::string_view::npos) return refused(i);
    symbols.push_back(static_cast<std::uint8_t>(value));
  }
  std::vector<std::uint8_t> checked = expand_prefix(result.prefix);
  checked.insert(checked.end(), symbols.begin(), symbols.end());
  if (polymod(checked) != 1) return refused(0);

  symbols.resize(symbols.size() - kChecksumSymbols);
  if (!regroup_to_bytes(symbols, result.data)) return refused(0);
  return result;
}

Result<std::string> format_bech32(std::string_view prefix, ByteView data) {
  if (prefix.empty() || (has_lower(prefix) && has_upper(prefix)) ||
      !std::all_of(prefix.begin(), prefix.end(), is_prefix_character)) {
    return refused(0);
  }
  std::vector<std::uint8_t> symbols = regroup_to_symbols(data);
  std::vector<std::uint8_t> checked = expand_prefix(prefix);
  checked.insert(checked.end(), symbols.begin(), symbols.end());
  checked.resize(checked.size() + kChecksumSymbols);
  const std::uint32_t check = polymod(checked) ^ 1;
  for (unsigned i = 0; i < kChecksumSymbols; ++i) {
    symbols.push_back(static_cast<std::uint8_t>((check >> (5 * (5 - i))) & 31));
  }

  std::string text(prefix);
  text.push_back('1');
  const bool upper_case = has_upper(prefix);
  for (const std::uint8_t symbol : symbols) {
    text.push_back(upper_case ? upper(kSymbols[symbol]) : kSymbols[symbol]);
  }
  return text;
}

}  // namespace landfall
