#include "shared/form/migration.h"

#include <doctest/doctest.h>

#include <string>

#include "shared/codec/canonical_json.h"
#include "shared/form/lint.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

constexpr const char* kOld =
    R"j({"type":"begin_group","name":"person","label":"a"},)j"
    R"j({"type":"text","name":"tel","label":"b"},{"type":"text","name":"fax","label":"c"},)j"
    R"j({"type":"select_one purpose","name":"why","label":"d"},{"type":"end_group"},)j"
    R"j({"type":"begin_repeat","name":"members","label":"e"},)j"
    R"j({"type":"text","name":"name","label":"f"},{"type":"integer","name":"age","label":"g"},)j"
    R"j({"type":"end_repeat"},{"type":"acknowledge","name":"agreed","label":"h"},)j"
    R"j({"type":"file","name":"photo","label":"i"},{"type":"text","name":"note","label":"k"})j";

constexpr const char* kNew =
    R"j({"type":"begin_group","name":"person","label":"a"},)j"
    R"j({"type":"text","name":"phone","label":"b"},)j"
    R"j({"type":"select_one purpose","name":"why","label":"d"},{"type":"end_group"},)j"
    R"j({"type":"begin_repeat","name":"travellers","label":"e"},)j"
    R"j({"type":"text","name":"name","label":"f"},{"type":"integer","name":"age","label":"g"},)j"
    R"j({"type":"end_repeat"},{"type":"acknowledge","name":"agreed","label":"h"},)j"
    R"j({"type":"integer","name":"photo","label":"i"},{"type":"date","name":"arrival","label":"l"})j";

constexpr const char* kPurposes = R"j({"list_name":"purpose","name":"tourism","label":"x"},)j"
                                  R"j({"list_name":"purpose","name":"family","label":"y"})j";

constexpr const char* kMigration =
    R"j({"from":"1","rename":{"person/tel":"person/phone","members":"travellers"},)j"
    R"j("recode":{"person/why":{"tour":"tourism"}},"ask_again":{"agreed":"agreed.changed"},)j"
    R"j("drop":["person/fax"]})j";

PackageSources new_sources(const std::string& migration = kMigration) {
  PackageSources sources = sources_with(kNew, kPurposes);
  sources.form.replace(sources.form.find(R"("version":"1")"), 13, R"("version":"2")");
  sources.migrations.push_back({migration, "", ""});
  return sources;
}

Package package_of(const PackageSources& sources) {
  Result<Package> package = package_of_sources(sources);
  REQUIRE(package.ok());
  return std::move(package).value();
}

// The answers and the steps of carrying `answers` over, as JSON.
std::string carried(const std::string& answers) {
  const Package package = package_of(new_sources());
  const Result<Json> parsed = parse_json(answers);
  REQUIRE(parsed.ok());
  const Result<MigratedAnswers> result = migrate_answers(parsed.value(), "1", package);
  if (!result.ok()) return std::string(error_name(result.error().code));
  const Result<std::string> text = write_canonical_json(result.value().answers);
  REQUIRE(text.ok());
  return text.value() + " " + steps_json(result.value().steps);
}

std::string lint_of(const PackageSources& sources) {
  std::string lines;
  for (const LintProblem& problem : lint_package(sources)) {
    lines +=
        problem.sheet + ":" + problem.column + " " + problem.code + " " + problem.detail + "\n";
  }
  return lines;
}

TEST_CASE("a migration keeps, renames, asks again and drops, and says so") {
  CHECK(carried(R"j({"agreed":true,"note":"n","person":{"fax":"1","tel":"2","why":"tour"}})j") ==
        R"j({"person":{"phone":"2","why":"tourism"}} )j"
        R"j([{"from":"agreed","kind":"asked_again","reason":"agreed.changed","to":"agreed"},)j"
        R"j({"from":"note","kind":"dropped","reason":"no_question"},)j"
        R"j({"from":"person/fax","kind":"dropped","reason":"by_author"},)j"
        R"j({"from":"person/tel","kind":"renamed","to":"person/phone"},)j"
        R"j({"from":"person/why","kind":"kept","to":"person/why"}])j");
}

TEST_CASE("instances of a renamed repeat keep their places, empty ones too") {
  CHECK(carried(R"j({"members":[{"name":"A"},{},{"age":3,"name":"C"},{}]})j") ==
        R"j({"travellers":[{"name":"A"},{},{"age":3,"name":"C"},{}]} )j"
        R"j([{"from":"members/name","kind":"renamed","to":"travellers/name"},)j"
        R"j({"from":"members/age","kind":"renamed","to":"travellers/age"}])j");
}

TEST_CASE("a choice that is gone and a type that cannot hold the answer are asked again") {
  CHECK(
      carried(R"j({"person":{"why":"study"},"photo":[{"file_name":"a","media_type":"image/jpeg",)j"
              R"j("sha256":"0","size":1}]})j") ==
      R"j({} [{"from":"person/why","kind":"asked_again","reason":"choice_gone",)j"
      R"j("to":"person/why"},)j"
      R"j({"from":"photo","kind":"asked_again","reason":"type_changed","to":"photo"}])j");
}

TEST_CASE("a form opens on answers of an earlier version and lists what became of them") {
  const Package package = package_of(new_sources());

  const OpenForm form =
      open_on(package,
              R"j(,"answers_version":"1","answers":{"person":{"tel":"2"},"members":[{"age":4}]})j");

  CHECK(answers_json(*form.engine) == R"j({"person":{"phone":"2"},"travellers":[{"age":4}]})j");
  CHECK(form.migration == R"j([{"from":"members/age","kind":"renamed","to":"travellers/age"},)j"
                          R"j({"from":"person/tel","kind":"renamed","to":"person/phone"}])j");
}

TEST_CASE("two versions are compared question by question") {
  const Package before = package_with(kOld, kPurposes);
  const Package after = package_of(new_sources());

  CHECK(steps_json(plan_migration(before, after)) ==
        R"j([{"from":"person/tel","kind":"renamed","to":"person/phone"},)j"
        R"j({"from":"person/fax","kind":"dropped","reason":"by_author"},)j"
        R"j({"from":"person/why","kind":"kept","to":"person/why"},)j"
        R"j({"from":"members/name","kind":"renamed","to":"travellers/name"},)j"
        R"j({"from":"members/age","kind":"renamed","to":"travellers/age"},)j"
        R"j({"from":"agreed","kind":"asked_again","reason":"agreed.changed","to":"agreed"},)j"
        R"j({"from":"photo","kind":"kept","reason":"type_changed","to":"photo"},)j"
        R"j({"from":"note","kind":"dropped","reason":"no_question"},)j"
        R"j({"kind":"new","to":"arrival"}])j");
}

TEST_CASE("a migration to a question that is not there is named") {
  CHECK(lint_of(new_sources(R"j({"from":"1","rename":{"a":"gone"},"ask_again":{"b":""}})j")) ==
        "migrations/1:rename unknown_name gone\n"
        "migrations/1:ask_again unknown_name b\n");
}

TEST_CASE("with the earlier form at hand, a migration from what it never had is named") {
  PackageSources sources = new_sources(
      R"j({"from":"1","drop":["note","never"],"recode":{"person/why":{"family":"tourism","zzz":"tourism"}}})j");
  const PackageSources earlier = sources_with(kOld, kPurposes);
  sources.migrations[0].form = earlier.form;
  sources.migrations[0].documents = earlier.documents;

  CHECK(lint_of(sources) ==
        "migrations/1:recode absent_choice person/why: zzz\n"
        "migrations/1:drop unknown_name never\n");
}

}  // namespace
}  // namespace landfall
