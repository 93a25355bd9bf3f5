#include <doctest/doctest.h>

#include <string>

#include "shared/form/answers.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

constexpr const char* kFamily =
    R"j({"type":"boolean","name":"with_family","label":"a"},)j"
    R"j({"type":"begin_repeat","name":"members","label":"b","parameters":{"max":3},)j"
    R"j("relevant":"${with_family}"},)j"
    R"j({"type":"text","name":"name","label":"c","required":"true()"},)j"
    R"j({"type":"integer","name":"age","label":"d"},)j"
    R"j({"type":"calculate","name":"place","calculation":"position(..)"},)j"
    R"j({"type":"calculate","name":"is_child","calculation":"${age} < 18"},)j"
    R"j({"type":"text","name":"school","label":"e","relevant":"${is_child}","required":"true()"},)j"
    R"j({"type":"end_repeat"},)j"
    R"j({"type":"calculate","name":"total_age","calculation":"sum(${age})"},)j"
    R"j({"type":"calculate","name":"how_many","calculation":"count(${members})"})j";

std::string add(OpenForm& form, std::string_view path) {
  Result<std::string> changes =
      set_json(*form.engine, R"j({"path":")j" + std::string(path) + R"j(","add":true})j");
  return changes.ok() ? "ok" : std::string(error_name(changes.error().code));
}

std::string remove(OpenForm& form, std::string_view path) {
  Result<std::string> changes =
      set_json(*form.engine, R"j({"path":")j" + std::string(path) + R"j(","remove":true})j");
  return changes.ok() ? "ok" : std::string(error_name(changes.error().code));
}

OpenForm family_of_two(const Package& package) {
  OpenForm form = open_on(package);
  (void)set(form, "with_family", "true");
  CHECK(add(form, "members") == "ok");
  CHECK(add(form, "members") == "ok");
  (void)set(form, "members[1]/name", R"j("Ann")j");
  (void)set(form, "members[1]/age", "40");
  (void)set(form, "members[2]/name", R"j("Bea")j");
  (void)set(form, "members[2]/age", "10");
  return form;
}

TEST_CASE("each instance of a repeat has its own answers and its own relevance") {
  const Package package = package_with(kFamily);
  OpenForm form = family_of_two(package);

  CHECK(member_of(form, "members", "count") == "2");
  CHECK(member_of(form, "members[1]/school", "relevant") == "false");
  CHECK(member_of(form, "members[2]/school", "relevant") == "true");
  CHECK(member_of(form, "members[2]/place", "value") == "2");
  CHECK(member_of(form, "total_age", "value") == "50");
  CHECK(member_of(form, "how_many", "value") == "2");
  CHECK(findings_of(form) == "required@members[2]/school");
}

TEST_CASE("a change in one instance leaves the others alone") {
  const Package package = package_with(kFamily);
  OpenForm form = family_of_two(package);

  const std::string changes = set(form, "members[2]/age", "20");

  CHECK(changes == "members[2]/age\nmembers[2]/is_child\nmembers[2]/school\ntotal_age\n");
}

TEST_CASE("removing an instance moves the later ones up and recounts") {
  const Package package = package_with(kFamily);
  OpenForm form = family_of_two(package);

  CHECK(remove(form, "members[1]") == "ok");

  CHECK(member_of(form, "members", "count") == "1");
  CHECK(member_of(form, "members[1]/name", "value") == R"j("Bea")j");
  CHECK(member_of(form, "members[1]/place", "value") == "1");
  CHECK(member_of(form, "total_age", "value") == "10");
  CHECK(member_of(form, "how_many", "value") == "1");
  CHECK(member_of(form, "members[2]/name", "value") == "no such node");
}

TEST_CASE("a repeat's answers survive hiding and showing it again") {
  const Package package = package_with(kFamily);
  OpenForm form = family_of_two(package);

  (void)set(form, "with_family", "false");
  CHECK(answers_json(*form.engine) == R"j({"how_many":0,"total_age":0,"with_family":false})j");
  CHECK(all_answers_json(*form.engine).find(R"j("name":"Bea")j") != std::string::npos);

  (void)set(form, "with_family", "true");
  CHECK(member_of(form, "members[2]/name", "value") == R"j("Bea")j");
  CHECK(member_of(form, "total_age", "value") == "50");
}

TEST_CASE("a draft with repeats opens as it was closed") {
  const Package package = package_with(kFamily);
  OpenForm form = family_of_two(package);

  OpenForm again = open_on(package, R"j(,"answers":)j" + all_answers_json(*form.engine));

  CHECK(state_json(*again.engine) == state_json(*form.engine));
}

