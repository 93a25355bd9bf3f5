#include <doctest/doctest.h>

#include <string>

#include "shared/form/lint.h"
#include "tests/shared/form/forms.h"
#include "tests/shared/form/whole_application.h"

namespace landfall {
namespace {

constexpr const char* kAnswers = R"j({
  "category": "PR", "entry_count": "SINGLE", "prev_hhr": false,
  "host_country": "JPN", "host_since": "2022-04-01", "host_status": "PERMANENT_RESIDENT",
  "host_doc_no": "RD1234567-8", "host_doc_expiry": "2029-03-31", "reentry_visa": true,
  "arrival_plan": "2027-04-01", "depart_plan": "2027-04-15",
  "itinerary": [{"date": "2027-04-01", "place": "Tainan", "lodging": "Inn", "phone": "06-2991111"}],
  "addr_tw": "Inn, Tainan", "name_zh": "李娜", "surname_en": "LI", "given_en": "NA", "sex": "F",
  "birth_date": "2000-01-01", "birth_country": "CHN", "birth_city": "上海市",
  "prc_id": "310101200001010026", "hukou": "上海市黃浦區", "ppt_prc_kind": "ORDINARY",
  "ppt_country": "CHN", "ppt_no": "E98765432", "ppt_issue": "2021-01-02",
  "ppt_expiry": "2031-01-01", "ml_office": false,
  "ml_work": [{"from": "2018-03", "to": "2019", "body": "Shanghai School", "title": "Teacher"}],
  "emergency": {"name": "LI MING", "relation": "Brother", "phone": "+81312345678"},
  "email": "li.na@example.jp", "mobile_cc": "81", "mobile": "9012345678",
  "addr_home": "1-2-3 Rei, Tokyo", "res_country": "JPN", "lang": "zh-Hans", "filer_kind": "SELF",
  "photo": "file", "passport_page": "file", "host_doc": "file",
  "decl_truth": true, "decl_privacy": true, "decl_check": true,
  "signature": "elsewhere"})j";

constexpr ChangedAnswer kBrokenRules[] = {
    {R"j({"host_country": "CHN"})j", "B-01@host/host_country"},
    {R"j({"host_country": "TWN"})j", "B-01@host/host_country"},
    {R"j({"category": "WORK", "employer": "Kaisha", "job_title": "Clerk", "work_since": "2026-01-05",
          "host_since": "2025-11-22", "work": "file"})j",
     "B-02@host/host_since"},
    {R"j({"category": "DEP_RES", "deposit_twd": 99999, "deposit_cur": "JPY 480000",
          "deposit": "file"})j",
     "B-03@host/deposit_twd"},
    {R"j({"category": "DEP_RES", "deposit_twd": 100000, "deposit_cur": "JPY 480000"})j",
     "required@documents/deposit"},
    {R"j({"category": "DEP_RES", "deposit_twd": 100000, "deposit_cur": "much", "deposit": "file"})j",
     "constraint@host/deposit_cur"},
    {R"j({"category": "ACCOMPANY", "principal_case": "115550000007", "principal_rel": "OTHER",
          "kinship": "file"})j",
     "B-04@host/principal_rel"},
    {R"j({"category": "ACCOMPANY", "principal_case": "5550000007", "principal_rel": "SPOUSE",
          "kinship": "file"})j",
     "constraint@host/principal_case"},
    {R"j({"category": "STUDY", "school": "Rei University", "school_until": "2026-11-20"})j",
     "constraint@host/school_until required@documents/student"},
    {R"j({"ppt_expiry": "2027-09-30"})j", "B-05@passport/ppt_expiry"},
    {R"j({"depart_plan": "2027-04-17"})j", "B-06@trip/depart_plan"},
    {R"j({"roc_ppt": true})j", "B-07@passport/roc_ppt"},
    {R"j({"sex": "M"})j", "B-08@person/prc_id"},
    {R"j({"birth_date": "2000-01-02"})j", "B-08@person/prc_id"},
    {R"j({"ppt_country": "JPN"})j",
     "B-09@passport/ppt_country passport_number_unusual@passport/ppt_no"},
    {R"j({"other_ppt": true})j", "B-09@passport/other_ppt"},
    {R"j({"prev_hhr": true})j", "B-11@route/prev_hhr"},
    {R"j({"host_doc_expiry": "2027-04-15"})j", "B-12@host/host_doc_expiry"},
    {R"j({"ppt_issue": "2026-11-22"})j", "X-01-issue@passport/ppt_issue"},
    {R"j({"depart_plan": "2027-04-01"})j", "X-08@trip/depart_plan"},
    {R"j({"ppt_mrz": "P<CHNLI<<NA<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nE987654324CHN0001018F3101012<<<<<<<<<<<<<<02",
          "ppt_no": "E98765433"})j",
     "X-02@passport/ppt_mrz"},
    {R"j({"ppt_mrz": "P<CHNLI<<NA<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nE987654324CHN0001018F3101012<<<<<<<<<<<<<<02",
          "given_en": "NAN"})j",
     "X-02-name@passport/ppt_mrz"},
    {R"j({"birth_date": "2008-11-22", "prc_id": null})j",
     "required@filer/guardian_name required@filer/guardian_rel "
     "required@filer/guardian_id required@documents/parent_consent"},
    {R"j({"entry_count": "MULTI_1Y"})j", "constraint@route/entry_count"},
    {R"j({"host_doc_no": "RD 12"})j", "constraint@host/host_doc_no"},
    {R"j({"reentry_visa": false})j", "constraint@host/reentry_visa"},
    {R"j({"itinerary": [{"date": "2027-05-01", "place": "Tainan", "lodging": "Inn"}]})j",
     "constraint@trip/itinerary[1]/date"},
    {R"j({"itinerary": []})j",
     "required@trip/itinerary[1]/date required@trip/itinerary[1]/place "
     "required@trip/itinerary[1]/lodging"},
    {R"j({"ml_work": [{"from": "2018-03", "to": "2018-02", "body": "School", "title": "Teacher"}]})j",
     "constraint@background/ml_work[1]/to"},
    {R"j({"filer_kind": "AGENT", "agent_name": "Agent", "agent_phone": "+81312345678"})j",
     "required@documents/poa"},
    {R"j({"photo": null})j", "required@documents/photo"},
};

