#include <doctest/doctest.h>

#include <string>

#include "shared/codec/json.h"

namespace landfall {
namespace {

Error error_of(std::string_view text) { return parse_json(text).error(); }

TEST_CASE("a document is read with its types") {
  const Json read = parse_json(R"( {"a": [1, -2.5, true, false, null], "b": {"c": "d"}} )").value();

  CHECK(read == Json{{"a", Json::array({1, -2.5, true, false, nullptr})}, {"b", {{"c", "d"}}}});
}

TEST_CASE("escapes become the characters they stand for") {
  const Json read = parse_json(R"("\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude02")").value();

  CHECK(text_value(read) == "\"\\/\b\f\n\r\tA\u00e9\U0001F602");
}

TEST_CASE("numbers written as integers stay exact up to two to the 53rd and are doubles beyond") {
  CHECK(parse_json("9007199254740992").value().type() == JsonType::integer);
  CHECK(parse_json("-9007199254740992").value().type() == JsonType::integer);
  CHECK(parse_json("9007199254740993").value().type() == JsonType::number);
  CHECK(parse_json("9223372036854775808").value() == Json(9223372036854775808.0));
  CHECK(parse_json("123456789012345678901234567890").value() == Json(1.2345678901234568e29));
  CHECK(parse_json("-0").value().type() == JsonType::number);
  CHECK(parse_json("1.0").value().type() == JsonType::number);
}

TEST_CASE("a number too small is zero and one too large is refused") {
  CHECK(parse_json("1e-999").value() == Json(0.0));
  CHECK(error_of("[1e999]") == Error{ErrorCode::json_number_out_of_range, 1});
  CHECK(error_of("-1e999") == Error{ErrorCode::json_number_out_of_range, 0});
}

TEST_CASE("what is not JSON is refused at the byte where it stops being JSON") {
  CHECK(error_of("") == Error{ErrorCode::json_malformed, 0});
  CHECK(error_of("[1,]") == Error{ErrorCode::json_malformed, 3});
  CHECK(error_of("[1 2]") == Error{ErrorCode::json_malformed, 3});
  CHECK(error_of("{\"a\" 1}") == Error{ErrorCode::json_malformed, 5});
  CHECK(error_of("{a:1}") == Error{ErrorCode::json_malformed, 1});
  CHECK(error_of("[01]") == Error{ErrorCode::json_malformed, 2});
  CHECK(error_of("[1.]") == Error{ErrorCode::json_malformed, 3});
  CHECK(error_of("[+1]") == Error{ErrorCode::json_malformed, 1});
  CHECK(error_of("tru") == Error{ErrorCode::json_malformed, 3});
  CHECK(error_of("[] []") == Error{ErrorCode::json_malformed, 3});
  CHECK(error_of("\"a\tb\"") == Error{ErrorCode::json_malformed, 2});
  CHECK(error_of("\"a") == Error{ErrorCode::json_malformed, 2});
  CHECK(error_of("[[") == Error{ErrorCode::json_malformed, 2});
  CHECK(error_of("NaN") == Error{ErrorCode::json_malformed, 0});
  CHECK(error_of("\xEF\xBB\xBF{}") == Error{ErrorCode::json_malformed, 0});
  CHECK(error_of(std::string_view("[\0]", 3)) == Error{ErrorCode::json_malformed, 1});
}

TEST_CASE("a member may not come twice, however its name is written") {
  CHECK(error_of(R"({"a":1,"b":2,"a":3})") == Error{ErrorCode::json_duplicate_member, 13});
  CHECK(error_of(R"({"a":1,"\u0061":2})") == Error{ErrorCode::json_duplicate_member, 7});
}

TEST_CASE("half a character is refused, raw or escaped") {
  CHECK(error_of(R"("\ud800")") == Error{ErrorCode::utf8_invalid, 1});
  CHECK(error_of(R"("a\udead")") == Error{ErrorCode::utf8_invalid, 2});
  CHECK(error_of(R"("\ud800\u0041")") == Error{ErrorCode::utf8_invalid, 1});
  CHECK(error_of("\"a\xED\xA0\x80\"") == Error{ErrorCode::utf8_invalid, 2});
  CHECK(error_of("\"\xC0\x80\"") == Error{ErrorCode::utf8_invalid, 1});
}

TEST_CASE("depth is limited at the bracket that goes one too deep") {
  const std::string allowed = std::string(64, '[') + std::string(64, ']');
  const std::string refused = std::string(65, '[') + std::string(65, ']');

  CHECK(parse_json(allowed).ok());
  CHECK(error_of(refused) == Error{ErrorCode::json_too_deep, 64});
}

TEST_CASE("a very deep text is refused at once, and a wide one at its limit") {
  const std::string deep(4 << 20, '[');
  std::string wide = "[0";
  for (int i = 0; i < 2000000; ++i) wide += ",0";
  wide += "]";

  CHECK(error_of(deep) == Error{ErrorCode::json_too_deep, 64});
  CHECK(error_of(wide).code == ErrorCode::json_too_large);
  CHECK(parse_json(deep, {.bytes = 100}).error() == Error{ErrorCode::json_too_large, 0});
  CHECK(parse_json("[1,2,3]", {.elements = 3}).error() == Error{ErrorCode::json_too_large, 5});
}

TEST_CASE("members are found by name and type, and asking wrongly is no accident") {
  const Json object =
      parse_json(R"({"t":"text","n":2.5,"i":7,"w":3.0,"b":true,"o":{},"a":[]})").value();

  CHECK(member_text(object, "t").value() == "text");
  CHECK(member_number(object, "n").value() == 2.5);
  CHECK(member_integer(object, "i").value() == 7);
  CHECK(member_integer(object, "w").value() == 3);
  CHECK(member_bool(object, "b").value());
  CHECK(member_object(object, "o").ok());
  CHECK(member_array(object, "a").ok());
  CHECK(member_integer(object, "n").error().code == ErrorCode::json_shape);
  CHECK(member_text(object, "i").error().code == ErrorCode::json_shape);
  CHECK(member_text(object, "absent").error().code == ErrorCode::json_shape);
  CHECK(member_text(Json(5), "t").error().code == ErrorCode::json_shape);
  CHECK(member_text_or(object, "absent", "x") == "x");
  CHECK_FALSE(member_bool_or(object, "t", false));
}

TEST_CASE("an object with an unknown member is told apart") {
  const Json object = {{"alg", "EdDSA"}, {"kid", "k"}};

  CHECK(has_only_members(object, {"alg", "kid", "typ"}));
  CHECK_FALSE(has_only_members(object, {"alg"}));
  CHECK_FALSE(has_only_members(Json::array(), {"alg"}));
}

}  // namespace
}  // namespace landfall