TEST_CASE("a repeat takes no more instances than it says, and only its own are removed") {
  const Package package = package_with(kFamily);
  OpenForm form = family_of_two(package);

  CHECK(add(form, "members") == "ok");
  CHECK(add(form, "members") == "too_large");
  CHECK(add(form, "with_family") == "path_unknown");
  CHECK(remove(form, "members[9]") == "path_unknown");
  CHECK(remove(form, "members") == "path_unknown");
  CHECK(remove(form, "members[1]/name") == "path_unknown");
}

TEST_CASE("a counted repeat follows its count") {
  const Package package =
      package_with(R"j({"type":"integer","name":"n","label":"a"},)j"
                   R"j({"type":"begin_repeat","name":"r","label":"b","repeat_count":"${n}"},)j"
                   R"j({"type":"text","name":"t","label":"c"},{"type":"end_repeat"})j");
  OpenForm form = open_on(package);

  (void)set(form, "n", "3");
  (void)set(form, "r[3]/t", R"j("last")j");
  CHECK(member_of(form, "r", "count") == "3");
  CHECK(add(form, "r") == "answer_readonly");

  (void)set(form, "n", "1");
  CHECK(member_of(form, "r", "count") == "1");
  CHECK(member_of(form, "r[3]/t", "value") == "no such node");

  (void)set(form, "n", "1000000");
  CHECK(member_of(form, "r", "count") == "1000");
}

constexpr const char* kCounted =
    R"j({"type":"integer","name":"n","label":"a"},)j"
    R"j({"type":"begin_repeat","name":"r","label":"b","repeat_count":"${n}"},)j"
    R"j({"type":"text","name":"t","label":"c","default":"new"},)j"
    R"j({"type":"integer","name":"m","label":"d"},)j"
    R"j({"type":"begin_repeat","name":"s","label":"e","repeat_count":"${m}"},)j"
    R"j({"type":"text","name":"u","label":"f"},{"type":"end_repeat"},{"type":"end_repeat"},)j"
    R"j({"type":"calculate","name":"all","calculation":"join(' ', ${t})"})j";

TEST_CASE("what was typed in a counted repeat comes back with the count, also after reopening") {
  const Package package = package_with(kCounted);
  OpenForm form = open_on(package);
  (void)set(form, "n", "12");
  (void)set(form, "r[2]/t", R"j("second")j");
  (void)set(form, "r[12]/m", "2");
  (void)set(form, "r[12]/s[2]/u", R"j("deep")j");
  (void)set(form, "r[12]/m", "1");

  (void)set(form, "n", "1");
  CHECK(member_of(form, "all", "value") == R"j("new")j");
  CHECK(find_member(canonical_answers(*form.engine), "r")->size() == 1);
  OpenForm again = open_on(package, R"j(,"answers":)j" + all_answers_json(*form.engine));
  CHECK(state_json(*again.engine) == state_json(*form.engine));

  for (OpenForm* one : {&form, &again}) {
    (void)set(*one, "n", "12");
    CHECK(member_of(*one, "r[2]/t", "value") == R"j("second")j");
    CHECK(member_of(*one, "r[3]/t", "value") == R"j("new")j");
    CHECK(member_of(*one, "r[12]/s", "count") == "1");
    (void)set(*one, "r[12]/m", "2");
    CHECK(member_of(*one, "r[12]/s[2]/u", "value") == R"j("deep")j");
  }
  CHECK(state_json(*again.engine) == state_json(*form.engine));
}

TEST_CASE("an instance that the person removed does not come back with another") {
  const Package package = package_with(kFamily);
  OpenForm form = family_of_two(package);
  const std::string before = all_answers_json(*form.engine);

  CHECK(remove(form, "members[2]") == "ok");
  CHECK(add(form, "members") == "ok");

  CHECK(all_answers_json(*form.engine) != before);
}

TEST_CASE("repeats stand in repeats, and names mean what is nearest") {
  const Package package = package_with(
      R"j({"type":"begin_repeat","name":"house","label":"a"},)j"
      R"j({"type":"text","name":"street","label":"b"},)j"
      R"j({"type":"begin_repeat","name":"person","label":"c"},)j"
      R"j({"type":"text","name":"who","label":"d"},)j"
      R"j({"type":"calculate","name":"address","calculation":"concat(${who}, ' in ', ${street})"},)j"
      R"j({"type":"end_repeat"},)j"
      R"j({"type":"calculate","name":"heads","calculation":"count(${person})"},)j"
      R"j({"type":"end_repeat"})j");
  OpenForm form = open_on(package);
  (void)add(form, "house");
  (void)add(form, "house");
  (void)add(form, "house[2]/person");
  (void)set(form, "house[2]/street", R"j("B")j");
  (void)set(form, "house[2]/person[1]/who", R"j("x")j");

  CHECK(member_of(form, "house[1]/heads", "value") == "0");
  CHECK(member_of(form, "house[2]/heads", "value") == "1");
  CHECK(member_of(form, "house[2]/person[1]/address", "value") == R"j("x in B")j");
}

