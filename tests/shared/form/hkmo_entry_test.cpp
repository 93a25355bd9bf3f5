#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "shared/codec/canonical_json.h"
#include "shared/codec/json.h"
#include "shared/form/lint.h"
#include "tests/shared/form/forms.h"
#include "tests/support/files.h"

namespace landfall {
namespace {

constexpr const char* kPhoto =
    R"j([{"file_name":"a.jpg","media_type":"image/jpeg","size":1000,"sha256":"00"}])j";

Json read_cases() {
  const std::filesystem::path file = vectors_folder() / "identity/form_cases.json";
  const std::string text = read_file(file);
  if (text.empty()) {
    MESSAGE("no vectors in ", file.string(), ": nothing was tested");
    return {};
  }
  Result<Json> cases = parse_json(text);
  REQUIRE(cases.ok());
  return std::move(cases).value();
}

// The case's flat data, with a file in each document slot that it names.
std::string answers_of(const Json& row) {
  Json answers = *find_member(row, "data");
  const Result<Json> file = parse_json(kPhoto);
  for (const Json& slot : *find_member(row, "documents")) {
    answers[std::string(text_value(slot))] = file.value();
  }
  return write_canonical_json(answers).value();
}

OpenForm open_case(const Package& package, const Json& row) {
  return open_on(package, R"j(,"answers":)j" + answers_of(row));
}

// True for the rule that the case names, or for a field's own finding where it names "FIELD".
bool is_expected(const Json& row, const Finding& finding) {
  for (const Json& rule : *find_member(row, "rules_any")) {
    const std::string_view code = text_value(rule);
    const bool is_rule = finding.code.size() > 2 && finding.code[1] == '-';
    if (finding.code == code || (code == "FIELD" && !is_rule)) return true;
  }
  return false;
}

std::vector<Json> cases_of(const Json& cases, const char* group) {
  std::vector<Json> found;
  for (const Json& row : *find_member(cases, group)) {
    if (member_text_or(row, "form", "") == "HKMO_ENTRY") found.push_back(row);
  }
  return found;
}

TEST_CASE("the package of the permit for Hong Kong and Macao has nothing to complain about") {
  const PackageSources sources = sources_of("hkmo_entry");
  REQUIRE(sources.locales.size() >= 2);

  for (const LintProblem& problem : lint_package(sources)) {
    FAIL_CHECK(problem.sheet << " row " << problem.row << " " << problem.column << ": "
                             << problem.code << " " << problem.detail);
  }
}

TEST_CASE("every valid application of the domain is complete, with its fee") {
  const Json cases = read_cases();
  if (cases.is_null()) return;
  const Result<Package> package = package_of_sources(sources_of("hkmo_entry"));
  REQUIRE(package.ok());
  int ran = 0;

  for (const Json& row : cases_of(cases, "valid")) {
    const OpenForm form = open_case(package.value(), row);
    INFO(member_text_or(row, "name", ""));
    CHECK(findings_of(form) == "");
    CHECK(form.engine->verdict().status == VerdictStatus::complete);
    const Json* expect = find_member(row, "expect");
    CHECK(form.engine->fee()->amount == member_integer(*expect, "fee").value());
    const std::string reason = member_of(form, "declare/review_reason", "value");
    CHECK(reason == (member_text_or(*expect, "manual", "") == "A-14" ? R"j("A-14")j" : "null"));
    ++ran;
  }

  CHECK(ran == 2);
}

TEST_CASE("every invalid application of the domain is refused by the rule it breaks") {
  const Json cases = read_cases();
  if (cases.is_null()) return;
  const Result<Package> package = package_of_sources(sources_of("hkmo_entry"));
  REQUIRE(package.ok());
  int ran = 0;

  for (const Json& row : cases_of(cases, "invalid")) {
    const OpenForm form = open_case(package.value(), row);
    const Verdict verdict = form.engine->verdict();
    INFO(member_text_or(row, "name", "") << ": " << findings_of(form));
    CHECK(verdict.status == VerdictStatus::incomplete);
    // One answer was changed, so nothing but its rule may be found.
    CHECK(std::all_of(verdict.findings.begin(), verdict.findings.end(),
                      [&row](const Finding& finding) { return is_expected(row, finding); }));
    CHECK_FALSE(verdict.findings.empty());
    ++ran;
  }

  CHECK(ran == 11);
}

TEST_CASE("canonical answers open as the same application") {
  const Json cases = read_cases();
  if (cases.is_null()) return;
  const Result<Package> package = package_of_sources(sources_of("hkmo_entry"));
  const OpenForm form = open_case(package.value(), cases_of(cases, "valid")[1]);

  const OpenForm again = open_on(package.value(), R"j(,"answers":)j" + answers_json(*form.engine));

  CHECK(answers_json(*again.engine) == answers_json(*form.engine));
  CHECK(check_json(*again.engine) == check_json(*form.engine));
}

TEST_CASE("an unknown name in an answers file is refused") {
  const Result<Package> package = package_of_sources(sources_of("hkmo_entry"));

  const Result<OpenForm> form =
      open_form_on(package.value(), R"j({"as_of":"2026-11-21","answers":{"no_such_question":1}})j");

  CHECK(form.error().code == ErrorCode::path_unknown);
}

TEST_CASE("only the second document itself is excused, never the passport of another country") {
  const Package package = package_of_sources(sources_of("hkmo_entry")).value();
  const auto is_refused = [&](const std::string& answers) {
    const OpenForm form = open_on(package, R"j(,"answers":{"other_ppt":true,)j" + answers + "}");
    return findings_of(form).find("A-02@") != std::string::npos;
  };

  CHECK(is_refused(R"j("status_region":"HKG","ppt_kind":"HKSAR","other_ppt_country":"CAN")j"));
  CHECK(is_refused(R"j("status_region":"HKG","ppt_kind":"BNO","other_ppt_country":"CAN")j"));
  CHECK(
      is_refused(R"j("status_region":"MAC","ppt_kind":"PRT_PRE1999","other_ppt_country":"USA")j"));
  CHECK_FALSE(is_refused(R"j("status_region":"HKG","ppt_kind":"BNO")j"));
  CHECK_FALSE(is_refused(R"j("status_region":"HKG","ppt_kind":"BNO","other_ppt_country":"GBR")j"));
  CHECK_FALSE(
      is_refused(R"j("status_region":"MAC","ppt_kind":"PRT_PRE1999","other_ppt_country":"PRT")j"));
}

}  // namespace
}  // namespace landfall
