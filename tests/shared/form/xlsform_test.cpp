#include <doctest/doctest.h>

#include <string>

#include "shared/codec/json.h"
#include "shared/form/lint.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

std::string add(OpenForm& form, const std::string& path) {
  const Result<std::string> changes =
      set_json(*form.engine, R"j({"add":true,"path":")j" + path + "\"}");
  return changes.ok() ? "ok" : std::string(error_name(changes.error().code));
}

TEST_CASE("a default that does not calculate stands as it is written") {
  const Package package =
      package_with(R"j({"type":"date","name":"day","label":"a","default":"2026-01-02"},)j"
                   R"j({"type":"text","name":"tel","label":"b","default":"+886-2"},)j"
                   R"j({"type":"select_one yn","name":"yn","label":"c","default":"yes"},)j"
                   R"j({"type":"integer","name":"n","label":"d","default":"2 - 3"})j",
                   R"j({"list_name":"yn","name":"yes","label":"x"})j");

  const OpenForm form = open_on(package);

  CHECK(answers_json(*form.engine) == R"j({"day":"2026-01-02","n":-1,"tel":"+886-2","yn":"yes"})j");
}

TEST_CASE("a dynamic default is evaluated once, when the form or the instance begins") {
  const Package package = package_with(
      R"j({"type":"integer","name":"base","label":"a","default":"7"},)j"
      R"j({"type":"calculate","name":"twice","calculation":"${base} * 2"},)j"
      R"j({"type":"integer","name":"start","label":"b","default":"${twice} + 1"},)j"
      R"j({"type":"begin_repeat","name":"r","label":"c"},)j"
      R"j({"type":"integer","name":"of","label":"d","default":"${twice} + position(..)"},)j"
      R"j({"type":"end_repeat"})j");
  OpenForm form = open_on(package);

  CHECK(add(form, "r") == "ok");
  (void)set(form, "base", "1");
  CHECK(add(form, "r") == "ok");

  CHECK(answers_json(*form.engine) ==
        R"j({"base":1,"r":[{"of":15},{"of":4}],"start":15,"twice":2})j");
}

TEST_CASE("days that are calculated are a date to a question that asks for one") {
  const Package package = package_with(
      R"j({"type":"date","name":"day","label":"a","default":"today() + 7"},)j"
      R"j({"type":"dateTime","name":"moment","label":"b","default":"now() + 0.5"},)j"
      R"j({"type":"date","name":"next","label":"c","calculation":"date(${day}) + 1"},)j"
      R"j({"type":"integer","name":"n","label":"d","default":"today() - date('2026-11-01')"})j");

  const OpenForm form = open_on(package);

  CHECK(
      answers_json(*form.engine) ==
      R"j({"day":"2026-11-28","moment":"2026-11-21T12:00:00.000+08:00","n":20,"next":"2026-11-29"})j");
}

TEST_CASE("a default that was cleared does not come back with the draft") {
  const Package package = package_with(
      R"j({"type":"text","name":"a","label":"a","default":"x"},{"type":"text","name":"b","label":"b"})j");
  OpenForm form = open_on(package);
  (void)set(form, "a", "null");
  (void)set(form, "b", R"j("y")j");

  const OpenForm again = open_on(package, R"(,"answers":)" + all_answers_json(*form.engine));

  CHECK(answers_json(*again.engine) == R"j({"b":"y"})j");
}

TEST_CASE("a triggered calculation fills when its trigger changes and at no other time") {
  const Package package = package_with(
      R"j({"type":"integer","name":"a","label":"a"},{"type":"integer","name":"b","label":"b"},)j"
      R"j({"type":"integer","name":"sum","label":"c","trigger":"${a}","calculation":"${a} + ${b}"},)j"
      R"j({"type":"text","name":"wiped","label":"d","trigger":"${a}"},)j"
      R"j({"type":"calculate","name":"times","trigger":"${a}","calculation":"coalesce(., 0) + 1"})j");
  OpenForm form = open_on(package);
  (void)set(form, "b", "2");
  CHECK(member_of(form, "sum", "value") == "null");
  (void)set(form, "wiped", R"j("w")j");

  (void)set(form, "a", "1");
  CHECK(member_of(form, "sum", "value") == "3");
  CHECK(member_of(form, "wiped", "value") == "null");
  (void)set(form, "b", "10");
  CHECK(member_of(form, "sum", "value") == "3");
  (void)set(form, "sum", "99");
  (void)set(form, "a", "5");

  CHECK(answers_json(*form.engine) == R"j({"a":5,"b":10,"sum":15,"times":2})j");
  const OpenForm again = open_on(package, R"(,"answers":)" + all_answers_json(*form.engine));
  CHECK(answers_json(*again.engine) == answers_json(*form.engine));
}

TEST_CASE("two answers that trigger each other come to rest") {
  const Package package = package_with(
      R"j({"type":"integer","name":"a","label":"a","trigger":"${b}","calculation":"${b} + 1"},)j"
      R"j({"type":"integer","name":"b","label":"b","trigger":"${a}","calculation":"${a} + 1"})j");
  OpenForm form = open_on(package);

  (void)set(form, "a", "1");

  CHECK(answers_json(*form.engine) == R"j({"a":3,"b":2})j");
}

