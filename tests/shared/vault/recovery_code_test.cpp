#include "shared/vault/recovery_code.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/codec/hex.h"

namespace landfall {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view kCode = "000G-40R4-0M30-E209-185G-R38E-FK";
constexpr std::string_view kSecret = "000102030405060708090a0b0c0d0e";

// Computed apart from this code, by dividing polynomials with tables of logarithms.
const std::vector<std::pair<std::string_view, std::string_view>>& samples() {
  static const std::vector<std::pair<std::string_view, std::string_view>> kSamples = {
      {"000000000000000000000000000000", "0000-0000-0000-0000-0000-0000-GJ"},
      {"ffffffffffffffffffffffffffffff", "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-YK"},
      {kSecret, kCode},
      {"4606e6343602734442f2c2594d5b3a", "8R3E-CD1P-09SM-8GQJ-R9CM-TPST-KP"},
  };
  return kSamples;
}

RecoverySecret secret_of(std::string_view hex) {
  const Bytes bytes = parse_hex(hex).value();
  return RecoverySecret(
      std::span<const std::uint8_t, kRecoverySecretBytes>(bytes.data(), kRecoverySecretBytes));
}

// The secret as hexadecimal digits, or the error's name and offset.
std::string read(std::string_view typed) {
  const Result<RecoverySecret> secret = read_recovery_code(typed);
  if (secret.ok()) return format_hex(secret.value().view());
  return std::string(error_name(secret.error().code)) + " " + std::to_string(secret.error().offset);
}

std::string without_hyphens(std::string_view code) {
  std::string text;
  for (const char character : code) {
    if (character != '-') text.push_back(character);
  }
  return text;
}

TEST_CASE("a code is written and read as its specification says") {
  std::size_t compared = 0;
  for (const auto& [secret, code] : samples()) {
    CHECK(write_recovery_code(secret_of(secret)) == code);
    CHECK(read(code) == secret);
    ++compared;
  }
  CHECK(compared == 4);
}

TEST_CASE("a code may be typed in either case, with or without hyphens, with letters for digits") {
  CHECK(read("000g-40r4-0m30-e209-185g-r38e-fk") == kSecret);
  CHECK(read("000G40R40M30E209185GR38EFK") == kSecret);
  CHECK(read("  OooG 4oR4\n0m3O-e2O9--l85g\tr38e fk\r\n") == kSecret);
  CHECK(read("000G-40R4-0M30-E209-I85G-R38E-FK") == kSecret);
  CHECK(read("000G-40R4-0M30-E209-i85G-R38E-FK") == kSecret);
  CHECK(read("000G-40R4-0M30-E209-L85G-R38E-FK") == kSecret);
}

TEST_CASE("every single wrong symbol is found, and its group named") {
  const std::string code = without_hyphens(kCode);
  std::size_t tried = 0;
  for (std::size_t place = 0; place < code.size(); ++place) {
    for (const char symbol : kAlphabet) {
      if (symbol == code[place]) continue;
      std::string wrong = code;
      wrong[place] = symbol;
      CHECK(read(wrong) == "recovery_code_wrong " + std::to_string(place / 4 + 1));
      ++tried;
    }
  }
  CHECK(tried == 26 * 31);
}

TEST_CASE("every two wrong symbols are found") {
  const std::string code = without_hyphens(samples()[3].second);
  std::size_t found = 0;
  std::size_t tried = 0;
  for (std::size_t first = 0; first < code.size(); ++first) {
    for (std::size_t second = first + 1; second < code.size(); ++second) {
      for (std::size_t shift = 1; shift < 32; ++shift) {
        std::string wrong = code;
        wrong[first] = kAlphabet[(kAlphabet.find(code[first]) + 1) % 32];
        wrong[second] = kAlphabet[(kAlphabet.find(code[second]) + shift) % 32];
        found += read(wrong).starts_with("recovery_code_wrong") ? 1U : 0U;
        ++tried;
      }
    }
  }
  CHECK(tried == 26 * 25 / 2 * 31);
  CHECK(found == tried);
}

TEST_CASE("every two different symbols that changed places are found") {
  const std::string code = without_hyphens(samples()[3].second);
  std::size_t tried = 0;
  for (std::size_t first = 0; first < code.size(); ++first) {
    for (std::size_t second = first + 1; second < code.size(); ++second) {
      std::string wrong = code;
      std::swap(wrong[first], wrong[second]);
      if (wrong == code) continue;
      CHECK(read(wrong).starts_with("recovery_code_wrong"));
      ++tried;
    }
  }
  CHECK(tried > 250);
}

TEST_CASE("a code with symbols missing or too many tells how many there are") {
  CHECK(read("") == "recovery_code_length 0");
  CHECK(read("- -") == "recovery_code_length 0");
  CHECK(read("000G-40R4-0M30-E209-185G-R38E-F") == "recovery_code_length 25");
  CHECK(read("000G-40R4-0M30-E209-185G-R38E-FK0") == "recovery_code_length 27");
  CHECK(read(std::string(kMaxRecoveryTextBytes + 1, '-')) == "recovery_code_length 257");
}

TEST_CASE("a character that no code holds is pointed at") {
  CHECK(read("U00G-40R4-0M30-E209-185G-R38E-FK") == "recovery_code_symbol 0");
  CHECK(read("000G-40R4-0M30-E209-185G-R38E-F*") == "recovery_code_symbol 31");
  CHECK(read("000G-40R4-0M30-E209-185G-R38E-F\xEF\xBC\x8B") == "recovery_code_symbol 31");
}

TEST_CASE("nothing but zeros is no code") {
  CHECK(read(std::string(kRecoverySymbols, '0')).starts_with("recovery_code_wrong"));
}

}  // namespace
}  // namespace landfall
