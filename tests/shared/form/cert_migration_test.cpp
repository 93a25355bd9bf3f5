#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "shared/codec/canonical_json.h"
#include "shared/codec/json.h"
#include "shared/form/migration.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

constexpr const char* kOldVersion = "2026.06.01";

// A draft begun in the summer: two passports, a delivery that is no more, a count in words.
constexpr const char* kOldDraft = R"j({
  "route": {"cert_kind": "DATES", "use": "WORK"},
  "person": {"surname_en": "MARTIN", "given_en": "CLAIRE", "birth_date": "1986-04-09",
             "birth_place": "Lyon"},
  "records": {"uid": "19AB12345", "date_from": "2015-01-01", "date_to": "2026-05-31",
              "passports": [{"passport_no": "19AB12345"}, {"passport_no": "08CD54321"}]},
  "delivery": {"deliver": "FAX", "copies": "two", "fax": "+33 1 23 45 67 89"},
  "contact": {"tel": "+33612345678", "email": "claire@example.fr"},
  "documents": {"id_doc": [{"file_name": "p.jpg", "media_type": "image/jpeg", "size": 5,
                            "sha256": "00"}]},
  "declare": {"decl_truth": true, "decl_privacy": true}})j";

Json parsed(std::string_view text) {
  Result<Json> json = parse_json(text);
  REQUIRE(json.ok());
  return std::move(json).value();
}

Package package_of(const PackageSources& sources) {
  Result<Package> package = package_of_sources(sources);
  REQUIRE(package.ok());
  return std::move(package).value();
}

MigratedAnswers carried(const Package& package) {
  Result<MigratedAnswers> result = migrate_answers(parsed(kOldDraft), kOldVersion, package);
  REQUIRE(result.ok());
  return std::move(result).value();
}

// "kind from>to (reason)" of the steps that are not simply kept, one a line.
std::string changes_of(const std::vector<MigrationStep>& steps) {
  std::string text;
  const Json list = parsed(steps_json(steps));
  for (const Json& step : list) {
    const std::string_view kind = member_text_or(step, "kind", "");
    const std::string_view reason = member_text_or(step, "reason", "");
    if (kind == "kept" && reason.empty()) continue;
    text += std::string(kind) + " " + std::string(member_text_or(step, "from", "")) + ">" +
            std::string(member_text_or(step, "to", ""));
    if (!reason.empty()) text += " (" + std::string(reason) + ")";
    text += "\n";
  }
  return text;
}

TEST_CASE("a draft of the certificate begun in June goes on in November, and says what changed") {
  const Package package = package_of(sources_of("cert"));

  const MigratedAnswers result = carried(package);

  CHECK(changes_of(result.steps) ==
        "renamed contact/tel>contact/mobile\n"
        "asked_again declare/decl_privacy>declare/decl_privacy (migration.decl_privacy)\n"
        "asked_again delivery/copies>delivery/copies (type_changed)\n"
        "asked_again delivery/deliver>delivery/deliver (choice_gone)\n"
        "dropped delivery/fax> (by_author)\n"
        "dropped person/birth_place> (no_question)\n"
        "renamed records/date_from>records/period_from\n"
        "renamed records/date_to>records/period_to\n"
        "renamed records/passports/passport_no>records/ppt_nos/ppt_no_used\n"
        "renamed records/uid>records/id_no\n");
}

TEST_CASE("the carried draft opens with its answers where they belong now") {
  const Package package = package_of(sources_of("cert"));
  const MigratedAnswers result = carried(package);

  const OpenForm form =
      open_on(package, R"j(,"answers":)j" + write_canonical_json(result.answers).value());

  CHECK(member_of(form, "route/use", "value") == R"j("EMPLOYER")j");
  CHECK(member_of(form, "records/id_no", "value") == R"j("19AB12345")j");
  CHECK(member_of(form, "records/ppt_nos[2]/ppt_no_used", "value") == R"j("08CD54321")j");
  CHECK(member_of(form, "records/period_to", "value") == R"j("2026-05-31")j");
  CHECK(member_of(form, "contact/mobile", "value") == R"j("+33612345678")j");
  CHECK(member_of(form, "delivery/deliver", "value") == "null");
  CHECK(member_of(form, "declare/decl_truth", "value") == "true");
  CHECK(member_of(form, "declare/decl_privacy", "findings").find("required") != std::string::npos);
  CHECK(member_of(form, "documents/id_doc", "value") != "null");
}

TEST_CASE("what becomes of every question of the earlier version can be listed beforehand") {
  const PackageSources sources = sources_of("cert");
  REQUIRE(sources.migrations.size() == 1);
  PackageSources earlier;
  earlier.form = sources.migrations[0].form;
  earlier.documents = sources.migrations[0].documents;
  earlier.workflow = "{}";
  earlier.fees = R"j({"currency":"TWD","rows":[]})j";

  const std::string plan = changes_of(plan_migration(package_of(earlier), package_of(sources)));

  CHECK(plan.find("dropped person/birth_place> (no_question)\n") != std::string::npos);
  CHECK(plan.find("kept route/use>route/use (choice_gone)\n") != std::string::npos);
  CHECK(plan.find("kept delivery/copies>delivery/copies (type_changed)\n") != std::string::npos);
  CHECK(plan.find("new >delivery/lang_out\n") != std::string::npos);
  CHECK(plan.find("new >filer/mw_batch/worker_ui_no\n") != std::string::npos);
}

}  // namespace
}  // namespace landfall
