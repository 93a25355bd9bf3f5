#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "shared/form/lint.h"
#include "tests/shared/form/forms.h"
#include "tests/shared/form/whole_application.h"

namespace landfall {
namespace {

constexpr const char* kAnswers = R"j({
  "d_type": "NEW", "filer_kind": "EMPLOYER", "agent_name": "Example Works", "agent_id": "24536806",
  "agent_phone": "03-3396789", "emp_kind": "LEGAL", "emp_name": "Example Works",
  "emp_id": "24536806", "emp_phone": "03-3396789", "no_name_zh": true, "surname_en": "TRAN",
  "given_en": "THI BE", "nationality": "VNM", "sex": "F", "birth_date": "1996-07-08",
  "birth_country": "VNM", "prev_hhr": false, "ppt_country": "VNM", "ppt_no": "C7654321",
  "ppt_issue": "2022-05-06", "ppt_expiry": "2032-05-05", "first_entry": true,
  "entry_date": "2026-11-10", "visa_no": "TPE123456", "work_city": "臺中市",
  "work_addr": "Example Rd. 1, Taichung", "res_addr": "Example Rd. 1, Taichung",
  "job_kind": "MANUFACTURING", "recruit_no": "勞動發事字第1150000009號", "res_country": "TWN",
  "addr_home": "Example Rd. 1, Taichung", "mobile_cc": "886", "mobile": "0912345678",
  "email": "office@example.com.tw", "lang": "vi",
  "photo": "file", "passport_page": "file", "visa_page": "file", "recruit_letter": "file",
  "decl_truth": true, "decl_privacy": true, "decl_check": true,
  "signature": "elsewhere"})j";

constexpr ChangedAnswer kBrokenRules[] = {
    {R"j({"d_type": "REG", "flight_no": "VJ842", "entry_date": "2026-11-20"})j",
     "D-01@work/entry_date"},
    {R"j({"d_type": "REG", "flight_no": "VJ842", "entry_date": "2027-02-20"})j",
     "D-01@work/entry_date"},
    {R"j({"d_type": "REG", "flight_no": "VJ 842", "entry_date": "2026-12-20"})j",
     "constraint@work/flight_no"},
    {R"j({"entry_date": "2026-10-21"})j", "D-02@work/entry_date"},
    {R"j({"entry_date": "2026-11-22"})j", "D-03@work/entry_date"},
    {R"j({"d_type": "EXTEND", "ui_no_have": "A900000016", "employ_no": "1150000010",
          "employ_from": "2026-11-10", "employ_to": "2029-11-09", "employ_letter": "file", "arc_card": "file", "arc_expiry": "2026-12-22"})j",
     "D-05@work/arc_expiry"},
    {R"j({"d_type": "EXTEND", "ui_no_have": "A900000016", "employ_no": "1150000010",
          "employ_from": "2026-11-10", "employ_to": "2029-11-09", "employ_letter": "file", "arc_card": "file", "arc_expiry": "2026-11-20"})j",
     "D-05@work/arc_expiry"},
    {R"j({"d_type": "EXTEND", "ui_no_have": "A900000016", "employ_no": "1150000010",
          "employ_from": "2026-11-10", "employ_to": "2029-11-09", "employ_letter": "file", "arc_card": "file", "arc_expiry": "2027-02-22",
          "job_kind": "INTERMEDIATE"})j",
     "D-05@work/arc_expiry"},
    {R"j({"d_type": "CHANGE", "change_items": ["RES_ADDR"], "change_date": "2026-10-21",
          "ui_no_have": "A900000016", "arc_card": "file", "change_proof": "file"})j",
     "D-06@route/change_date"},
    {R"j({"d_type": "CORRECT", "old_case": "115000000012", "ui_no_have": "A900000016",
          "correct_items": [{"field": "ui_no", "shown": "M", "should_be": "F"}], "e_arc_expiry": "2026-11-20"})j",
     "D-07@route/e_arc_expiry"},
    {R"j({"d_type": "CORRECT", "old_case": "115000000012", "ui_no_have": "A900000016",
          "correct_items": [{"field": "ui_no", "shown": "M", "should_be": "F"}], "e_arc_expiry": "2026-11-21"})j",
     ""},
    {R"j({"d_type": "CARD", "ui_no_have": "A900000016", "employ_no": "1150000010",
          "employ_from": "2026-11-10", "employ_to": "2029-11-09", "employ_letter": "file", "ppt_expiry": "2029-11-09"})j",
     "D-10@passport/ppt_expiry"},
    {R"j({"ppt_expiry": "2027-05-21"})j", "D-10@passport/ppt_expiry"},
    {R"j({"ppt_expiry": "2026-11-21"})j",
     "X-01-expiry@passport/ppt_expiry D-10@passport/ppt_expiry"},
    {R"j({"d_type": "CARD", "ui_no_have": "A900000016",
          "employ_from": "2026-11-10", "employ_to": "2029-11-09", "employ_letter": "file"})j",
     "required@work/employ_no"},
    {R"j({"d_type": "CARD", "ui_no_have": "A900000016", "employ_no": "1150000010",
          "employ_from": "2026-11-10", "employ_to": "2029-11-11", "employ_letter": "file"})j",
     "constraint@work/employ_to"},
    {R"j({"d_type": "CARD", "ui_no_have": "A900000016", "employ_no": "1150000010",
          "employ_from": "2026-11-10", "employ_to": "2029-11-09", "employ_letter": "file", "sex": "M"})j",
     "X-04@person/ui_no_have"},
    {R"j({"d_type": "CORRECT", "old_case": "115550000011", "ui_no_have": "A900000016",
          "correct_items": [{"field": "sex", "shown": "M", "should_be": "M"}]})j",
     "constraint@route/correct_items[1]/should_be"},
    {R"j({"d_type": "CORRECT", "old_case": "115550000011", "ui_no_have": "A900000016",
          "correct_items": [{"field": "email", "shown": "a", "should_be": "b"}]})j",
     "not_a_choice@route/correct_items[1]/field"},
    {R"j({"d_type": "WITHDRAW", "old_case": "115550000011"})j", "required@route/withdraw_reason"},
    {R"j({"emp_kind": "NATURAL"})j", "constraint@employer/emp_id"},
    {R"j({"agent_id": "24536807"})j", "constraint@filer/agent_id"},
    {R"j({"filer_kind": "MANPOWER", "agent_licence": "1234"})j", "required@documents/poa"},
    {R"j({"prev_hhr": true})j", "X-09@person/prev_hhr"},
    {R"j({"nationality": "CHN"})j", "constraint@person/nationality"},
    {R"j({"ppt_mrz": "P<VNMTRAN<<THI<BE<<<<<<<<<<<<<<<<<<<<<<<<<<<\nC7654321<8VNM9607088F3205057<<<<<<<<<<<<<<02",
          "birth_date": "1996-07-09"})j",
     "X-02@passport/ppt_mrz"},
    {R"j({"photo": null})j", "required@documents/photo"},
    {R"j({"visa_page": null})j", "required@documents/visa_page"},
};

