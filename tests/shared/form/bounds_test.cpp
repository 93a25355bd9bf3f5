#include <doctest/doctest.h>

#include <string>

#include "shared/form/limits.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

// `count` questions, each looking at the one before it.
std::string questions(int count) {
  std::string survey;
  for (int i = 1; i <= count; ++i) {
    const std::string n = std::to_string(i);
    survey += (i > 1 ? ",{" : "{") + std::string(R"j("type":"integer","label":"l","name":"q)j") + n;
    survey += i > 1 ? R"j(","relevant":"${q)j" + std::to_string(i - 1) + "} > 0\"}" : "\"}";
  }
  return survey;
}

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '(') + "1" +
         std::string(static_cast<std::size_t>(depth), ')');
}

TEST_CASE("a form of 5,000 questions is answered") {
  const Package package = package_with(questions(5000));
  OpenForm form = open_on(package);

  for (int i = 1; i <= 5000; ++i) (void)set(form, "q" + std::to_string(i), "1");
  CHECK(member_of(form, "q5000", "relevant") == "true");
  (void)set(form, "q1", "0");

  CHECK(answers_json(*form.engine) == R"j({"q1":0})j");
}

TEST_CASE("a form of more questions than the limit is refused as too large") {
  const Result<Package> package =
      package_of_sources(sources_with(questions(static_cast<int>(kMaxNodes) + 1)));

  REQUIRE(!package.ok());
  CHECK(package.error().code == ErrorCode::package_too_large);
}

TEST_CASE("a repeat takes 1,000 instances and refuses the next") {
  const Package package = package_with(
      R"j({"type":"begin_repeat","name":"r","label":"a"},{"type":"integer","name":"n","label":"b"},)j"
      R"j({"type":"calculate","name":"before","calculation":"sum(${n})"},{"type":"end_repeat"},)j"
      R"j({"type":"calculate","name":"total","calculation":"sum(${n})"})j");
  std::string answers = R"j(,"answers":{"r":[)j";
  for (std::size_t i = 0; i < kMaxRepeatInstances; ++i)
    answers += i > 0 ? R"j(,{"n":1})j" : R"j({"n":1})j";
  OpenForm form = open_on(package, answers + "]}");

  CHECK(member_of(form, "total", "value") == "1000");
  (void)set(form, "r[1000]/n", "5");
  CHECK(member_of(form, "total", "value") == "1004");
  const Result<std::string> more = set_json(*form.engine, R"j({"add":true,"path":"r"})j");
  REQUIRE(!more.ok());
  CHECK(more.error().code == ErrorCode::too_large);
}

TEST_CASE("a repeat_count beyond the limit makes as many instances as there may be, and says so") {
  const Package package =
      package_with(R"j({"type":"integer","name":"many","label":"a"},)j"
                   R"j({"type":"begin_repeat","name":"r","label":"b","repeat_count":"${many}"},)j"
                   R"j({"type":"text","name":"t","label":"c"},{"type":"end_repeat"})j");
  OpenForm form = open_on(package);

  (void)set(form, "many", "1000000000");
  CHECK(member_of(form, "r", "count") == "1000");
  CHECK(member_of(form, "r", "findings") ==
        R"j([{"code":"repeat_count_too_large","params":{"max":"1000"},"severity":"error"}])j");
  (void)set(form, "many", "1000");
  CHECK(findings_of(form).empty());
  // The number of instances stays, and what is said of it does not.
  CHECK(set(form, "many", "1001") == "many\nr\n");
  CHECK(findings_of(form) == "repeat_count_too_large@r");
  (void)set(form, "many", "1000");
  CHECK(findings_of(form).empty());
  (void)set(form, "many", "0");

  CHECK(member_of(form, "r", "count") == "0");
}

TEST_CASE("a repeat_count beyond the maximum of its repeat says so") {
  const Package package =
      package_with(R"j({"type":"integer","name":"many","label":"a"},)j"
                   R"j({"type":"begin_repeat","name":"r","label":"b","repeat_count":"${many}",)j"
                   R"j("parameters":{"max":2}},)j"
                   R"j({"type":"text","name":"t","label":"c"},{"type":"end_repeat"})j");
  OpenForm form = open_on(package);

  (void)set(form, "many", "3");

  CHECK(member_of(form, "r", "count") == "2");
  CHECK(findings_of(form) == "repeat_count_too_large@r");
  (void)set(form, "many", "2");
  CHECK(findings_of(form).empty());
}

TEST_CASE("repeats within repeats that ask for more nodes than a form holds say so") {
  const Package package =
      package_with(R"j({"type":"begin_repeat","name":"r","label":"a","repeat_count":"100"},)j"
                   R"j({"type":"begin_repeat","name":"s","label":"b","repeat_count":"1000"},)j"
                   R"j({"type":"text","name":"t","label":"c"},{"type":"end_repeat"},)j"
                   R"j({"type":"end_repeat"})j");
  const OpenForm form = open_on(package);

  const std::string findings = findings_of(form);

  CHECK(findings.find("repeat_count_too_large@r[1]/s") == std::string::npos);
  CHECK(findings.find("repeat_count_too_large@r[100]/s") != std::string::npos);
}

