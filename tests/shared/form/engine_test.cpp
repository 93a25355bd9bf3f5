#include <doctest/doctest.h>

#include <string>

#include "shared/form/lint.h"
#include "shared/form/trace.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

constexpr const char* kPet =
    R"j({"type":"select_one yes_no","name":"has_pet","label":"a","required":"true()"},)j"
    R"j({"type":"begin_group","name":"pet","label":"b","relevant":"${has_pet} = 'yes'"},)j"
    R"j({"type":"text","name":"name","label":"c","required":"true()","parameters":{"max":5}},)j"
    R"j({"type":"integer","name":"age","label":"d","constraint":". >= 0 and . <= 30",)j"
    R"j("constraint_message":"e","parameters":{"max":50}},)j"
    R"j({"type":"calculate","name":"months","calculation":"${age} * 12"},)j"
    R"j({"type":"end_group"})j";
constexpr const char* kYesNo =
    R"j({"list_name":"yes_no","name":"yes","label":"y"},{"list_name":"yes_no","name":"no","label":"n"})j";

TEST_CASE("an answer makes the questions that depend on it relevant, and only they are reported") {
  const Package package = package_with(kPet, kYesNo);
  OpenForm form = open_on(package);

  const std::string changes = set(form, "has_pet", R"j("yes")j");

  CHECK(changes == "has_pet\npet\npet/name\npet/age\npet/months\n");
  CHECK(findings_of(form) == "required@pet/name");
}

TEST_CASE("a change that nothing depends on reports one node") {
  const Package package = package_with(kPet, kYesNo);
  OpenForm form = open_on(package);
  (void)set(form, "has_pet", R"j("yes")j");

  CHECK(set(form, "pet/name", R"j("Mimi")j") == "pet/name\n");
  CHECK(set(form, "pet/name", R"j("Mimi")j") == "");
}

TEST_CASE("hidden answers are kept for the draft and left out of what is sent") {
  const Package package = package_with(kPet, kYesNo);
  OpenForm form = open_on(package);
  (void)set(form, "has_pet", R"j("yes")j");
  (void)set(form, "pet/name", R"j("Mimi")j");
  (void)set(form, "pet/age", "3");

  (void)set(form, "has_pet", R"j("no")j");

  CHECK(answers_json(*form.engine) == R"j({"has_pet":"no"})j");
  CHECK(all_answers_json(*form.engine) == R"j({"has_pet":"no","pet":{"age":3,"name":"Mimi"}})j");
  CHECK(check_json(*form.engine) == R"j({"findings":[],"status":"complete"})j");

  (void)set(form, "has_pet", R"j("yes")j");

  CHECK(answers_json(*form.engine) ==
        R"j({"has_pet":"yes","pet":{"age":3,"months":36,"name":"Mimi"}})j");
}

TEST_CASE("text that is no number stays as it was typed, and says so") {
  const Package package = package_with(kPet, kYesNo);
  OpenForm form = open_on(package);
  (void)set(form, "has_pet", R"j("yes")j");

  (void)set(form, "pet/age", R"j("three")j");

  CHECK(member_of(form, "pet/age", "value") == R"j("three")j");
  CHECK(findings_of(form) == "required@pet/name integer_malformed@pet/age");
  CHECK(member_of(form, "pet/months", "value") == "null");
  CHECK(answers_json(*form.engine) == R"j({"has_pet":"yes"})j");
  CHECK(all_answers_json(*form.engine) == R"j({"has_pet":"yes","pet":{"age":"three"}})j");
}

TEST_CASE("numbers are read from the digits of any keyboard") {
  const Package package = package_with(kPet, kYesNo);
  OpenForm form = open_on(package);

  (void)set(form, "pet/age", R"j(" １２ ")j");

  CHECK(member_of(form, "pet/age", "value") == "12");
}

TEST_CASE("a bound of the type and a constraint of the author are both found") {
  const Package package = package_with(kPet, kYesNo);
  OpenForm form = open_on(package);
  (void)set(form, "has_pet", R"j("yes")j");
  (void)set(form, "pet/name", R"j("Mimi")j");

  (void)set(form, "pet/age", "60");

  CHECK(findings_of(form) == "number_too_large@pet/age constraint@pet/age");
}

