#include <doctest/doctest.h>

#include <string>

#include "shared/codec/bech32.h"

namespace landfall {
namespace {

TEST_CASE("bech32 reads the valid checksums of BIP 173") {
  int count = 0;
  for (const char* text : {"A12UEL5L", "a12uel5l", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
                           "11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"
                           "qqqqqqqqqqqqqc8247j",
                           "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w"}) {
    const Result<Bech32> read = parse_bech32(text);
    CAPTURE(text);
    REQUIRE(read.ok());
    CHECK(format_bech32(read.value().prefix, read.value().data).value() == text);
    ++count;
  }
  CHECK(count == 5);
}

TEST_CASE("bech32 has no length limit, as age wants it") {
  const Bytes data(500, 0x5A);

  const std::string text = format_bech32("age", data).value();

  CHECK(text.size() > 800);
  CHECK(parse_bech32(text).value().data == data);
}

TEST_CASE("an upper-case prefix makes an upper-case text") {
  const Bytes data = {1, 2, 3};

  const std::string text = format_bech32("AGE-SECRET-KEY-", data).value();

  CHECK(text.starts_with("AGE-SECRET-KEY-1"));
  CHECK(text.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos);
  CHECK(parse_bech32(text).value() == Bech32{"AGE-SECRET-KEY-", data});
}

TEST_CASE("bech32 refuses mixed case, wrong symbols, wrong checksums and missing parts") {
  CHECK_FALSE(parse_bech32("A12uEL5L").ok());
  CHECK_FALSE(parse_bech32("a12uel5m").ok());
  CHECK_FALSE(parse_bech32("1a2uel5l").ok());
  CHECK_FALSE(parse_bech32("a12uel").ok());
  CHECK_FALSE(parse_bech32("12uel5l").ok());
  CHECK_FALSE(parse_bech32("").ok());
  CHECK(parse_bech32("a1buel5l").error() == Error{ErrorCode::bech32_invalid, 2});
  CHECK_FALSE(format_bech32("aGe", {}).ok());
  CHECK_FALSE(format_bech32("", {}).ok());
}

}  // namespace
}  // namespace landfall
