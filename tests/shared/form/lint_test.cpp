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
        "survey:4:calculation dead_path /data/nowhere@0\n");
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
      {"count(${n} + 1)", "xpath_type + 1@11"},
      {"sum('3')", "xpath_type '3'@4"},
      {"'x'[1]", "xpath_type 'x'@0"},
      {"(1 + 1)/x", "xpath_type"},
      {"${n} | 3", "xpath_type 3@7"},
      {"regex(${n}, '[0-9')", "regex_syntax '[0-9'@12"},
      {"regex(${n}, '(?<=x)y')", "regex_unsupported '(?<=x)y'@12"},
      {"digest('x', 'MD6')", "digest_kind 'MD6'@12"},
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

constexpr const char* kTowns =
    R"j({"list_name":"town","name":"a","label":"a","land":"x"},)j"
    R"j({"list_name":"town","name":"b","label":"b","land":"y","seat":"1"})j";

TEST_CASE("lint warns of a column that the list, data set or instance does not have") {
  struct Case {
    const char* expression;
    const char* absent;
  };
  constexpr Case kCases[] = {
      {"instance('town')/root/item[land = ${n}]/label", ""},
      {"instance('town')/root/item[lnd = ${n}]/label", "lnd@27"},
      {"instance('town')/root/item[land = ${n}]/lable", "lable@0"},
      {"count(instance('town')/root/item[contains(./nme, 'x')])", "nme@42"},
      {"instance('town')/root/item[land = current()/../n]/name", ""},
      {"instance('town')/root/itm[land = 'x']/name", "itm@0"},
      {"(instance('town')/root/item[land = 'x'])[seat = 1]/name", ""},
      {"(instance('town')/root/item[land = 'x'])[saet = 1]/name", "saet@41"},
      {"pulldata('town', 'label', 'land', ${n})", ""},
      {"pulldata('town', 'label', 'lnad', ${n})", "lnad@26"},
  };
  int ran = 0;

  for (const Case& one : kCases) {
    const std::string problems = problems_of(sources_with(
        R"j({"type":"text","name":"n","label":"a"},{"type":"calculate","name":"x","calculation":")j" +
            std::string(one.expression) + R"j("})j",
        kTowns));
    INFO(one.expression << ": " << problems);
    const std::string absent(one.absent);
    CHECK(problems ==
          (absent.empty() ? absent : "survey:2:calculation absent_column " + absent + "\n"));
    ++ran;
  }

  CHECK(ran == 10);
}

TEST_CASE("lint warns of a filter on a column that no choice of the list has") {
  const std::string right = R"j({"type":"text","name":"n","label":"a"},)j"
                            R"j({"type":"select_one town","name":"t","label":"a",)j"
                            R"j("choice_filter":"land = ${n} and ../n != ''"})j";
  std::string wrong = right;
  wrong.replace(wrong.find("land = "), 4, "lamd");

  CHECK(problems_of(sources_with(right, kTowns)) == "");
  CHECK(problems_of(sources_with(wrong, kTowns)) ==
        "survey:2:choice_filter absent_column lamd@0\n");
  CHECK(severity_of(lint_package(sources_with(wrong, kTowns))[0]) == Severity::warning);
}

