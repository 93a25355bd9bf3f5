#include <doctest/doctest.h>

#include <string>

#include "shared/form/lint.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

// "sheet:row:column code detail@offset" of each problem, a line each.
std::string problems_of(const PackageSources& sources) {
  std::string lines;
  for (const LintProblem& problem : lint_package(sources)) {
    lines += problem.sheet + ":" + std::to_string(problem.row) + ":" + problem.column + " " +
             problem.code + " " + problem.detail + "@" + std::to_string(problem.offset) + "\n";
  }
  return lines;
}

TEST_CASE("lint names sheet, row, column and the byte within the cell") {
  const PackageSources sources =
      sources_with(R"j({"type":"text","name":"a","label":"a","relevant":"1 + explode()"},)j"
                   R"j({"type":"text","name":"b","label":"b","constraint":"${c} = 1"},)j"
                   R"j({"type":"calculate","name":"d","calculation":"if(1, 2)"},)j"
                   R"j({"type":"calculate","name":"e","calculation":"/data/nowhere + 1"})j");

  CHECK(problems_of(sources) ==
        "survey:1:relevant xpath_unknown_function explode@4\n"
        "survey:3:calculation xpath_arity if(1, 2)@0\n"
        "survey:2:constraint unknown_name c@0\n"
        "survey:4:calculation dead_path /data/nowhere + 1@0\n");
}

TEST_CASE("lint finds each way in which an expression cannot mean what it says, at its place") {
  struct Case {
    const char* expression;
    const char* problem;
  };
  constexpr Case kCases[] = {
      {"sqroot(${n}) + 1", "xpath_unknown_function sqroot@0"},
      {"1 + selected(${n})", "xpath_arity selected(${n})@4"},
      {"pi(2)", "xpath_arity pi(2)@0"},
      {"concat('a', 'b'", "xpath_syntax concat('a', 'b'@15"},
      {"${n} = = 1", "xpath_syntax = 1@7"},
      {"${n} && 1", "xpath_syntax && 1@5"},
      {"${n} == 1", "xpath_syntax = 1@6"},
      {"$n + 1", "xpath_syntax $n + 1@0"},
      {"count(${n} + 1)", "xpath_type + 1)@11"},
      {"sum('3')", "xpath_type '3')@4"},
      {"'x'[1]", "xpath_type 'x'[1]@0"},
      {"(1 + 1)/x", "xpath_type"},
      {"${n} | 3", "xpath_type 3@7"},
      {"regex(${n}, '[0-9')", "regex_syntax '[0-9')@12"},
      {"regex(${n}, '(?<=x)y')", "regex_unsupported '(?<=x)y')@12"},
      {"digest('x', 'MD6')", "xpath_type 'MD6')@12"},
      {"${nobody} + 1", "unknown_name nobody@0"},
      {"/data/nowhere", "dead_path /data/nowhere@0"},
      {"instance('none')/root/item[1]/x", "unknown_instance none@9"},
      {"pulldata('none', 'a', 'b', 'c')", "unknown_instance none@9"},
      {"jr:choice-name(${n}, '${n}')", "unknown_choice_question ${n}@21"},
      {"string(..)", "cycle x → x@0"},
      {"${x2} + 1", "cycle x → x2 → x@2"},
      {"concat('這是一段很長的文字而且沒有結束的引號一二三四五六七八九十', nothing(",
       "xpath_syntax"},
  };
  int found = 0;

  for (const Case& wrong : kCases) {
    const std::string problems =
        problems_of(sources_with(R"j({"type":"integer","name":"n","label":"a"},)j"
                                 R"j({"type":"calculate","name":"x","calculation":")j" +
                                 std::string(wrong.expression) +
                                 R"j("},{"type":"calculate","name":"x2","calculation":"${x}"})j"));
    INFO(wrong.expression << ": " << problems);
    CHECK(problems.rfind(std::string("survey:2:calculation ") + wrong.problem, 0) == 0);
    ++found;
  }

  CHECK(found == 24);
}

TEST_CASE("lint finds every mistake of one kind in a sheet") {
  const PackageSources sources = sources_with(
      R"j({"type":"wrong","name":"a"},{"type":"text","name":"1a"},)j"
      R"j({"type":"text","name":"b"},{"type":"text","name":"b"})j",
      R"j({"list_name":"l","name":"x","label":"x"},{"list_name":"l","name":"x","label":"x"})j");

  CHECK(problems_of(sources) ==
        "choices:2:name duplicate_name x@0\n"
        "survey:1:type unknown_type wrong@0\n"
        "survey:2:name bad_name 1a@0\n"
        "survey:4:name duplicate_name b@0\n");
}

TEST_CASE("each locale needs every text, and has no other") {
  PackageSources sources = sources_with(R"j({"type":"text","name":"a","label":"a.label"})j");
  sources.locales = {{"en", R"j({"title":"T","a.label":"A"})j", ""},
                     {"th", R"j({"title":"T","old":"x"})j", ""}};

  CHECK(problems_of(sources) ==
        "texts/th:0:label missing_text a.label@0\n"
        "texts/th:0: unused_text old@0\n");
}

TEST_CASE("a circle of expressions is named by its questions, row, column and byte") {
  const PackageSources sources =
      sources_with(R"j({"type":"text","name":"z","label":"z"},)j"
                   R"j({"type":"calculate","name":"a","calculation":"${b}"},)j"
                   R"j({"type":"calculate","name":"b","calculation":"${a}"})j");

  CHECK(problems_of(sources) == "survey:2:calculation cycle a → b → a@2\n");
}

TEST_CASE("a part that is no JSON is named with the byte") {
  PackageSources sources = sources_with("");
  sources.fees = "{\"currency\":";

  CHECK(problems_of(sources) == "fees:0: json_malformed @12\n");
}

TEST_CASE("fees and documents are checked like the survey") {
  PackageSources sources = sources_with("");
  sources.fees =
      R"j({"currency":"TWD","rows":[{"code":"A","when":"${x}","amount":"1","from":"soon"}]})j";
  sources.documents = R"j({"rules":{},"slots":{"photo":{"rule":"P9"}}})j";

  CHECK(problems_of(sources) ==
        "documents:0:slots unknown_rule photo@0\n"
        "fees:1:from bad_date @0\n"
        "fees:1:when unknown_name x@0\n");
}

}  // namespace
}  // namespace landfall
