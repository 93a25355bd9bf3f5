#include <doctest/doctest.h>

#include <string>

#include "shared/form/lint.h"
#include "tests/shared/form/forms.h"
#include "tests/shared/form/whole_application.h"

namespace landfall {
namespace {

constexpr const char* kAnswers = R"j({
  "nationality": "IDN", "ppt_type": "ORDINARY", "arrival_plan": "2026-12-24",
  "basis": "PR", "doc_country": "AUS", "doc_no": "AU778899", "doc_expiry": "9999-12-31",
  "blue_collar": false, "violation": false, "prev_hhr": false,
  "surname_en": "SITI", "single_name": true, "sex": "F", "birth_date": "1991-03-02",
  "birth_country": "IDN", "ppt_country": "IDN", "ppt_no": "C1234567", "ppt_expiry": "2030-01-31",
  "return_ticket": true, "addr_tw": "Hotel Contoh, Taipei", "flight_no": "CI762",
  "res_country": "AUS", "mobile_cc": "61", "mobile": "412345678", "email": "siti@example.com",
  "lang": "id", "decl_truth": true, "decl_privacy": true, "decl_check": true,
  "signature": "elsewhere"})j";

constexpr ChangedAnswer kBrokenRules[] = {
    {R"j({"nationality": "THA"})j", "F-01@route/nationality"},
    {R"j({"nationality": "BRN"})j", "F-01@route/nationality"},
    {R"j({"nationality": "NPL"})j", "F-01@route/nationality"},
    {R"j({"ppt_type": "OFFICIAL"})j", "constraint@route/ppt_type"},
    {R"j({"arrival_plan": "2027-02-20"})j", "constraint@route/arrival_plan"},
    {R"j({"arrival_plan": "2026-11-20"})j", "constraint@route/arrival_plan"},
    {R"j({"ppt_expiry": "2027-06-23"})j", "F-02@passport/ppt_expiry"},
    {R"j({"doc_expiry": "2026-12-23"})j", "F-03@proof/doc_expiry"},
    {R"j({"basis": "EXPIRED10", "doc_country": "USA", "doc_expiry": "2016-12-24"})j",
     "F-04@proof/doc_expiry"},
    {R"j({"basis": "EXPIRED10", "doc_expiry": "2020-01-01", "paper_label": false})j",
     "F-04@proof/doc_expiry"},
    {R"j({"nationality": "VNM", "doc_country": "JPN"})j", "F-05@proof/doc_country"},
    {R"j({"basis": "VISA", "doc_country": "KOR", "jpkr_entered": false})j",
     "F-06@proof/jpkr_entered"},
    {R"j({"basis": "ROC10", "doc_country": "TWN", "roc_visa_remark": "FL"})j",
     "F-07@proof/roc_visa_remark"},
    {R"j({"basis": "ROC10", "doc_country": "TWN", "roc_visa_remark": "NONE",
          "doc_issue": "2016-11-21"})j",
     "F-07@proof/doc_issue"},
    {R"j({"basis": "ROC10", "doc_country": "TWN", "roc_visa_remark": "NONE",
          "arc_reason": "MIGRANT_WORKER"})j",
     "F-07@proof/arc_reason"},
    {R"j({"nationality": "IND", "basis": "JPWAIVER", "doc_country": "JPN"})j", "F-08@proof/basis"},
    {R"j({"blue_collar": true})j", "F-09@past/blue_collar"},
    {R"j({"violation": true})j", "F-09@past/violation"},
    {R"j({"basis": "WORK_PERMIT"})j", "F-12@proof/basis"},
    {R"j({"doc_country": "BRA"})j", "constraint@proof/doc_country"},
    {R"j({"basis": "ROC10", "roc_visa_remark": "NONE"})j", "constraint@proof/doc_country"},
    {R"j({"prev_hhr": true})j", "X-09@past/prev_hhr"},
    {R"j({"return_ticket": false})j", "constraint@visit/return_ticket"},
    {R"j({"addr_tw": "台北市广州街"})j", "X-12@visit/addr_tw"},
    {R"j({"flight_no": "ci 762"})j", "constraint@visit/flight_no"},
    {R"j({"single_name": false})j", "required@person/given_en"},
};