TEST_CASE("lengths are counted as people count characters") {
  const Package package = package_with(kPet, kYesNo);
  OpenForm form = open_on(package);
  (void)set(form, "has_pet", R"j("yes")j");

  (void)set(form, "pet/name", R"j("👨‍👩‍👧👨‍👩‍👧臺灣a")j");
  CHECK(findings_of(form) == "");

  (void)set(form, "pet/name", R"j("👨‍👩‍👧👨‍👩‍👧臺灣ab")j");
  CHECK(findings_of(form) == "text_too_long@pet/name");
}

TEST_CASE("characters that hide or turn text are found") {
  const Package package = package_with(kPet, kYesNo);
  OpenForm form = open_on(package);
  (void)set(form, "has_pet", R"j("yes")j");

  (void)set(form, "pet/name", R"j("a\u202eb")j");

  CHECK(findings_of(form) == "text_character@pet/name");
}

TEST_CASE("what only the engine sets is refused, and so are unknown places") {
  const Package package = package_with(kPet, kYesNo);
  OpenForm form = open_on(package);

  CHECK(set(form, "pet/months", "1") == "answer_readonly");
  CHECK(set(form, "pet", R"j("x")j") == "answer_readonly");
  CHECK(set(form, "pet/nobody", "1") == "path_unknown");
  CHECK(set(form, "members[1]/name", "1") == "path_unknown");
  CHECK(set(form, "has_pet", R"j({"a":1})j") == "change_malformed");
  CHECK(set(form, "pet/name", "\"" + std::string(200000, 'x') + "\"") == "too_large");
  CHECK(set(form, "has_pet", R"j("maybe")j") == "has_pet\n");
  CHECK(findings_of(form) == "not_a_choice@has_pet");
}

TEST_CASE("a trace says which expression read what and gave what") {
  const Package package = package_with(kPet, kYesNo);
  TraceRecorder recorder;
  OpenForm form = open_on(package, "", &recorder);
  (void)recorder.take();

  (void)set(form, "has_pet", R"j("yes")j");

  const std::string trace = trace_json(recorder.take());
  CHECK(trace.find(
            R"j({"aspect":"relevant","expression":"${has_pet} = 'yes'",)j"
            R"j("inputs":[{"path":"has_pet","value":"yes"}],"path":"pet","result":"true"})j") !=
        std::string::npos);
  CHECK(trace_json(recorder.take()) == "[]");
}

TEST_CASE("a trace names what an expression read also where that is all of it") {
  const Package package = package_with(R"j({"type":"text","name":"a","label":"a"},)j"
                                       R"j({"type":"calculate","name":"b","calculation":"${a}"})j");
  TraceRecorder recorder;
  OpenForm form = open_on(package, "", &recorder);
  (void)recorder.take();

  (void)set(form, "a", R"j("x")j");

  CHECK(trace_json(recorder.take()) ==
        R"j([{"aspect":"calculation","expression":"${a}",)j"
        R"j("inputs":[{"path":"a","value":"x"}],"path":"b","result":"x"}])j");
}

TEST_CASE("an answer is true when there is one, and yes or no as it is answered") {
  const Package package = package_with(
      R"j({"type":"text","name":"t","label":"a"},{"type":"integer","name":"n","label":"b"},)j"
      R"j({"type":"boolean","name":"b","label":"c"},)j"
      R"j({"type":"calculate","name":"c","calculation":"${n} > 1"},)j"
      R"j({"type":"calculate","name":"all","calculation":"concat(if(${t}, 't', '-'),)j"
      R"j( if(${n}, 'n', '-'), if(${b}, 'b', '-'), if(${c}, 'c', '-'), if(/data/t, 't', '-'),)j"
      R"j( boolean(${t}), not(${b}))"})j");
  OpenForm form = open_on(package);

  CHECK(member_of(form, "all", "value") == R"j("-----falsetrue")j");
  (void)set(form, "t", R"j("false")j");
  (void)set(form, "n", "0");
  (void)set(form, "b", "false");
  CHECK(member_of(form, "all", "value") == R"j("tn--ttruetrue")j");
  (void)set(form, "n", "2");
  (void)set(form, "b", "true");
  CHECK(member_of(form, "all", "value") == R"j("tnbcttruefalse")j");
}

