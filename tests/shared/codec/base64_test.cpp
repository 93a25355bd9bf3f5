#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "shared/codec/base64.h"
#include "shared/codec/base64url.h"

namespace landfall {
namespace {

TEST_CASE("base64url writes the test vectors of RFC 4648 without padding") {
  CHECK(format_base64url(bytes_of("")) == "");
  CHECK(format_base64url(bytes_of("f")) == "Zg");
  CHECK(format_base64url(bytes_of("fo")) == "Zm8");
  CHECK(format_base64url(bytes_of("foo")) == "Zm9v");
  CHECK(format_base64url(bytes_of("foob")) == "Zm9vYg");
  CHECK(format_base64url(bytes_of("fooba")) == "Zm9vYmE");
  CHECK(format_base64url(bytes_of("foobar")) == "Zm9vYmFy");
}

TEST_CASE("base64url reads back every length of bytes it wrote") {
  int count = 0;
  Bytes bytes;
  for (int size = 0; size < 70; ++size) {
    const Result<Bytes> read = parse_base64url(format_base64url(bytes));
    REQUIRE(read.ok());
    CHECK(read.value() == bytes);
    bytes.push_back(static_cast<std::uint8_t>(251 * size + 7));
    ++count;
  }
  CHECK(count == 70);
}

TEST_CASE("base64url refuses padding, the other alphabet, blanks and impossible lengths") {
  CHECK(parse_base64url("Zg==").error() == Error{ErrorCode::base64url_invalid, 2});
  CHECK(parse_base64url("ab+d").error() == Error{ErrorCode::base64url_invalid, 2});
  CHECK(parse_base64url("Zg\n").error() == Error{ErrorCode::base64url_invalid, 2});
  CHECK(parse_base64url("Zm9vZ").error() == Error{ErrorCode::base64url_invalid, 5});
}

TEST_CASE("base64url refuses stray bits, so that bytes have one written form") {
  CHECK(parse_base64url("Zh").error() == Error{ErrorCode::base64url_invalid, 1});
  CHECK(parse_base64url("Zm9").error() == Error{ErrorCode::base64url_invalid, 2});
}

TEST_CASE("standard base64 is written and read with and without padding") {
  const Bytes bytes = {0xFB, 0xFF, 0xFE, 0x01};

  CHECK(format_base64(bytes, Base64Padding::required) == "+//+AQ==");
  CHECK(format_base64(bytes, Base64Padding::forbidden) == "+//+AQ");
  CHECK(parse_base64("+//+AQ==", Base64Padding::required).value() == bytes);
  CHECK(parse_base64("+//+AQ", Base64Padding::forbidden).value() == bytes);
}

TEST_CASE("standard base64 refuses the wrong amount of padding") {
  CHECK_FALSE(parse_base64("+//+AQ", Base64Padding::required).ok());
  CHECK_FALSE(parse_base64("+//+AQ=", Base64Padding::required).ok());
  CHECK_FALSE(parse_base64("+//+AQ===", Base64Padding::required).ok());
  CHECK_FALSE(parse_base64("A===", Base64Padding::required).ok());
  CHECK_FALSE(parse_base64("AA=A", Base64Padding::required).ok());
  CHECK_FALSE(parse_base64("====", Base64Padding::required).ok());
  CHECK_FALSE(parse_base64("+//+AQ==", Base64Padding::forbidden).ok());
}

}  // namespace
}  // namespace landfall