constexpr const char* kAllowed[] = {
    R"j({"arrival_plan": "2027-02-19"})j",
    R"j({"ppt_expiry": "2027-06-24"})j",
    R"j({"doc_expiry": "2026-12-24"})j",
    R"j({"basis": "EXPIRED10", "doc_country": "USA", "doc_expiry": "2016-12-25"})j",
    R"j({"basis": "EXPIRED10", "doc_country": "NZL", "doc_expiry": "2020-01-01",
         "paper_label": true})j",
    R"j({"basis": "JPWAIVER", "doc_country": "JPN", "doc_expiry": "2027-12-31"})j",
    R"j({"basis": "VISA", "doc_country": "JPN", "jpkr_entered": true})j",
    R"j({"basis": "ROC10", "doc_country": "TWN", "roc_visa_remark": "P_MOFA",
         "doc_issue": "2016-11-22", "doc_expiry": "2017-01-01"})j",
    R"j({"nationality": "LAO", "ppt_country": "LAO", "ppt_no": "PA1234567"})j",
};

TEST_CASE("the package of the travel authorisation has nothing to complain about") {
  const PackageSources sources = sources_of("tac");
  REQUIRE(sources.locales.size() >= 3);

  for (const LintProblem& problem : lint_package(sources)) {
    FAIL_CHECK(problem.sheet << " row " << problem.row << " " << problem.column << ": "
                             << problem.code << " " << problem.detail);
  }
}

TEST_CASE("a travel authorisation is free, for ninety days and stays of fourteen") {
  const WholeApplication application("tac", kAnswers);

  const OpenForm form = application.open();

  CHECK(findings_of(form) == "");
  CHECK(form.engine->fee()->amount == 0);
  CHECK(member_of(form, "declare/valid_until", "value") == R"j("2027-02-19")j");
  CHECK(member_of(form, "declare/stay_days", "value") == "14");
}

TEST_CASE("each rule of the travel authorisation shows at the question that can mend it") {
  const WholeApplication application("tac", kAnswers);
  int ran = 0;

  for (const ChangedAnswer& broken : kBrokenRules) {
    INFO(std::string(broken.change));
    CHECK(application.findings(broken.change) == std::string(broken.findings));
    ++ran;
  }

  CHECK(ran == 26);
}

TEST_CASE("what lies just within the rules of the travel authorisation is accepted") {
  const WholeApplication application("tac", kAnswers);
  int ran = 0;

  for (const char* change : kAllowed) {
    INFO(std::string(change));
    CHECK(application.findings(change) == "");
    ++ran;
  }

  CHECK(ran == 9);
}

TEST_CASE("the countries of the travel authorisation are those of the day") {
  const WholeApplication application("tac", kAnswers);
  constexpr const char* kThai = R"j({"nationality": "THA", "arrival_plan": null})j";
  constexpr const char* kBurmese = R"j({"nationality": "MMR", "arrival_plan": null})j";

  CHECK(application.findings(kThai, "2016-07-31") == "required@route/arrival_plan");
  CHECK(application.findings(kThai, "2016-08-01") ==
        "F-01@route/nationality required@route/arrival_plan");
  CHECK(application.findings(kBurmese, "2016-08-31") ==
        "F-01@route/nationality required@route/arrival_plan");
  CHECK(application.findings(kBurmese, "2016-09-01") == "required@route/arrival_plan");
}

TEST_CASE("a traveller who needs no authorisation is told so") {
  const WholeApplication application("tac", kAnswers);

  const OpenForm thai = application.open(R"j({"nationality": "THA"})j");
  const OpenForm indonesian = application.open();

  CHECK(member_of(thai, "route/exempt_note", "relevant") == "true");
  CHECK(member_of(indonesian, "route/exempt_note", "relevant") == "false");
}

TEST_CASE("the lines of the passport must carry the nationality that was chosen") {
  const WholeApplication application("tac", kAnswers);
  constexpr const char* kLines =
      R"j("P<IDNSITI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nC1234567<0IDN9103029F3001318<<<<<<<<<<<<<<<4")j";

  const std::string change = R"j({"ppt_mrz": )j" + std::string(kLines) + "}";
  const std::string other = R"j({"nationality": "LAO", "ppt_mrz": )j" + std::string(kLines) + "}";

  CHECK(application.findings(change) == "");
  CHECK(application.findings(other) == "X-02@passport/ppt_mrz");
}

}  // namespace
}  // namespace landfall