TEST_CASE("an instance may look at the one before it") {
  const Package package =
      package_with(R"j({"type":"begin_repeat","name":"r","label":"a"},)j"
                   R"j({"type":"integer","name":"n","label":"b"},)j"
                   R"j({"type":"calculate","name":"before","calculation":)j"
                   R"j("indexed-repeat(${n}, ${r}, position(..) - 1)"},{"type":"end_repeat"})j");
  OpenForm form = open_on(package);
  (void)add(form, "r");
  (void)add(form, "r");

  (void)set(form, "r[1]/n", "7");

  CHECK(member_of(form, "r[2]/before", "value") == R"j("7")j");
}

TEST_CASE("a running total over the instances is right at once, down to the last") {
  const Package package =
      package_with(R"j({"type":"begin_repeat","name":"r","label":"a"},)j"
                   R"j({"type":"integer","name":"n","label":"b"},)j"
                   R"j({"type":"calculate","name":"total","calculation":)j"
                   R"j("coalesce(indexed-repeat(${total}, ${r}, position(..) - 1), 0) + ${n}"},)j"
                   R"j({"type":"end_repeat"},{"type":"text","name":"other","label":"c"})j");
  OpenForm form = open_on(package);
  for (int i = 1; i <= 4; ++i) {
    (void)add(form, "r");
    (void)set(form, "r[" + std::to_string(i) + "]/n", std::to_string(i));
  }
  CHECK(member_of(form, "r[4]/total", "value") == "10");

  (void)set(form, "r[1]/n", "11");

  CHECK(member_of(form, "r[1]/total", "value") == "11");
  CHECK(member_of(form, "r[2]/total", "value") == "13");
  CHECK(member_of(form, "r[4]/total", "value") == "20");
  CHECK(set(form, "other", R"j("x")j") == "other\n");
}

TEST_CASE("a calculation over itself in all instances ends") {
  const Package package =
      package_with(R"j({"type":"begin_repeat","name":"r","label":"a"},)j"
                   R"j({"type":"integer","name":"n","label":"b"},)j"
                   R"j({"type":"calculate","name":"t","calculation":"sum(../../r/t) + ${n}"},)j"
                   R"j({"type":"end_repeat"},{"type":"text","name":"other","label":"c"})j");
  OpenForm form = open_on(package);
  (void)add(form, "r");
  (void)add(form, "r");

  (void)set(form, "r[1]/n", "1");

  const std::string before = member_of(form, "r[1]/t", "value");
  CHECK(set(form, "other", R"j("x")j") == "other\n");
  CHECK(member_of(form, "r[1]/t", "value") == before);
}

constexpr const char* kBegun =
    R"j({"type":"text","name":"town","label":"a","default":"'Taipei'"},)j"
    R"j({"type":"begin_repeat","name":"rows","label":"b","parameters":{"begin":1}},)j"
    R"j({"type":"text","name":"t","label":"c","default":"'x'"},)j"
    R"j({"type":"begin_repeat","name":"inner","label":"d","parameters":{"begin":2}},)j"
    R"j({"type":"text","name":"u","label":"e","default":"${town}"},)j"
    R"j({"type":"end_repeat"},{"type":"end_repeat"})j";

TEST_CASE("a repeat may begin with instances, each with its defaults and its own repeats") {
  const Package package = package_with(kBegun);
  OpenForm form = open_on(package);

  CHECK(all_answers_json(*form.engine) ==
        R"j({"rows":[{"inner":[{"u":"Taipei"},{"u":"Taipei"}],"t":"x"}],"town":"Taipei"})j");
  CHECK(add(form, "rows") == "ok");
  CHECK(member_of(form, "rows[2]/inner", "count") == "2");
  CHECK(member_of(form, "rows[2]/inner[2]/u", "value") == R"j("Taipei")j");
}

TEST_CASE("an instance that a form began with and somebody took away does not come back") {
  const Package package = package_with(kBegun);
  OpenForm form = open_on(package);
  CHECK(remove(form, "rows[1]/inner[1]") == "ok");

  const OpenForm without_one =
      open_on(package, R"j(,"answers":)j" + all_answers_json(*form.engine));
  CHECK(remove(form, "rows[1]") == "ok");
  const OpenForm without_any =
      open_on(package, R"j(,"answers":)j" + all_answers_json(*form.engine));

  CHECK(member_of(without_one, "rows[1]/inner", "count") == "1");
  CHECK(member_of(without_any, "rows", "count") == "0");
}

}  // namespace
}  // namespace landfall