TEST_CASE("lint warns of a choice that an expression waits for in vain") {
  struct Case {
    const char* expression;
    const char* absent;
  };
  constexpr Case kCases[] = {
      {"${t} = 'a'", ""},
      {"${t} = 'c'", "t: c@7"},
      {"'c' != ${t}", "t: c@0"},
      {"/data/t = 'c'", "t: c@10"},
      {"/data/g/t2 = 'c'", "t2: c@13"},
      {"selected(${m}, 'b')", ""},
      {"selected(${m}, 'c')", "m: c@15"},
      {"${m} = 'a b'", ""},
      {"${m} = 'a x'", "m: x@7"},
      {"${t} = ''", ""},
      {"${t} > 5", ""},
      {"${n} = 'c'", ""},
      {"${k} = 1", ""},
      {"${k} = 3", "k: 3@7"},
  };
  const std::string choices = std::string(kTowns) +
                              R"j(,{"list_name":"key","name":"01","label":"a"},)j"
                              R"j({"list_name":"key","name":"2","label":"a"})j";
  int ran = 0;

  for (const Case& one : kCases) {
    const std::string problems = problems_of(sources_with(
        R"j({"type":"text","name":"n","label":"a"},)j"
        R"j({"type":"select_one town","name":"t","label":"a"},)j"
        R"j({"type":"select_multiple town","name":"m","label":"a"},)j"
        R"j({"type":"select_one key","name":"k","label":"a"},)j"
        R"j({"type":"begin_group","name":"g","label":"a"},)j"
        R"j({"type":"select_one town","name":"t2","label":"a"},)j"
        R"j({"type":"end_group"},{"type":"note","name":"x","label":"a","relevant":")j" +
            std::string(one.expression) + R"j("})j",
        choices));
    INFO(one.expression << ": " << problems);
    const std::string absent(one.absent);
    CHECK(problems ==
          (absent.empty() ? absent : "survey:8:relevant absent_choice " + absent + "\n"));
    ++ran;
  }

  CHECK(ran == 14);
  CHECK(problems_of(sources_with(R"j({"type":"select_one town","name":"t","label":"a",)j"
                                 R"j("constraint":". != 'z'"})j",
                                 choices)) == "survey:1:constraint absent_choice t: z@5\n");
}

TEST_CASE("lint warns of times that are compared as if they were numbers") {
  struct Case {
    const char* expression;
    const char* problem;
  };
  constexpr Case kCases[] = {
      {". >= '08:00'", "time_compared t@0"},
      {"'08:00' < .", "time_compared t@10"},
      {". > ${o}", "time_compared t@0"},
      {". = '08:00'", "time_compared t@0"},
      {"/data/o != '08:00'", "time_compared o@0"},
      {". != ''", ""},
      {". != ${o}", ""},
      {"decimal-time(.) > decimal-time('08:00')", ""},
      {"string-length(.) > 4", ""},
  };
  int ran = 0;

  for (const Case& one : kCases) {
    const std::vector<LintProblem> found =
        lint_package(sources_with(R"j({"type":"time","name":"o","label":"a"},)j"
                                  R"j({"type":"time","name":"t","label":"a","constraint":")j" +
                                  std::string(one.expression) + R"j("})j"));
    INFO(one.expression);
    CHECK(found.empty() == std::string(one.problem).empty());
    if (found.empty()) continue;
    CHECK(found[0].code + " " + found[0].detail + "@" + std::to_string(found[0].offset) ==
          one.problem);
    CHECK(found[0].row == 2);
    CHECK(found[0].column == "constraint");
    CHECK(severity_of(found[0]) == Severity::warning);
    ++ran;
  }

  CHECK(ran == 5);
}

