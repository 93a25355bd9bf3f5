#include <doctest/doctest.h>

#include "tests/shared/xpath/expressions.h"

namespace landfall {
namespace {

constexpr const char* kSix = R"({"data":{"v":["A","B","C","D","E","F"]}})";

TEST_CASE("a seed gives the order that it gives in every ODK engine") {
  CHECK(text_of("join('', randomize(//v, 42))", kSix) == "AFCBDE");
  CHECK(text_of("join('', randomize(//v, '42'))", kSix) == "AFCBDE");
  CHECK(text_of("join('', randomize(//v, -42))", kSix) == "EDAFBC");
  CHECK(text_of("join('', randomize(//v, 1))", kSix) == "BFEACD");
}

TEST_CASE("a seed that is a text is one too, and another text another") {
  const std::string once = text_of("join('', randomize(//v, 'a seed'))", kSix);

  CHECK(once.size() == 6);
  CHECK(once == text_of("join('', randomize(//v, 'a seed'))", kSix));
  CHECK(once != text_of("join('', randomize(//v, 'another seed'))", kSix));
}

TEST_CASE("without a seed every node is still there once") {
  CHECK(text_of("count(randomize(//v))", kSix) == "6");
  CHECK(text_of("randomize('v')", kSix) == "error xpath_type at 10");
}

TEST_CASE("a new identifier is of version 4, or of the length that is asked for") {
  CHECK(
      text_of(
          "regex(uuid(), '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}')") ==
      "true");
  CHECK(text_of("regex(uuid(20), '[0-9a-z]{20}')") == "true");
  CHECK(text_of("uuid(0)") == "");
  CHECK(text_of("uuid(1000000)") == "error xpath_budget at 0");
  CHECK(text_of("random() >= 0 and random() < 1") == "true");
  CHECK(text_of("uuid() = uuid()") == "false");
}

}  // namespace
}  // namespace landfall