constexpr const char* kAllowed[] = {
    R"j({"entry_date": "2026-10-22"})j",
    R"j({"entry_date": "2026-11-21"})j",
    R"j({"d_type": "REG", "flight_no": "VJ842", "entry_date": "2027-02-19"})j",
    R"j({"d_type": "CARD", "ui_no_have": "A900000016", "employ_no": "1150000010",
         "employ_from": "2026-11-10", "employ_to": "2029-11-09", "employ_letter": "file"})j",
    R"j({"d_type": "CARD", "ui_no_have": "A900000016",
         "one_stop_no": "ONE-115-0001"})j",
    R"j({"d_type": "EXTEND", "ui_no_have": "A900000016", "employ_no": "1150000010",
         "employ_from": "2026-11-10", "employ_to": "2029-11-09", "employ_letter": "file", "arc_card": "file", "arc_expiry": "2026-12-21"})j",
    R"j({"d_type": "EXTEND", "ui_no_have": "A900000016", "employ_no": "1150000010",
         "employ_from": "2026-11-10", "employ_to": "2029-11-09", "employ_letter": "file", "arc_card": "file", "arc_expiry": "2027-02-21",
         "job_kind": "INTERMEDIATE"})j",
    R"j({"emp_kind": "NATURAL", "emp_id": "A123456789"})j",
    R"j({"filer_kind": "MANPOWER", "agent_licence": "1234", "poa": "file"})j",
    R"j({"filer_kind": "SELF", "agent_name": null, "agent_id": null})j",
    R"j({"d_type": "WITHDRAW", "old_case": "115550000011", "withdraw_reason": "DUPLICATE"})j",
    R"j({"ppt_mrz": "P<VNMTRAN<<THI<BE<<<<<<<<<<<<<<<<<<<<<<<<<<<\nC7654321<8VNM9607088F3205057<<<<<<<<<<<<<<02"})j",
};