TEST_CASE("a trace names each thing that was read once, by its place") {
  const Package package = package_with(
      R"j({"type":"text","name":"a","label":"a"},)j"
      R"j({"type":"calculate","name":"b","calculation":"concat(${a}, ${a}, )j"
      R"j(instance('l')/root/item[name = ${a}]/label)"},)j"
      R"j({"type":"select_one l","name":"s","label":"b","choice_filter":"kind = ${a}"})j",
      R"j({"list_name":"l","name":"x","label":"lx","kind":"y"},)j"
      R"j({"list_name":"l","name":"y","label":"ly","kind":"x"})j");
  TraceRecorder recorder;
  OpenForm form = open_on(package, "", &recorder);
  (void)recorder.take();

  (void)set(form, "a", R"j("y")j");

  const std::vector<TraceEntry> entries = recorder.take();
  REQUIRE(entries.size() >= 2);
  using Inputs = std::vector<std::pair<std::string, std::string>>;
  CHECK(entries[0].inputs == Inputs{{"a", "y"},
                                    {"instance('l')/root/item[2]/name", "y"},
                                    {"instance('l')/root/item[2]/label", "ly"}});
  CHECK(entries[1].inputs == Inputs{{"instance('l')/root/item[1]/kind", "y"}, {"a", "y"}});
}

TEST_CASE("moving the date recomputes what looks at it, and nothing else") {
  const Package package =
      package_with(R"j({"type":"date","name":"day","label":"a","constraint":". >= today()",)j"
                   R"j("constraint_message":"b"},{"type":"text","name":"other","label":"c"})j");
  OpenForm form = open_on(package);
  (void)set(form, "day", R"j("2026-11-22")j");
  CHECK(findings_of(form) == "");

  Result<std::string> changes = set_json(*form.engine, R"j({"as_of":"2026-12-01"})j");

  CHECK(changes.value().find(R"j("path":"day")j") != std::string::npos);
  CHECK(changes.value().find(R"j("path":"other")j") == std::string::npos);
  CHECK(findings_of(form) == "constraint@day");
}

TEST_CASE("a date that is none is kept and found fault with") {
  const Package package = package_with(R"j({"type":"date","name":"day","label":"a"})j");
  OpenForm form = open_on(package);

  (void)set(form, "day", R"j("2026-02-30")j");

  CHECK(findings_of(form) == "date_does_not_exist@day");
  CHECK(answers_json(*form.engine) == "{}");
  CHECK(all_answers_json(*form.engine) == R"j({"day":"2026-02-30"})j");
}

TEST_CASE("an identifier shows its stored form beside what was typed") {
  const Package package = package_with(R"j({"type":"hkid","name":"id","label":"a"})j");
  OpenForm form = open_on(package);

  (void)set(form, "id", R"j("ａ123456(3)")j");

  CHECK(member_of(form, "id", "value") == R"j("ａ123456(3)")j");
  CHECK(member_of(form, "id", "normalised") == R"j("A1234563")j");
  CHECK(answers_json(*form.engine) == R"j({"id":"A1234563"})j");
}

TEST_CASE("a calculation fills an editable question until somebody types into it") {
  const Package package =
      package_with(R"j({"type":"text","name":"a","label":"a"},)j"
                   R"j({"type":"text","name":"b","label":"b","calculation":"concat(${a}, '!')"})j");
  OpenForm form = open_on(package);
  (void)set(form, "a", R"j("x")j");
  CHECK(member_of(form, "b", "value") == R"j("x!")j");

  (void)set(form, "b", R"j("mine")j");
  CHECK(member_of(form, "b", "value") == R"j("mine")j");

  OpenForm again = open_on(package, R"j(,"answers":)j" + all_answers_json(*form.engine));
  CHECK(member_of(again, "b", "value") == R"j("mine")j");
}

TEST_CASE("a choice that is chosen twice is found") {
  const Package package =
      package_with(R"j({"type":"select_multiple yes_no","name":"s","label":"a"})j", kYesNo);
  OpenForm form = open_on(package);

  (void)set(form, "s", R"j(["no","yes"])j");
  CHECK(findings_of(form) == "");
  (void)set(form, "s", R"j(["no","yes","no"])j");
  CHECK(findings_of(form) == "not_a_choice@s");
  (void)set(form, "s", R"j("yes yes")j");
  CHECK(findings_of(form) == "not_a_choice@s");
}

