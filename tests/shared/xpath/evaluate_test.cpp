#include <doctest/doctest.h>

#include "shared/form/json_nodes.h"
#include "shared/xpath/evaluate.h"
#include "tests/shared/xpath/expressions.h"

namespace landfall {
namespace {

constexpr const char* kTree =
    R"({"data":{"a":"3","b":"10","empty":"","day":"2026-11-21","yes":true,"no":false,)"
    R"("m":[{"v":"1","k":"x"},{"v":"2","k":"y"},{"v":"3","k":"z"}]}})";

TEST_CASE("a path finds elements from the root, from here and anywhere") {
  CHECK(text_of("/data/a", kTree) == "3");
  CHECK(text_of("a + b", kTree) == "13");
  CHECK(text_of("count(//v)", kTree) == "3");
  CHECK(text_of("/data/m[2]/v", kTree) == "2");
  CHECK(text_of("/data/m[k = 'z']/v", kTree) == "3");
  CHECK(text_of("/data/m[last()]/k", kTree) == "z");
  CHECK(text_of("count(/data/a | /data/b | /data/a)", kTree) == "2");
  CHECK(text_of("/data/nothing", kTree) == "");
}

TEST_CASE("a name in braces means the elements of that name") {
  CHECK(text_of("${a} * 2", kTree) == "6");
  CHECK(text_of("sum(${v})", kTree) == "6");
  CHECK(text_of("${a}", R"({"data":{"b":1}})") == "");
}

TEST_CASE("a set of nodes equals a value when one of them does") {
  CHECK(text_of("//v = 2", kTree) == "true");
  CHECK(text_of("//v = 9", kTree) == "false");
  CHECK(text_of("//v > 2", kTree) == "true");
  CHECK(text_of("2 < //v", kTree) == "true");
  CHECK(text_of("/data/nothing = ''", kTree) == "false");
}

TEST_CASE("an empty answer is no number: every comparison with it is false but unequal") {
  CHECK(text_of("/data/empty > 1", kTree) == "false");
  CHECK(text_of("/data/empty < 1", kTree) == "false");
  CHECK(text_of("/data/empty != 1", kTree) == "true");
  CHECK(text_of("/data/empty + 1", kTree) == "NaN");
  CHECK(text_of("/data/empty = ''", kTree) == "true");
}

TEST_CASE("the answer no of a yes-or-no question is false, although its node exists") {
  CHECK(text_of("boolean(/data/no)", kTree) == "false");
  CHECK(text_of("not(/data/no) and /data/yes", kTree) == "true");
  CHECK(text_of("if(/data/a, 'there', 'not there')", kTree) == "there");
}

TEST_CASE("dates compare with dates, with their texts and with days") {
  CHECK(text_of("/data/day = today()", kTree) == "true");
  CHECK(text_of("/data/day < '2026-11-22'", kTree) == "true");
  CHECK(text_of("today() + 1 = date('2026-11-22')", kTree) == "true");
  CHECK(text_of("date(today() + 30)", kTree) == "2026-12-21");
  CHECK(text_of("date('2026-12-01') - today()", kTree) == "10");
}

TEST_CASE("numbers are written with the fewest digits and never with an exponent") {
  CHECK(text_of("0.1 + 0.2") == "0.30000000000000004");
  CHECK(text_of("1 div 3") == "0.3333333333333333");
  CHECK(text_of("1e21") == "1000000000000000000000");
  CHECK(text_of("0.0000001") == "0.0000001");
  CHECK(text_of("-0") == "0");
  CHECK(text_of("1 div 0") == "Infinity");
  CHECK(text_of("string(-1 div 0)") == "-Infinity");
}

TEST_CASE("an expression has the type of what it gives") {
  CHECK(type_of("/data", kTree) == "nodes");
  CHECK(type_of("1") == "number");
  CHECK(type_of("'1'") == "text");
  CHECK(type_of("1 = 1") == "boolean");
  CHECK(type_of("today()") == "date");
}

TEST_CASE("an evaluation that would take too long is stopped") {
  std::string tree = R"({"data":{"v":[)";
  for (int i = 0; i < 3000; ++i) tree += i == 0 ? "1" : ",1";
  tree += "]}}";

  CHECK(text_of("count(//v[count(//v) > 0])", tree) == "error xpath_budget at 0");
}

TEST_CASE("an element has a name, a place in its document and a language") {
  CHECK(text_of("name(/data/*[2])", kTree) == "b");
  CHECK(text_of("local-name(/data/nothing)", kTree) == "");
  CHECK(text_of("namespace-uri(/data)", kTree) == "");
  CHECK(text_of("count(/data/m/ancestor-or-self::node())", kTree) == "5");
  CHECK(text_of("count(/data/m[1]/following::v)", kTree) == "2");
  CHECK(text_of("count(/data/namespace::*)", kTree) == "0");
  CHECK(text_of("count(/data/processing-instruction('x'))", kTree) == "0");
  CHECK(text_of("lang('en')", kTree) == "false");
  CHECK(text_of("count(id('x'))", kTree) == "0");
}

class Reads final : public ReadObserver {
 public:
  void on_read(NodeId, std::string_view text) override { texts += std::string(text) + ";"; }
  std::string texts;
};

TEST_CASE("an observer hears of each node that was read, and of no other") {
  const Result<Json> json = parse_json(kTree);
  Result<JsonNodes> nodes = JsonNodes::of(json.value());
  const Result<Expression> expression = parse_expression("if(/data/a = 3, /data/b, /data/day)");
  Reads reads;
  EvaluationContext context{nodes.value(), nodes.value().context_node()};
  context.observer = &reads;

  const Result<Value> value = evaluate(expression.value(), context);

  CHECK(text_of_value(value.value(), context) == "10");
  CHECK(reads.texts == "3;10;");
}

}  // namespace
}  // namespace landfall