TEST_CASE("what cannot be computed within the steps of an expression says so, until it can") {
  const std::string pairs = "count(${r}[count(${r}) > 0])";
  const Package package =
      package_with(R"j({"type":"integer","name":"many","label":"a"},)j"
                   R"j({"type":"begin_repeat","name":"r","label":"b","repeat_count":"${many}"},)j"
                   R"j({"type":"text","name":"t","label":"c"},{"type":"end_repeat"},)j"
                   R"j({"type":"calculate","name":"pairs","calculation":")j" +
                   pairs + R"j("},{"type":"text","name":"seen","label":"d","relevant":")j" + pairs +
                   R"j( > 1"})j");
  OpenForm form = open_on(package);

  (void)set(form, "many", "1000");

  CHECK(member_of(form, "pairs", "value") == "null");
  CHECK(member_of(form, "pairs", "findings") ==
        R"j([{"code":"expression_failed","params":{"rule":"calculation"},"severity":"error"}])j");
  // What nobody could decide stays in sight.
  CHECK(member_of(form, "seen", "relevant") == "true");
  CHECK(findings_of(form) == "expression_failed@pairs expression_failed@seen");
  CHECK(set(form, "many", "10").find("pairs") != std::string::npos);
  CHECK(member_of(form, "pairs", "value") == "10");
  CHECK(findings_of(form).empty());
}

TEST_CASE("a look at the instance before stays within the steps of a full repeat") {
  const Package package =
      package_with(R"j({"type":"integer","name":"many","label":"a"},)j"
                   R"j({"type":"begin_repeat","name":"r","label":"b","repeat_count":"${many}"},)j"
                   R"j({"type":"calculate","name":"n","calculation":"position(..)"},)j"
                   R"j({"type":"calculate","name":"before","calculation":)j"
                   R"j("indexed-repeat(${n}, ${r}, position(..) - 1)"},{"type":"end_repeat"})j");
  OpenForm form = open_on(package);

  (void)set(form, "many", "1000");

  CHECK(findings_of(form).empty());
  CHECK(member_of(form, "r[1]/before", "value") == "null");
  CHECK(member_of(form, "r[1000]/before", "value") == "\"999\"");
}

TEST_CASE("all expressions of one change share their steps, and the next change has its own") {
  const std::string rows = "count(../../r/t)";
  const Package package =
      package_with(R"j({"type":"integer","name":"many","label":"a"},)j"
                   R"j({"type":"begin_repeat","name":"r","label":"b","repeat_count":"${many}"},)j"
                   R"j({"type":"text","name":"t","label":"c"},{"type":"calculate","name":"n",)j"
                   R"j("calculation":")j" +
                   rows + " + " + rows + " + " + rows + " + " + rows + " + " + rows +
                   R"j( + ${x}"},)j"
                   R"j({"type":"end_repeat"},{"type":"integer","name":"x","label":"c"},)j"
                   R"j({"type":"calculate","name":"y","calculation":"${x} + 1"})j");
  OpenForm form = open_on(package);

  (void)set(form, "many", "1000");

  CHECK(findings_of(form).find("expression_failed@r[1000]/n") != std::string::npos);
  (void)set(form, "many", "2");
  (void)set(form, "x", "4");
  CHECK(member_of(form, "y", "value") == "5");
  CHECK(member_of(form, "r[2]/n", "value") == "14");
  CHECK(findings_of(form).empty());
}

TEST_CASE("texts that double stop at a limit that says so") {
  std::string survey = R"j({"type":"text","name":"t0","label":"a"})j";
  for (int i = 1; i <= 30; ++i) {
    const std::string before = "${t" + std::to_string(i - 1) + "}";
    survey += R"j(,{"type":"calculate","name":"t)j" + std::to_string(i) +
              R"j(","calculation":"concat()j" + before + ", " + before + R"j()"})j";
  }
  const Package package = package_with(survey);
  OpenForm form = open_on(package);

  (void)set(form, "t0", R"j("x")j");

  CHECK(member_of(form, "t20", "value").size() == (1u << 20) + 2);
  CHECK(findings_of(form) == "expression_failed@t21");
}

TEST_CASE("an answer of 100 KB is taken, and a longer one refused") {
  const Package package =
      package_with(R"j({"type":"text","name":"t","label":"a","constraint":"regex(., '(a|b)*')"},)j"
                   R"j({"type":"calculate","name":"n","calculation":"string-length(${t})"})j");
  OpenForm form = open_on(package);

  (void)set(form, "t", "\"" + std::string(kMaxAnswerBytes, 'a') + "\"");
  CHECK(member_of(form, "n", "value") == std::to_string(kMaxAnswerBytes));

  CHECK(set(form, "t", "\"" + std::string(kMaxAnswerBytes + 1, 'a') + "\"") == "too_large");
  CHECK(member_of(form, "n", "value") == std::to_string(kMaxAnswerBytes));
}

TEST_CASE("an expression 200 deep is computed, and one far deeper refused") {
  const auto sources = [](int depth) {
    return sources_with(R"j({"type":"calculate","name":"a","calculation":")j" + nested(depth) +
                        "\"}");
  };
  const Result<Package> package = package_of_sources(sources(200));
  REQUIRE(package.ok());
  const OpenForm form = open_on(package.value());

  CHECK(member_of(form, "a", "value") == "1");
  const Result<Package> deeper = package_of_sources(sources(20000));
  REQUIRE(!deeper.ok());
  CHECK(deeper.error().code == ErrorCode::package_expression);
}

}  // namespace
}  // namespace landfall