TEST_CASE("a cascade over ten thousand rows offers the same with the index and without") {
  std::string rows;
  for (int i = 0; i < 10000; ++i) {
    const std::string n = std::to_string(i);
    rows += (i > 0 ? "," : "") + std::string(R"j({"list_name":"town","name":"t)j") + n +
            R"j(","label":"x","county":"c)j" + std::to_string(i % 100) + R"j(","size":")j" +
            std::to_string(i % 3) + "\"}";
  }
  const Package package =
      package_with(R"j({"type":"text","name":"county","label":"a"},)j"
                   R"j({"type":"select_one town","name":"fast","label":"b",)j"
                   R"j("choice_filter":"size > 1 and county = ${county}"},)j"
                   R"j({"type":"select_one town","name":"slow","label":"c",)j"
                   R"j("choice_filter":"size > 1 and concat(county, '') = ${county}"})j",
                   rows);
  OpenForm form = open_on(package);
  CHECK(package.nodes[2].filter_column != kNone);
  CHECK(package.nodes[3].filter_column == kNone);

  (void)set(form, "county", R"j("c7")j");

  const std::string offered = member_of(form, "fast", "choices");
  CHECK(offered == member_of(form, "slow", "choices"));
  CHECK(offered.substr(0, 15) == R"j(["t107","t407",)j");
}

TEST_CASE("a data set is looked up by expressions and offered as choices") {
  PackageSources sources = sources_with(
      R"j({"type":"csv-external","name":"posts"},)j"
      R"j({"type":"select_one_from_file posts.csv","name":"post","label":"a",)j"
      R"j("parameters":{"value":"code","label":"title"}},)j"
      R"j({"type":"calculate","name":"city","calculation":"pulldata('posts','city','code',${post})"},)j"
      R"j({"type":"calculate","name":"fee",)j"
      R"j("calculation":"instance('posts')/root/item[code = ${post}]/fee"})j");
  sources.form.insert(sources.form.size() - 1,
                      R"j(,"datasets":{"posts":{"columns":["code","title","city","fee"],)j"
                      R"j("rows":[["HKG","Hong Kong","Hongkong",300],["MFM","Macao","Macau"]]}})j");
  const Result<Package> package = package_of_sources(sources);
  REQUIRE(package.ok());
  OpenForm form = open_on(package.value());

  (void)set(form, "post", R"j("HKG")j");

  CHECK(answers_json(*form.engine) == R"j({"city":"Hongkong","fee":"300","post":"HKG"})j");
  (void)set(form, "post", R"j("ZZZ")j");
  CHECK(findings_of(form) == "not_a_choice@post");
  CHECK(description_json(package.value())
            .find(R"j("posts":[{"city":"Hongkong","fee":"300",)j"
                  R"j("label":"Hong Kong","name":"HKG"})j") != std::string::npos);
}

TEST_CASE("or_other adds a choice and asks what it is") {
  const Package package =
      package_with(R"j({"type":"select_one job or_other","name":"job","label":"a"})j",
                   R"j({"list_name":"job","name":"cook","label":"x"})j");
  OpenForm form = open_on(package);

  (void)set(form, "job", R"j("other")j");

  CHECK(findings_of(form).empty());
  CHECK(member_of(form, "job_other", "relevant") == "true");
  (void)set(form, "job", R"j("cook")j");
  CHECK(member_of(form, "job_other", "relevant") == "false");
}

TEST_CASE("times, moments, places and ranges are read as what they are") {
  const Package package = package_with(
      R"j({"type":"time","name":"t","label":"a"},{"type":"dateTime","name":"dt","label":"b"},)j"
      R"j({"type":"geopoint","name":"g","label":"c"},)j"
      R"j({"type":"range","name":"r","label":"d","parameters":{"start":1,"end":5,"step":0.5}},)j"
      R"j({"type":"rank job","name":"k","label":"e"})j",
      R"j({"list_name":"job","name":"cook","label":"x"},{"list_name":"job","name":"maid","label":"y"})j");
  OpenForm form = open_on(package);

  (void)set(form, "t", R"j("14:30")j");
  (void)set(form, "dt", R"j("2026-11-21T14:30:00+08:00")j");
  (void)set(form, "g", R"j("25.03 121.5 10 5")j");
  (void)set(form, "r", "2.5");
  (void)set(form, "k", R"j("maid cook")j");
  CHECK(findings_of(form).empty());

  (void)set(form, "t", R"j("25:00")j");
  (void)set(form, "dt", R"j("yesterday")j");
  (void)set(form, "g", R"j("95 0")j");
  (void)set(form, "r", "6");
  CHECK(findings_of(form) ==
        "type_mismatch@t type_mismatch@dt geopoint_malformed@g number_too_large@r");
}

TEST_CASE("columns the engine has no use for reach the page") {
  const Package package = package_with(
      R"j({"type":"text","name":"a","label":"a","appearance":"multiline","media::image":"a.png"})j");

  CHECK(description_json(package).find(R"j("columns":{"media::image":"a.png"})j") !=
        std::string::npos);
}

TEST_CASE("a circle over several rows is told from its first row") {
  const PackageSources sources =
      sources_with(R"j({"type":"text","name":"a","label":"a","relevant":"${c} = 1"},)j"
                   R"j({"type":"calculate","name":"b","calculation":"${a}"},)j"
                   R"j({"type":"calculate","name":"c","calculation":"1 + ${b}"})j");

  const std::vector<LintProblem> problems = lint_package(sources);

  REQUIRE(problems.size() == 1);
  CHECK(problems[0] == LintProblem{"survey", 1, "relevant", "cycle", 2, "a → c → b → a"});
}

}  // namespace
}  // namespace landfall
