#include "shared/vault/recovery_code.h"

#include <array>
#include <cstdint>
#include <optional>

namespace landfall {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kDataSymbols = 24;
constexpr std::size_t kGroupSymbols = 4;
// Stands in front of every code and is not written: without it, 26 zeros would be a code.
constexpr std::uint8_t kUnwritten = 1;

using Symbols = std::array<std::uint8_t, kRecoverySymbols>;

// In the field of 32 elements, polynomials over bits modulo x^5 + x^2 + 1, where x (2) generates
// every element but 0.
constexpr std::uint8_t times(std::uint8_t a, std::uint8_t b) {
  unsigned product = 0;
  for (unsigned bit = 0; bit < 5; ++bit) product ^= (b >> bit & 1U) * (unsigned{a} << bit);
  for (unsigned bit = 8; bit >= 5; --bit) product ^= (product >> bit & 1U) * (0x25U << (bit - 5));
  return static_cast<std::uint8_t>(product);
}

constexpr std::uint8_t kX = 2;
constexpr std::uint8_t kX2 = 4;

// What the symbols, the unwritten one in front, are as a polynomial at `point`.
std::uint8_t value_at(std::uint8_t point, const Symbols& symbols) {
  std::uint8_t value = kUnwritten;
  for (const std::uint8_t symbol : symbols) {
    value = static_cast<std::uint8_t>(times(value, point) ^ symbol);
  }
  return value;
}

// Where the polynomial of a code is not zero, but should be: at x and at x^2.
struct Syndromes {
  std::uint8_t at_x = 0;
  std::uint8_t at_x2 = 0;
};

Syndromes syndromes_of(const Symbols& symbols) {
  return {value_at(kX, symbols), value_at(kX2, symbols)};
}

// The place of the one symbol that, changed, would make a code of these.
std::optional<std::size_t> wrong_symbol(const Syndromes& syndromes) {
  if (syndromes.at_x == 0 || syndromes.at_x2 == 0) return std::nullopt;
  // An error e at the power j is e x^j at x and e x^2j at x^2: their quotient is x^j.
  std::uint8_t shifted = syndromes.at_x;
  for (std::size_t power = 0; power < kRecoverySymbols; ++power) {
    if (shifted == syndromes.at_x2) return kRecoverySymbols - 1 - power;
    shifted = times(shifted, kX);
  }
  return std::nullopt;
}

// Puts the two last symbols so that both syndromes are zero. With c and d in the last places,
// c x + d = s and c x^2 + d = t, so that c (x + x^2) = s + t.
void add_check(Symbols& symbols) {
  const Syndromes rest = syndromes_of(symbols);
  // The inverse of x + x^2 (6): 6 * 14 = 1.
  static_assert(times(kX ^ kX2, 14) == 1);
  const auto sum = static_cast<std::uint8_t>(rest.at_x ^ rest.at_x2);
  const std::uint8_t first = times(sum, 14);
  symbols[kDataSymbols] = first;
  symbols[kDataSymbols + 1] = static_cast<std::uint8_t>(rest.at_x ^ times(first, kX));
}

Symbols symbols_of(const RecoverySecret& secret) {
  Symbols symbols{};
  const auto bytes = secret.view();
  for (std::size_t i = 0; i < kDataSymbols; ++i) {
    const std::size_t bit = 5 * i;
    const std::size_t next = bit / 8 + 1;
    const unsigned pair = unsigned{bytes[bit / 8]} << 8 | (next < bytes.size() ? bytes[next] : 0U);
    symbols[i] = static_cast<std::uint8_t>(pair >> (11 - bit % 8) & 31U);
  }
  return symbols;
}

RecoverySecret secret_of(const Symbols& symbols) {
  RecoverySecret secret;
  const auto bytes = secret.fill();
  for (std::size_t bit = 0; bit < 8 * kRecoverySecretBytes; ++bit) {
    const unsigned one = unsigned{symbols[bit / 5]} >> (4 - bit % 5) & 1U;
    bytes[bit / 8] = static_cast<std::uint8_t>(unsigned{bytes[bit / 8]} << 1 | one);
  }
  return secret;
}

// The value that `character` may stand for.
std::optional<std::uint8_t> symbol_of(char character) {
  const bool is_lower = character >= 'a' && character <= 'z';
  char upper = is_lower ? static_cast<char>(character - 'a' + 'A') : character;
  if (upper == 'O') upper = '0';
  if (upper == 'I' || upper == 'L') upper = '1';
  const std::size_t found = kAlphabet.find(upper);
  if (found == std::string_view::npos) return std::nullopt;
  return static_cast<std::uint8_t>(found);
}

bool is_between(char character) {
  return character == ' ' || character == '-' || character == '\n' || character == '\r' ||
         character == '\t';
}

Result<Symbols> read_symbols(std::string_view typed) {
  Symbols symbols{};
  std::size_t count = 0;
  if (typed.size() > kMaxRecoveryTextBytes) {
    return Error{ErrorCode::recovery_code_length, static_cast<std::uint32_t>(typed.size())};
  }
  for (std::size_t i = 0; i < typed.size(); ++i) {
    if (is_between(typed[i])) continue;
    const std::optional<std::uint8_t> symbol = symbol_of(typed[i]);
    if (!symbol) return Error{ErrorCode::recovery_code_symbol, static_cast<std::uint32_t>(i)};
    if (count < symbols.size()) symbols[count] = *symbol;
    ++count;
  }
  if (count != symbols.size()) {
    return Error{ErrorCode::recovery_code_length, static_cast<std::uint32_t>(count)};
  }
  return symbols;
}

}  // namespace

std::string write_recovery_code(const RecoverySecret& secret) {
  Symbols symbols = symbols_of(secret);
  add_check(symbols);
  std::string text;
  text.reserve(kRecoverySymbols + kRecoveryGroups);
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    if (i > 0 && i % kGroupSymbols == 0) text.push_back('-');
    text.push_back(kAlphabet[symbols[i]]);
  }
  wipe(symbols);
  return text;
}

Result<RecoverySecret> read_recovery_code(std::string_view typed) {
  Result<Symbols> symbols = read_symbols(typed);
  if (!symbols.ok()) return symbols.error();
  const Syndromes syndromes = syndromes_of(symbols.value());
  if (syndromes.at_x != 0 || syndromes.at_x2 != 0) {
    const std::optional<std::size_t> place = wrong_symbol(syndromes);
    const std::size_t group = place ? *place / kGroupSymbols + 1 : 0;
    return Error{ErrorCode::recovery_code_wrong, static_cast<std::uint32_t>(group)};
  }
  RecoverySecret secret = secret_of(symbols.value());
  wipe(symbols.value());
  return secret;
}

}  // namespace landfall