TEST_CASE("the package of the migrant worker's residence card has nothing to complain about") {
  const PackageSources sources = sources_of("mw_arc");
  REQUIRE(sources.locales.size() >= 2);

  for (const LintProblem& problem : lint_package(sources)) {
    FAIL_CHECK(problem.sheet << " row " << problem.row << " " << problem.column << ": "
                             << problem.code << " " << problem.detail);
  }
}

TEST_CASE("the fee of a migrant worker's card goes by what is asked and for how long") {
  const WholeApplication application("mw_arc", kAnswers);
  const auto fee = [&application](const std::string& change) {
    const std::optional<Fee> found = application.open(change).engine->fee();
    return found ? found->amount : -1;
  };
  const std::string term = R"j(, "employ_from": "2026-11-10", "employ_to": ")j";

  CHECK(application.findings("{}") == "");
  CHECK(fee("{}") == 1000);
  CHECK(fee(R"j({"d_type": "CARD")j" + term + R"j(2027-11-09"})j") == 0);
  CHECK(fee(R"j({"d_type": "CARD")j" + term + R"j(2028-11-10"})j") == 1000);
  CHECK(fee(R"j({"d_type": "CARD")j" + term + R"j(2028-11-11"})j") == 2000);
  CHECK(fee(R"j({"d_type": "EXTEND")j" + term + R"j(2029-11-10"})j") == 3000);
  CHECK(fee(R"j({"d_type": "EXTEND", "arc_expiry": "2028-11-10")j" + term + R"j(2029-11-10"})j") ==
        1000);
  CHECK(fee(R"j({"d_type": "CHANGE", "change_items": ["RES_ADDR", "WORK_ADDR"]})j") == 0);
  CHECK(fee(R"j({"d_type": "CHANGE", "change_items": ["RES_ADDR", "PHOTO"]})j") == 500);
  CHECK(fee(R"j({"d_type": "CORRECT"})j") == -1);
  CHECK(fee(R"j({"d_type": "CORRECT", "fault": "APPLICANT"})j") == 500);
  CHECK(fee(R"j({"d_type": "CORRECT", "fault": "AGENCY_NIA"})j") == 0);
  CHECK(fee(R"j({"d_type": "WITHDRAW"})j") == 0);
}

TEST_CASE(
    "each rule of the migrant worker's residence card shows at the question that can mend it") {
  const WholeApplication application("mw_arc", kAnswers);
  int ran = 0;

  for (const ChangedAnswer& broken : kBrokenRules) {
    INFO(std::string(broken.change));
    CHECK(application.findings(broken.change) == std::string(broken.findings));
    ++ran;
  }

  CHECK(ran == 28);
}

TEST_CASE("what lies just within the rules of the migrant worker's residence card is accepted") {
  const WholeApplication application("mw_arc", kAnswers);
  int ran = 0;

  for (const char* change : kAllowed) {
    INFO(std::string(change));
    CHECK(application.findings(change) == "");
    ++ran;
  }

  CHECK(ran == 12);
}

TEST_CASE("a worker may stand once on an imported list") {
  const Result<Package> package = package_of_sources(sources_of("mw_arc"));
  REQUIRE(package.ok());
  OpenForm form = open_on(package.value(), R"j(,"answers":{"d_type":"IMPORT"})j");
  (void)set_json(*form.engine, R"j({"path":"import/workers","add":true})j");
  for (const char* worker : {"import/workers[1]/", "import/workers[2]/"}) {
    const std::string path = worker;
    (void)set(form, path + "w_nationality", R"("IDN")");
    (void)set(form, path + "w_birth_date", R"("1999-09-09")");
    (void)set(form, path + "w_ppt_no", R"("C1234567")");
  }

  CHECK(findings_of(form).find("D-09@import/workers[1]/w_ppt_no") != std::string::npos);
  CHECK(findings_of(form).find("D-09@import/workers[2]/w_ppt_no") != std::string::npos);
  CHECK(member_of(form, "person", "relevant") == "false");

  (void)set(form, "import/workers[2]/w_birth_date", R"("1999-09-10")");
  CHECK(findings_of(form).find("D-09") == std::string::npos);
}

}  // namespace
}  // namespace landfall
