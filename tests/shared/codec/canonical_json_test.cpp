#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

#include "shared/codec/canonical_json.h"

namespace landfall {
namespace {

TEST_CASE("the sample of RFC 8785 section 3.2.2 comes out as printed there") {
  constexpr std::string_view kInput = R"({
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  })";

  CHECK(canonicalize(kInput).value() ==
        R"({"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],)"
        "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

TEST_CASE("members are ordered by UTF-16 code units, surrogates before U+E000") {
  const std::string text = "{\"\uFB33\":1,\"\U0001F602\":2,\"\u20AC\":3,\"a\":4}";

  CHECK(canonicalize(text).value() == "{\"a\":4,\"\u20AC\":3,\"\U0001F602\":2,\"\uFB33\":1}");
}

TEST_CASE("writing what was written changes nothing") {
  const std::string once = canonicalize(R"({"b":[1.50,{"z":1,"y":[]}],"a":"\u00e9"})").value();

  CHECK(is_canonical(once));
  CHECK(canonicalize(once).value() == once);
}

TEST_CASE("a text written otherwise is not canonical") {
  CHECK_FALSE(is_canonical("{ }"));
  CHECK_FALSE(is_canonical(R"({"b":1,"a":2})"));
  CHECK_FALSE(is_canonical("1.0"));
  CHECK_FALSE(is_canonical("-0"));
  CHECK_FALSE(is_canonical(R"("\u0041")"));
  CHECK_FALSE(is_canonical("{"));
}

TEST_CASE("a signed payload in another form is refused where it differs") {
  CHECK(parse_canonical_json(R"({"a":1,"b":2})").ok());
  CHECK(parse_canonical_json(R"({"a":1, "b":2})").error() ==
        Error{ErrorCode::json_not_canonical, 7});
  CHECK(parse_canonical_json("{}\n").error() == Error{ErrorCode::json_not_canonical, 2});
}

TEST_CASE("what JSON cannot say is refused") {
  CHECK(write_canonical_json(Json(std::nan(""))).error().code ==
        ErrorCode::json_number_out_of_range);
  CHECK(write_canonical_json(Json(std::numeric_limits<double>::infinity())).error().code ==
        ErrorCode::json_number_out_of_range);
  CHECK(write_canonical_json(Json(std::numeric_limits<std::uint64_t>::max())).error().code ==
        ErrorCode::json_number_out_of_range);
  CHECK(write_canonical_json(Json("\xFF")).error().code == ErrorCode::utf8_invalid);
}

}  // namespace
}  // namespace landfall
