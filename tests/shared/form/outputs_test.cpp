#include <doctest/doctest.h>

#include <string>

#include "shared/form/lint.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

std::string changes_of(OpenForm& form, const std::string& change) {
  const Result<std::string> changes = set_json(*form.engine, change);
  return changes.ok() ? changes.value() : std::string(error_name(changes.error().code));
}

TEST_CASE("what a text quotes is told at once, and again whenever it changes") {
  const Package package = package_with(
      R"j({"type":"text","name":"given","label":"a"},{"type":"date","name":"born","label":"b"},)j"
      R"j({"type":"note","name":"hello","label":"c","outputs":{"given":"${given}",)j"
      R"j("years":"int((today() - ${born}) div 365.25)"}},)j"
      R"j({"type":"text","name":"other","label":"d"})j");
  OpenForm form = open_on(package);
  CHECK(member_of(form, "hello", "outputs") == R"j({"given":"","years":"NaN"})j");

  const std::string changes = changes_of(form, R"j({"path":"given","value":"Ann"})j");
  (void)set(form, "born", R"j("1990-05-17")j");

  CHECK(changes.find(R"j("outputs":{"given":"Ann","years":"NaN"},"path":"hello")j") !=
        std::string::npos);
  CHECK(member_of(form, "hello", "outputs") == R"j({"given":"Ann","years":"36"})j");
  CHECK(changes_of(form, R"j({"path":"other","value":"x"})j").find("hello") == std::string::npos);
  (void)changes_of(form, R"j({"as_of":"2030-01-01"})j");
  CHECK(member_of(form, "hello", "outputs") == R"j({"given":"Ann","years":"39"})j");
  CHECK(member_of(form, "given", "outputs") == "missing");
}

TEST_CASE("texts in a repeat quote their own instance, also after another was removed") {
  const Package package = package_with(
      R"j({"type":"begin_repeat","name":"r","label":"a","outputs":{"n":"count(${r})"}},)j"
      R"j({"type":"text","name":"given","label":"b","outputs":{"place":"position(..)"}},)j"
      R"j({"type":"integer","name":"age","label":"c","outputs":{"given":"${given}"},)j"
      R"j("constraint":". < 150","constraint_message":"m"},{"type":"end_repeat"})j");
  OpenForm form = open_on(package);
  for (const char* path : {"r", "r"}) {
    (void)changes_of(form, R"j({"add":true,"path":")j" + std::string(path) + "\"}");
  }
  (void)set(form, "r[1]/given", R"j("Ann")j");
  (void)set(form, "r[2]/given", R"j("Bo")j");
  CHECK(member_of(form, "r[1]/age", "outputs") == R"j({"given":"Ann"})j");
  CHECK(member_of(form, "r[2]/age", "outputs") == R"j({"given":"Bo"})j");
  CHECK(member_of(form, "r[2]/given", "outputs") == R"j({"place":"2"})j");
  CHECK(member_of(form, "r", "outputs") == R"j({"n":"2"})j");

  (void)changes_of(form, R"j({"path":"r[1]","remove":true})j");

  CHECK(member_of(form, "r[1]/age", "outputs") == R"j({"given":"Bo"})j");
  CHECK(member_of(form, "r[1]/given", "outputs") == R"j({"place":"1"})j");
  CHECK(member_of(form, "r", "outputs") == R"j({"n":"1"})j");
}

TEST_CASE("the text of a group may quote what is in it, and what it quotes may be hidden") {
  const Package package = package_with(
      R"j({"type":"begin_group","name":"home","label":"a","outputs":{"town":"${town}"}},)j"
      R"j({"type":"text","name":"town","label":"b"},{"type":"end_group"},)j"
      R"j({"type":"note","name":"n","label":"c","relevant":"${town} != ''",)j"
      R"j("outputs":{"town":"${town}"}})j");
  OpenForm form = open_on(package);

  (void)set(form, "home/town", R"j("Hualien")j");

  CHECK(member_of(form, "home", "outputs") == R"j({"town":"Hualien"})j");
  CHECK(member_of(form, "n", "outputs") == R"j({"town":"Hualien"})j");
}

TEST_CASE("a quote of what does not exist is found when the package is linted") {
  const std::vector<LintProblem> problems = lint_package(sources_with(
      R"j({"type":"note","name":"n","label":"a","outputs":{"o1":"concat(${nobody}, 'x')"}},)j"
      R"j({"type":"note","name":"m","label":"b","outputs":{"o2":"explode()"}})j"));

  REQUIRE(problems.size() == 2);
  CHECK(problems[0] == LintProblem{"survey", 2, "o2", "xpath_unknown_function", 0, "explode"});
  CHECK(problems[1] == LintProblem{"survey", 1, "o1", "unknown_name", 7, "nobody"});
}

}  // namespace
}  // namespace landfall
