#include <doctest/doctest.h>

#include <string>

#include "shared/codec/hex.h"

namespace landfall {
namespace {

TEST_CASE("hexadecimal is written in lower case and read back") {
  const Bytes bytes = {0x00, 0x9F, 0xAB, 0xFF};

  CHECK(format_hex(bytes) == "009fabff");
  CHECK(parse_hex("009fabff").value() == bytes);
}

TEST_CASE("upper case, odd lengths and other characters are refused where they stand") {
  CHECK(parse_hex("0G").error() == Error{ErrorCode::hex_invalid, 1});
  CHECK(parse_hex("AB").error() == Error{ErrorCode::hex_invalid, 0});
  CHECK(parse_hex("abc").error() == Error{ErrorCode::hex_invalid, 3});
}

TEST_CASE("a SHA-256 digest is exactly 64 lower-case digits") {
  CHECK(is_sha256_hex(std::string(64, 'a')));
  CHECK_FALSE(is_sha256_hex(std::string(63, 'a')));
  CHECK_FALSE(is_sha256_hex(std::string(64, 'A')));
}

}  // namespace
}  // namespace landfall