TEST_CASE("lint warns of what is used for what it is not") {
  struct Case {
    const char* expression;
    const char* problem;
  };
  constexpr Case kCases[] = {
      {"${n} > 'x'", "no_number x@7"},
      {"${n} > '5'", ""},
      {"${d} >= '2026-01-31'", ""},
      {"'abc' + 1 > 0", "no_number abc@0"},
      {"-'abc' > 0", "no_number abc@1"},
      {"round('abc') = 1", "no_number abc@6"},
      {"selected-at(${a}, 'x') = 'y'", "no_number x@18"},
      {"substr('abc', 1) = 'bc'", ""},
      {"'abc'", "constant_text abc@0"},
      {"indexed-repeat(${a}, ${r}, 1) = 'x'", "not_in_repeat a, r@15"},
      {"indexed-repeat(${in}, ${a}, 1) = 'x'", "no_repeat a@22"},
      {"indexed-repeat(${in}, ${r}, 1) = 'x'", ""},
      {"jr:choice-name(${s}, ${s}) = 'x'", "choice_name_question s@21"},
      {"jr:choice-name(${s}, '${s}') = 'x'", ""},
      {"sum(${cost}) > 5", "blank_in_sum cost@4"},
      {"max(${cost}) > 5", "blank_in_sum cost@4"},
      {"sum(${r}/cost[. != '']) > 5", ""},
      {"sum(${due}) > 5", ""},
      {"sum(${n}) > 5", ""},
      {"format-date-time(${t}, '%H:%M') = 'x'", "time_as_date t@17"},
      {"${t} - 1 > 0", "time_as_date t@0"},
      {"decimal-time(${t}) > 0.5", ""},
      {"format-date(${d}, 'DD/MM/YYYY') = 'x'", "date_pattern DD/MM/YYYY@18"},
  };
  int ran = 0;

  for (const Case& one : kCases) {
    const std::string problems = problems_of(
        sources_with(R"j({"type":"integer","name":"n","label":"a"},)j"
                     R"j({"type":"date","name":"d","label":"a"},)j"
                     R"j({"type":"text","name":"a","label":"a"},)j"
                     R"j({"type":"select_one town","name":"s","label":"a"},)j"
                     R"j({"type":"begin_repeat","name":"r","label":"a"},)j"
                     R"j({"type":"text","name":"in","label":"a"},)j"
                     R"j({"type":"decimal","name":"cost","label":"a"},)j"
                     R"j({"type":"integer","name":"due","label":"a","required":"true()"},)j"
                     R"j({"type":"time","name":"t","label":"a"},{"type":"end_repeat"},)j"
                     R"j({"type":"note","name":"x","label":"a","relevant":")j" +
                         std::string(one.expression) + R"j("})j",
                     kTowns));
    INFO(one.expression << ": " << problems);
    const std::string problem(one.problem);
    CHECK(problems == (problem.empty() ? "" : "survey:11:relevant " + problem + "\n"));
    ++ran;
  }

  CHECK(ran == 23);
}

TEST_CASE("lint tells every circle, also beside other errors, and each once") {
  const std::string rows = R"j({"type":"integer","name":"c","label":"a","relevant":"${d} = 1"},)j"
                           R"j({"type":"integer","name":"d","label":"a","relevant":"${c} = 1"},)j"
                           R"j({"type":"integer","name":"e","label":"a","relevant":"${e} = 1"},)j"
                           R"j({"type":"calculate","name":"x","calculation":"${y} + 1"},)j"
                           R"j({"type":"calculate","name":"y","calculation":"${x} + 1"})j";
  const std::string cycles =
      "survey:1:relevant cycle c → d → c@2\n"
      "survey:3:relevant cycle e → e@2\n"
      "survey:4:calculation cycle x → y → x@2\n";

  CHECK(problems_of(sources_with(rows)) == cycles);
  CHECK(problems_of(sources_with(
            rows + R"j(,{"type":"calculate","name":"z","calculation":"foo(${none})"})j")) ==
        "survey:6:calculation xpath_unknown_function foo@0\n" + cycles);
}

TEST_CASE("lint quotes of a call only what is at fault") {
  struct Case {
    const char* expression;
    const char* problem;
  };
  constexpr Case kCases[] = {
      {"digest('a', 'MD9') = 'x'", "digest_kind 'MD9'@12"},
      {"count('x') + count(${n})", "xpath_type 'x'@6"},
      {"sum(concat('a', 'b)'))", "xpath_type concat('a', 'b)')@4"},
      {"regex('a', '(?=x)') and true()", "regex_unsupported '(?=x)'@11"},
  };
  int ran = 0;

  for (const Case& one : kCases) {
    const std::string problems = problems_of(sources_with(
        R"j({"type":"text","name":"n","label":"a"},{"type":"calculate","name":"x","calculation":")j" +
        std::string(one.expression) + R"j("})j"));
    CHECK(problems == "survey:2:calculation " + std::string(one.problem) + "\n");
    ++ran;
  }

  CHECK(ran == 4);
}

