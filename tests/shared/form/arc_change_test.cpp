#include <doctest/doctest.h>

#include <string>

#include "shared/form/lint.h"
#include "tests/shared/form/forms.h"
#include "tests/shared/form/whole_application.h"

namespace landfall {
namespace {

constexpr const char* kAnswers = R"j({
  "e_type": "EXTEND", "ui_no_have": "A900000025", "arc_expiry": "2027-01-15",
  "purpose_code": "JOIN_ROC", "principal_ui": "A123456789", "relation": "SPOUSE", "ext_years": 2,
  "no_name_zh": true, "surname_en": "TANAKA", "given_en": "YUKI", "single_name": false, "sex": "F",
  "birth_date": "1992-07-30", "birth_country": "JPN", "prev_hhr": false, "ppt_country": "JPN",
  "ppt_no": "TR1234567", "ppt_issue": "2022-02-02", "ppt_expiry": "2032-02-02",
  "res_addr": "高雄市三民區示範路8號2樓", "pickup": "高雄市第一服務站", "res_country": "TWN",
  "addr_home": "高雄市三民區示範路8號2樓", "mobile_cc": "886", "mobile": "0912345678",
  "email": "yuki@example.jp", "lang": "ja", "filer_kind": "SELF", "photo": "file",
  "passport_page": "file", "arc_card": "file", "decl_truth": true, "decl_privacy": true,
  "decl_check": true})j";

constexpr ChangedAnswer kBrokenRules[] = {
    {R"j({"arc_expiry": "2027-02-22"})j", "E-02@route/arc_expiry"},
    {R"j({"arc_expiry": "2026-10-22"})j", "E-02@route/arc_expiry"},
    {R"j({"arc_expiry": "2026-10-23"})j", "E-02-late@route/arc_expiry"},
    {R"j({"arc_expiry": "2026-12-22", "ppt_country": "HKG", "ppt_no": "K12345678"})j",
     "E-02@route/arc_expiry"},
    {R"j({"principal_until": "2026-11-20"})j",
     "E-03@reason/principal_until E-04@extension/ext_years"},
    {R"j({"purpose_code": "EMPLOY", "employer": "Contoh", "employer_ubn": "04595257",
          "work_permit_no": "1150000009", "work_permit_to": "2026-11-20", "ext_years": 1,
          "purpose_proof": "file"})j",
     "E-03@reason/work_permit_to E-04@extension/ext_years"},
    {R"j({"principal_until": "2029-01-14"})j", "E-04@extension/ext_years"},
    {R"j({"ppt_expiry": "2029-01-14"})j", "E-04@extension/ext_years"},
    {R"j({"ppt_expiry": "2026-11-21"})j",
     "X-01-expiry@passport/ppt_expiry E-04@extension/ext_years"},
    {R"j({"purpose_code": "STUDY", "purpose_proof": "file", "graduated": true})j",
     "E-07@extension/ext_years"},
    {R"j({"relation": "MINOR_CHILD", "birth_date": "2010-01-15", "guardian_name": "TANAKA KEN",
          "guardian_rel": "FATHER", "guardian_id": "TR7654321"})j",
     "E-08@extension/ext_years"},
    {R"j({"e_type": "CHANGE_REASON", "event_date": "2026-10-21", "kinship": "file"})j",
     "E-05@change/event_date"},
    {R"j({"e_type": "CHANGE_REASON", "event_date": "2026-10-22"})j", "required@documents/kinship"},
    {R"j({"e_type": "CHANGE_ADDR", "event_date": "2026-10-21", "addr_proof": "file"})j",
     "E-05-late@change/event_date"},
    {R"j({"e_type": "CHANGE_DATA", "event_date": "2026-11-22"})j",
     "required@change/change_items constraint@change/event_date"},
    {R"j({"e_type": "REPLACE", "loss_kind": "LOST"})j", "required@documents/loss"},
    {R"j({"e_type": "REPLACE", "loss_kind": "DAMAGED", "arc_card": null})j",
     "required@documents/arc_card"},
    {R"j({"sex": "M"})j", "X-04@route/ui_no_have"},
    {R"j({"prev_hhr": true})j", "X-09@route/prev_hhr"},
    {R"j({"principal_ui": "A123456780"})j", "constraint@reason/principal_ui"},
    {R"j({"purpose_code": "STUDY"})j", "required@documents/purpose_proof"},
    {R"j({"filer_kind": "SCHOOL", "agent_name": "NTU", "agent_phone": "+886233663366"})j",
     "required@filer/agent_id required@documents/poa"},
    {R"j({"pickup": "月球服務站"})j", "not_a_choice@address/pickup"},
    {R"j({"ext_years": 4})j", "not_a_choice@extension/ext_years"},
};

