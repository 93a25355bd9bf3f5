#include <doctest/doctest.h>

#include "tests/shared/xpath/expressions.h"

namespace landfall {
namespace {

TEST_CASE("a digest is in base64 unless hexadecimal is asked for") {
  CHECK(text_of("digest('abc', 'SHA-256')") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  CHECK(text_of("digest('abc', 'MD5', 'hex')") == "900150983cd24fb0d6963f7d28e17f72");
  CHECK(text_of("digest('abc', 'CRC')") == "error xpath_type at 14");
  CHECK(text_of("digest('abc', 'MD5', 'octal')") == "error xpath_type at 21");
}

TEST_CASE("base64 is decoded as text") {
  CHECK(text_of("base64-decode('6Ie654Gj')") == "臺灣");
  CHECK(text_of("base64-decode('/w==')") == "\uFFFD");
  CHECK(text_of("base64-decode('!')") == "");
}

}  // namespace
}  // namespace landfall
