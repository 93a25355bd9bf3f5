#include "shared/functions/digest.h"

#include <doctest/doctest.h>

namespace landfall {
namespace {

std::string hexadecimal(DigestKind kind, std::string_view bytes) {
  return write_hexadecimal(digest_of(kind, bytes));
}

TEST_CASE("digests are those of their standards' examples") {
  CHECK(hexadecimal(DigestKind::md5, "message digest") == "f96b697d7cb7938d525a2f31aaf161d0");
  CHECK(hexadecimal(DigestKind::sha1, "abc") == "a9993e364706816aba3e25717850c26c9cd0d89d");
  CHECK(hexadecimal(DigestKind::sha256, "") ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hexadecimal(DigestKind::sha384, "abc") ==
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
        "8086072ba1e7cc2358baeca134c825a7");
  CHECK(hexadecimal(DigestKind::sha512, "abc") ==
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

TEST_CASE("a digest of several blocks goes over all of them") {
  const std::string million(1'000'000, 'a');

  CHECK(hexadecimal(DigestKind::md5, million) == "7707d6ae4e027c70eea2a935c2296f21");
  CHECK(hexadecimal(DigestKind::sha1, million) == "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
  CHECK(hexadecimal(DigestKind::sha256, million) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("base64 is read with and without its padding, and as text") {
  CHECK(read_base64(write_base64("a")) == "a");
  CHECK(read_base64(write_base64("ab")) == "ab");
  CHECK(read_base64("YQ") == "a");
  CHECK_FALSE(read_base64("YQ=").has_value());
  CHECK_FALSE(read_base64("Y").has_value());
  CHECK_FALSE(read_base64("YW J").has_value());
}

}  // namespace
}  // namespace landfall