struct ChargedAnswer {
  const char* change;
  const char* fee;
};

constexpr ChargedAnswer kFees[] = {
    {"{}", R"j({"amount":2000,"currency":"TWD","fee_code":"ARC-EXTEND"})j"},
    {R"j({"purpose_code": "STUDY", "overseas_chinese_student": true, "ext_years": 3})j",
     R"j({"amount":1500,"currency":"TWD","fee_code":"ARC-EXTEND-STUDENT"})j"},
    {R"j({"e_type": "REPLACE"})j", R"j({"amount":500,"currency":"TWD","fee_code":"ARC-REPLACE"})j"},
    {R"j({"e_type": "CHANGE_DATA"})j",
     R"j({"amount":500,"currency":"TWD","fee_code":"ARC-CHANGE"})j"},
    {R"j({"e_type": "CHANGE_ADDR"})j",
     R"j({"amount":500,"currency":"TWD","fee_code":"ARC-ADDRESS"})j"},
    {R"j({"ext_years": null})j", R"j({"amount":null,"currency":null,"fee_code":""})j"},
};

TEST_CASE("the package of the residence card has nothing to complain about") {
  const PackageSources sources = sources_of("arc_change");
  REQUIRE(sources.locales.size() >= 2);

  for (const LintProblem& problem : lint_package(sources)) {
    FAIL_CHECK(problem.sheet << " row " << problem.row << " " << problem.column << ": "
                             << problem.code << " " << problem.detail);
  }
}

TEST_CASE("an extension runs from the day on the card") {
  const WholeApplication application("arc_change", kAnswers);

  const OpenForm form = application.open(R"j({"principal_until": "2029-01-15"})j");

  CHECK(findings_of(form) == "");
  CHECK(member_of(form, "extension/ext_end", "value") == R"j("2029-01-15")j");
  CHECK(member_of(form, "reason/principal_ok", "value") == "true");
  CHECK(member_of(form, "reason/spouse_note", "relevant") == "true");
}

TEST_CASE("each rule of the residence card shows at the question that can mend it") {
  const WholeApplication application("arc_change", kAnswers);
  int ran = 0;

  for (const ChangedAnswer& broken : kBrokenRules) {
    INFO(std::string(broken.change));
    CHECK(application.findings(broken.change) == std::string(broken.findings));
    ++ran;
  }

  CHECK(ran == 24);
}

TEST_CASE("what is done with the residence card decides the fee") {
  const WholeApplication application("arc_change", kAnswers);
  int ran = 0;

  for (const ChargedAnswer& charged : kFees) {
    const OpenForm form = application.open(charged.change);
    INFO(std::string(charged.change));
    CHECK(fee_json(*form.engine) == std::string(charged.fee));
    ++ran;
  }

  CHECK(ran == 6);
}

TEST_CASE("the fine for being late is shown before anything is sent") {
  const WholeApplication application("arc_change", kAnswers);

  const OpenForm late = application.open(R"j({"arc_expiry": "2026-11-11"})j");
  const OpenForm last_day = application.open(R"j({"arc_expiry": "2026-11-21"})j");

  CHECK(member_of(late, "route/days_late", "value") == "10");
  CHECK(member_of(late, "route/late_fine_note", "relevant") == "true");
  CHECK(member_of(last_day, "route/late_fine_note", "relevant") == "false");
}

}  // namespace
}  // namespace landfall