TEST_CASE("a ranking is one of all that is offered") {
  const Package package =
      package_with(R"j({"type":"rank yes_no","name":"r","label":"a"})j", kYesNo);
  OpenForm form = open_on(package);

  (void)set(form, "r", R"j(["no"])j");
  CHECK(findings_of(form) == "not_a_choice@r");
  (void)set(form, "r", R"j(["no","yes"])j");
  CHECK(findings_of(form) == "");
}

TEST_CASE("choices are narrowed by other answers, and a forbidden one is found") {
  const Package package = package_with(
      R"j({"type":"select_one region","name":"region","label":"a"},)j"
      R"j({"type":"select_one city","name":"city","label":"b","choice_filter":"region = ${region}"})j",
      R"j({"list_name":"region","name":"n","label":"n"},{"list_name":"region","name":"s","label":"s"},)j"
      R"j({"list_name":"city","name":"taipei","label":"t","region":"n"},)j"
      R"j({"list_name":"city","name":"tainan","label":"u","region":"s"})j");
  OpenForm form = open_on(package);
  (void)set(form, "region", R"j("n")j");
  (void)set(form, "city", R"j("taipei")j");
  CHECK(member_of(form, "city", "choices") == R"j(["taipei"])j");

  (void)set(form, "region", R"j("s")j");

  CHECK(member_of(form, "city", "choices") == R"j(["tainan"])j");
  CHECK(findings_of(form) == "not_a_choice@city");
}

TEST_CASE("a package's switches are readable in expressions") {
  const Package package =
      package_with(R"j({"type":"calculate","name":"months","calculation":"config('months') + 1"},)j"
                   R"j({"type":"calculate","name":"on","calculation":"config('on') = 'true'"})j",
                   "", R"j({"months":3,"on":true})j");
  OpenForm form = open_on(package);

  CHECK(answers_json(*form.engine) == R"j({"months":4,"on":true})j");
}

TEST_CASE("warnings do not hold an application back") {
  const Package package =
      package_with(R"j({"type":"integer","name":"n","label":"a","constraints":[)j"
                   R"j({"code":"W-1","severity":"warning","expression":". < 10","message":"m"},)j"
                   R"j({"code":"E-1","expression":". < 100","message":"m"}]})j");
  OpenForm form = open_on(package);

  (void)set(form, "n", "50");
  CHECK(check_json(*form.engine).find(R"j("status":"with_warnings")j") != std::string::npos);

  (void)set(form, "n", "500");
  CHECK(findings_of(form) == "E-1@n W-1@n");
  CHECK(check_json(*form.engine).find(R"j("status":"incomplete")j") != std::string::npos);
}

TEST_CASE("options without a date or with an unknown zone are refused") {
  const Package package = package_with(kPet, kYesNo);

  CHECK(open_form_on(package, R"j({"time_zone":"Asia/Taipei"})j").error().code ==
        ErrorCode::options_malformed);
  CHECK(open_form_on(package, R"j({"as_of":"2026-02-30"})j").error().code ==
        ErrorCode::options_malformed);
  CHECK(
      open_form_on(package, R"j({"as_of":"2026-11-21","time_zone":"Moon/Crater"})j").error().code ==
      ErrorCode::options_malformed);
  CHECK(open_form_on(package, "{").error().code == ErrorCode::json_malformed);
}

TEST_CASE("a function without an argument looks at the question it stands at") {
  for (const char* expression :
       {"string() = '12'", "number() = 12", "string-length() = 2", "normalize-space() = '12'"}) {
    const std::string survey =
        R"j({"type":"text","name":"a","label":"a","required":")j" + std::string(expression) + "\"}";
    const Package package = package_with(survey);
    OpenForm form = open_on(package);
    CAPTURE(expression);

    CHECK(member_of(form, "a", "required") == "false");
    (void)set(form, "a", R"j("12")j");
    CHECK(member_of(form, "a", "required") == "true");
    (void)set(form, "a", R"j("123")j");
    CHECK(member_of(form, "a", "required") == "false");
  }
}

TEST_CASE("a function without an argument that decides about its own question is a circle") {
  const PackageSources sources =
      sources_with(R"j({"type":"text","name":"a","label":"a","relevant":"string-length() > 0"})j");

  const std::vector<LintProblem> problems = lint_package(sources);

  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == "cycle");
}

}  // namespace
}  // namespace landfall
