// A JSON document as expressions see it.

#include "server/cli/json_nodes.h"

#include <doctest/doctest.h>

#include "shared/xpath/evaluate.h"

namespace landfall {
namespace {

std::string text_over(std::string_view json, std::string_view source) {
  Result<Json> document = parse_json(json);
  REQUIRE(document.ok());
  Result<Expression> expression = parse_expression(source);
  REQUIRE(expression.ok());
  JsonNodes nodes(document.value());
  nodes.bind(expression.value());
  const EvaluationContext context{.nodes = nodes, .node = nodes.data(), .now_ms = 0, .zone = {}};
  Result<Value> value = evaluate(expression.value(), context);
  REQUIRE(value.ok());
  return text_of_value(value.value(), context);
}

TEST_CASE("members are found by path and by name") {
  constexpr std::string_view kPerson = R"({"person":{"name_zh":"陳大文","age":17}})";

  CHECK(text_over(kPerson, "/data/person/name_zh") == "陳大文");
  CHECK(text_over(kPerson, "${name_zh}") == "陳大文");
  CHECK(text_over(kPerson, "${age} + 1") == "18");
}

TEST_CASE("a repeat is counted, and its members are reached by position") {
  constexpr std::string_view kMembers = R"({"members":[{"name":"a"},{"name":"b"},{"name":"c"}]})";

  CHECK(text_over(kMembers, "count(${members})") == "3");
  CHECK(text_over(kMembers, "/data/members[2]/name") == "b");
}

TEST_CASE("a list of choices is one text, a number is plain decimal digits, null is empty") {
  CHECK(text_over(R"({"a":["x","y"]})", "selected(${a}, 'y')") == "true");
  CHECK(text_over(R"({"a":1e21})", "string(${a})") == "1000000000000000000000");
  CHECK(text_over(R"({"a":null})", "${a} = ''") == "true");
}

}  // namespace
}  // namespace landfall