constexpr const char* kAllowed[] = {
    R"j({"host_country": "MAC", "ppt_mrz": null})j",
    R"j({"category": "WORK", "employer": "Kaisha", "job_title": "Clerk", "work_since": "2026-01-05",
         "host_since": "2025-11-21", "work": "file"})j",
    R"j({"category": "DEP_RES", "deposit_twd": 100000, "deposit_cur": "JPY 480,000",
         "deposit": "file"})j",
    R"j({"category": "ACCOMPANY", "principal_case": "115550000007", "principal_rel": "SIBLING",
         "kinship": "file"})j",
    R"j({"ppt_expiry": "2027-10-01"})j",
    R"j({"depart_plan": "2027-04-16"})j",
    R"j({"host_doc_expiry": "9999-12-31"})j",
    R"j({"roc_ppt": true, "host_since": "2022-11-22"})j",
    R"j({"prc_id": null, "ml_work": []})j",
    R"j({"ppt_mrz": "P<CHNLI<<NA<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nE987654324CHN0001018F3101012<<<<<<<<<<<<<<02"})j",
    R"j({"birth_date": "2008-11-21", "prc_id": null})j",
    R"j({"companions": [{"companion_name": "LI XUE", "companion_birth": "2019-05-05"}]})j",
};

TEST_CASE(
    "the package of the tourist permit for Mainland residents abroad has nothing to complain "
    "about") {
  const PackageSources sources = sources_of("cn_overseas_tour");
  REQUIRE(sources.locales.size() >= 2);

  for (const LintProblem& problem : lint_package(sources)) {
    FAIL_CHECK(problem.sheet << " row " << problem.row << " " << problem.column << ": "
                             << problem.code << " " << problem.detail);
  }
}

TEST_CASE("a tourist's application goes to the post of the country where they live") {
  const WholeApplication application("cn_overseas_tour", kAnswers);

  const OpenForm japan = application.open();
  const OpenForm fiji = application.open(R"j({"host_country": "FJI"})j");
  const OpenForm osaka = application.open(R"j({"post": "OSA"})j");

  CHECK(findings_of(japan) == "");
  CHECK(japan.engine->fee()->amount == 600);
  CHECK(member_of(japan, "contact/case_post", "value") == R"j("TYO")j");
  CHECK(member_of(osaka, "contact/case_post", "value") == R"j("OSA")j");
  CHECK(member_of(fiji, "contact/case_post", "value") == R"j("PAPER")j");
  CHECK(member_of(fiji, "contact/no_post_note", "relevant") == "true");
}

TEST_CASE(
    "each rule of the tourist permit for Mainland residents abroad shows at the question that can "
    "mend it") {
  const WholeApplication application("cn_overseas_tour", kAnswers);
  int ran = 0;

  for (const ChangedAnswer& broken : kBrokenRules) {
    INFO(std::string(broken.change));
    CHECK(application.findings(broken.change) == std::string(broken.findings));
    ++ran;
  }

  CHECK(ran == 31);
}

TEST_CASE(
    "what lies just within the rules of the tourist permit for Mainland residents abroad is "
    "accepted") {
  const WholeApplication application("cn_overseas_tour", kAnswers);
  int ran = 0;

  for (const char* change : kAllowed) {
    INFO(std::string(change));
    CHECK(application.findings(change) == "");
    ++ran;
  }

  CHECK(ran == 12);
}

TEST_CASE("the earliest arrival is the third working day from today") {
  struct Day {
    const char* today;
    const char* too_early;
    const char* first;
  };
  constexpr Day kDays[] = {
      {"2026-11-23", "2026-11-25", "2026-11-26"},  // Monday
      {"2026-11-24", "2026-11-26", "2026-11-27"}, {"2026-11-25", "2026-11-29", "2026-11-30"},
      {"2026-11-26", "2026-11-30", "2026-12-01"}, {"2026-11-27", "2026-12-01", "2026-12-02"},
      {"2026-11-28", "2026-12-01", "2026-12-02"}, {"2026-11-29", "2026-12-01", "2026-12-02"},
  };
  const WholeApplication application("cn_overseas_tour", kAnswers);
  const auto arriving = [&application](const Day& day, const char* arrival) {
    const std::string date = arrival;
    return application.findings(
        R"j({"arrival_plan": ")j" + date +
            R"j(", "depart_plan": "2026-12-05", "itinerary": [{"date": ")j" + date +
            R"j(", "place": "Tainan", "lodging": "Inn"}]})j",
        day.today);
  };
  int ran = 0;

  for (const Day& day : kDays) {
    INFO(std::string(day.today));
    CHECK(arriving(day, day.too_early) == "constraint@trip/arrival_plan");
    CHECK(arriving(day, day.first) == "");
    ++ran;
  }

  CHECK(ran == 7);
}

}  // namespace
}  // namespace landfall
