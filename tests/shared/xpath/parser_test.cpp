#include <doctest/doctest.h>

#include <string>

#include "shared/xpath/expression.h"
#include "tests/shared/xpath/expressions.h"

namespace landfall {
namespace {

TEST_CASE("an expression that stops too early is refused at its end") {
  CHECK(text_of("1 +") == "error xpath_syntax at 3");
  CHECK(text_of("concat('a',") == "error xpath_syntax at 11");
  CHECK(text_of("/data/a[1") == "error xpath_syntax at 9");
  CHECK(text_of("") == "error xpath_syntax at 0");
}

TEST_CASE("a character that begins no token is refused where it stands") {
  CHECK(text_of("1 # 2") == "error xpath_syntax at 2");
  CHECK(text_of("'open") == "error xpath_syntax at 0");
  CHECK(text_of("${}") == "error xpath_syntax at 0");
  CHECK(text_of("$name") == "error xpath_syntax at 0");
}

TEST_CASE("text that is not UTF-8 is refused") {
  CHECK(text_of("'\xff'") == "error utf8_invalid at 1");
}

TEST_CASE("a star and the word and are operators only after an operand") {
  CHECK(text_of("2 * 3") == "6");
  CHECK(text_of("and and and", R"({"data":{"and":"x"}})") == "true");
  CHECK(text_of("count(*)", R"({"data":{"a":1,"b":2}})") == "2");
}

TEST_CASE("operators bind as in XPath and from left to right") {
  CHECK(text_of("1 + 2 * 3 - 4") == "3");
  CHECK(text_of("2 - 1 - 1") == "0");
  CHECK(text_of("8 div 2 div 2") == "2");
  CHECK(text_of("1 = 1 and 2 > 1 or 1 = 2") == "true");
  CHECK(text_of("--2") == "2");
  CHECK(text_of("1div2") == "0.5");
}

TEST_CASE("nesting is taken 200 deep and refused where it goes on without end") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '(') + "1" + std::string(depth, ')');
  };

  CHECK(text_of(nested(200)) == "1");
  CHECK(text_of(nested(100000)).rfind("error xpath_too", 0) == 0);
}

TEST_CASE("a chain of operators without brackets is bounded as well") {
  std::string chain = "1";
  for (int i = 0; i < 900; ++i) chain += "+1";
  std::string endless = "1";
  for (int i = 0; i < 20000; ++i) endless += "+1";

  CHECK(text_of(chain) == "901");
  CHECK(text_of(endless).rfind("error xpath_too_deep", 0) == 0);
}

TEST_CASE("an expression longer than the limit is refused before it is read") {
  CHECK(text_of(std::string(kMaxExpressionBytes + 1, ' ')) == "error xpath_too_large at 0");
}

TEST_CASE("a call is checked for its name, its number of arguments and their kind") {
  CHECK(problem_of("if(true(), 1, 2)") == "none");
  CHECK(problem_of("1 + explode()") == "error xpath_unknown_function at 4");
  CHECK(problem_of("if(true(), 1)") == "error xpath_arity at 0");
  CHECK(problem_of("sum('a')") == "error xpath_type at 4");
  CHECK(problem_of("regex('a', '(a)\\1')") == "error regex_unsupported at 11");
}

TEST_CASE("arguments that come in pairs are checked for it, and literals for what they name") {
  CHECK(problem_of("indexed-repeat(${a}, ${b}, 1, ${c})") == "error xpath_arity at 0");
  CHECK(problem_of("indexed-repeat(${a}, ${b}, 1, ${c}, 2)") == "none");
  CHECK(problem_of("1 + weighted-checklist(1, 2, 3)") == "error xpath_arity at 4");
  CHECK(problem_of("digest('x', 'CRC')") == "error xpath_type at 12");
  CHECK(problem_of("regex(., '[')") == "error regex_syntax at 9");
  CHECK(problem_of("randomize('a b c')") == "error xpath_type at 10");
  CHECK(problem_of("count(randomize(${a}))") == "none");
  CHECK(problem_of("count(today())") == "error xpath_type at 6");
}

TEST_CASE("a branch that is not taken may call what does not exist") {
  CHECK(text_of("if(true(), 'a', explode())") == "a");
  CHECK(text_of("if(false(), 'a', explode())") == "error xpath_unknown_function at 17");
}

}  // namespace
}  // namespace landfall