TEST_CASE("a data set without rows is still to come, and lint says nothing of its columns") {
  PackageSources sources = sources_with(
      R"j({"type":"calculate","name":"x","calculation":"pulldata('later', 'a', 'b', 'c')"})j");
  sources.form.insert(1, R"j("datasets":{"later":{"columns":["name"],"rows":[]}},)j");

  CHECK(problems_of(sources) == "");
}

TEST_CASE("lint warns of a default that its own question refuses") {
  struct Case {
    const char* type;
    const char* value;
    bool is_taken;
  };
  constexpr Case kCases[] = {
      {"integer", "abc", false},
      {"integer", "1.5", false},
      {"integer", "-5", true},
      {"decimal", "1,5x", false},
      {"decimal", "1.5", true},
      {"date", "2024-02-30", false},
      {"date", "2024-02-29", true},
      {"date", "today()", true},
      {"time", "25:00", false},
      {"time", "23:59", true},
      {"dateTime", "yesterday", false},
      {"geopoint", "95 200", false},
      {"select_one town", "c", false},
      {"select_one town", "'c'", false},
      {"select_one town", "b", true},
      {"select_multiple town", "a c", false},
      {"select_multiple town", "b a", true},
      {"text", "abc", true},
      {"integer", "${n}", true},
      {"boolean", "perhaps", false},
  };
  int ran = 0;

  for (const Case& one : kCases) {
    const std::string problems = problems_of(sources_with(
        R"j({"type":"integer","name":"n","label":"a"},{"name":"x","label":"a","type":")j" +
            std::string(one.type) + R"j(","default":")j" + one.value + R"j("})j",
        kTowns));
    INFO(one.type << " " << one.value << ": " << problems);
    CHECK((problems.rfind("survey:2:default bad_default", 0) == 0) != one.is_taken);
    CHECK((problems.empty()) == one.is_taken);
    ++ran;
  }

  CHECK(ran == 20);
  CHECK(problems_of(sources_with(R"j({"type":"range","name":"r","label":"a","default":"12",)j"
                                 R"j("parameters":{"start":0,"end":10,"step":1}})j")) ==
        "survey:1:default bad_default 12@0\n");
}

TEST_CASE("lint warns of dates that are none and of letters that format nothing") {
  struct Case {
    const char* expression;
    const char* problem;
  };
  constexpr Case kCases[] = {
      {"date('2024-02-30') < today()", "impossible_date 2024-02-30@5"},
      {"date('2024-02-29') < today()", ""},
      {"today() > '2023-02-29'", "impossible_date 2023-02-29@10"},
      {"date('30/02/2024')", "impossible_date 30/02/2024@5"},
      {"date('19000')", ""},
      {"concat('2024-02-30x', '')", ""},
      {"format-date('2024-13-01', '%Y')", "impossible_date 2024-13-01@12"},
      {"format-date(today(), '%Y-%m-%Q')", "date_pattern %Q@21"},
      {"format-date-time(now(), '%H:%M:%S.%3 %a %e %b %n %y %h %d %%')", ""},
      {"format-date-time(now(), '100 %')", "date_pattern %@24"},
      {"format-date-time(now(), '%年')", "date_pattern %年@24"},
  };
  int ran = 0;

  for (const Case& one : kCases) {
    const std::string problems =
        problems_of(sources_with(R"j({"type":"calculate","name":"x","calculation":")j" +
                                 std::string(one.expression) + R"j("})j"));
    const std::string expected(one.problem);
    CHECK(problems == (expected.empty() ? expected : "survey:1:calculation " + expected + "\n"));
    ++ran;
  }

  CHECK(ran == 11);
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
