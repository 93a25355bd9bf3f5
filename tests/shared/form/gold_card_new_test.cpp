#include <doctest/doctest.h>

#include <string>

#include "shared/form/lint.h"
#include "tests/shared/form/forms.h"
#include "tests/shared/form/whole_application.h"

namespace landfall {
namespace {

constexpr const char* kAnswers = R"j({
  "track": "FOREIGN", "nationality": "DEU", "apply_from": "OVERSEAS", "prev_hhr": false,
  "domain": "DIG", "regulation": "DIG_DOCTOR", "years": "2", "highest_edu": "DOCTOR",
  "claim_text": "Doctor of computer science in 2015 and eight years of work on databases since.",
  "school_name": "Technische Hochschule", "cur_employer": "Beispiel GmbH", "cur_title": "Architect",
  "work_hist": [{"employer": "Beispiel GmbH", "country": "DEU", "from": "2016", "to": null,
                 "title": "Architect"}],
  "ml_company": false, "no_name_zh": true, "surname_en": "MEIER", "given_en": "JAN", "sex": "M",
  "birth_date": "1988-01-02", "birth_country": "DEU", "ppt_country": "DEU",
  "ppt_no": "C01X00T47", "ppt_issue": "2020-01-02", "ppt_expiry": "2030-01-01",
  "inspect_post": "PAR", "pickup": "高雄市第一服務站", "res_country": "DEU",
  "addr_home": "Musterweg 5, Bonn", "mobile_cc": "49", "mobile": "15112345678",
  "email": "jan@example.de", "lang": "en", "filer_kind": "SELF",
  "passport_page": "file", "photo": "file", "quali": "file",
  "decl_truth": true, "decl_privacy": true, "decl_check": true,
  "signature": "elsewhere"})j";

constexpr ChangedAnswer kBrokenRules[] = {
    {R"j({"nationality": "CHN"})j", "C-01@route/nationality"},
    {R"j({"prev_hhr": true})j", "C-01@route/prev_hhr"},
    {R"j({"ppt_expiry": "2027-05-20"})j", "C-02@passport/ppt_expiry"},
    {R"j({"ppt_mrz": "P<D<<MEIER<<JAN<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nC01X00T478D<<8801029M3001019<<<<<<<<<<<<<<06", "given_en": "UWE"})j",
     "C-03@passport/ppt_mrz"},
    {R"j({"regulation": "SCI_DOCTOR"})j", "C-04@qualification/regulation"},
    {R"j({"track": "HKMO", "hk_id": "A123456(3)", "hkmo_id": "file"})j", "C-06@route/nationality"},
    {R"j({"nationality": "HKG"})j", "constraint@route/nationality"},
    {R"j({"birth_country": "CHN", "birth_city": "Beijing"})j", "required@documents/ml_born"},
    {R"j({"apply_from": "TW_VISAFREE", "entry_date": "2026-08-22", "addr_tw": "Inn, Taipei"})j",
     "C-08@route/entry_date"},
    {R"j({"apply_from": "TW_VISAFREE", "entry_date": "2026-11-01", "stay_until": "2026-11-20",
          "addr_tw": "Inn, Taipei"})j",
     "C-08@route/stay_until"},
    {R"j({"apply_from": "TW_VISITOR", "entry_date": "2026-11-01", "addr_tw": "Inn, Taipei"})j",
     "required@route/visa_no required@route/visa_issue"},
    {R"j({"apply_from": "TW_ARC", "entry_date": "2020-11-01", "addr_tw": "Inn, Taipei",
          "arc_no": "A800000014", "arc_expiry": "2026-11-20"})j",
     "constraint@route/arc_expiry"},
    {R"j({"apply_from": "TW_ARC", "entry_date": "2020-11-01", "addr_tw": "Inn, Taipei",
          "arc_no": "A900000016", "arc_expiry": "2026-11-21"})j",
     "X-04@route/arc_no"},
    {R"j({"track": "HKMO", "nationality": "HKG", "ppt_country": "HKG", "hkmo_id": "file",
          "ppt_no": "K12345678", "hk_id": "A123456(4)"})j",
     "constraint@route/hk_id"},
    {R"j({"email": "jan@qq.com"})j", "email_provider_refused@contact/email"},
    {R"j({"email": "jan@protonmail.com"})j", "C-11@contact/email"},
    {R"j({"email": "jan@mail.Proton.me"})j", "C-11@contact/email"},
    {R"j({"email": "jan@tuta.io"})j", "C-11@contact/email"},
    {R"j({"email": "jan@notproton.me"})j", ""},
    {R"j({"addr_home": "台北市广州街15号"})j", "X-12@contact/addr_home"},
    {R"j({"addr_home": "臺北市廣州街15號"})j", ""},
    {R"j({"ppt_mrz": "P<D<<MEIER<<JAN<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nC01X00T478D<<8801029M3001019<<<<<<<<<<<<<<06", "nationality": "AUT"})j",
     "X-02@passport/ppt_mrz"},
    {R"j({"regulation": "DIG_SALARY", "salary_month": 159999})j",
     "constraint@qualification/salary_month"},
    {R"j({"claim_text": "I am good at it."})j", "text_too_short@qualification/claim_text"},
    {R"j({"years": "4"})j", "not_a_choice@qualification/years"},
    {R"j({"ml_company": true})j", "required@work/ml_company_text"},
    {R"j({"work_hist": [{"employer": "Beispiel GmbH", "country": "DEU", "from": "2016-05",
           "to": "2016-04", "title": "Architect"}]})j",
     "constraint@work/work_hist[1]/to"},
    {R"j({"nationality": "NPL", "ppt_country": "NPL"})j", "required@documents/guarantor"},
    {R"j({"inspect_post": "OTHER"})j", "required@stay/inspect_post_text"},
    {R"j({"filer_kind": "EMPLOYER", "agent_name": "Example", "agent_id": "24536806",
          "agent_phone": "+886223889393"})j",
     "required@documents/poa"},
    {R"j({"birth_date": "2010-01-02"})j",
     "required@filer/guardian_name required@filer/guardian_rel "
     "required@filer/guardian_id"},
};

constexpr const char* kAllowed[] = {
    R"j({"ppt_expiry": "2027-05-21"})j",
    R"j({"ppt_mrz": "P<D<<MEIER<<JAN<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nC01X00T478D<<8801029M3001019<<<<<<<<<<<<<<06"})j",
    R"j({"apply_from": "TW_VISAFREE", "entry_date": "2026-08-23", "addr_tw": "Inn, Taipei"})j",
    R"j({"apply_from": "TW_VISAFREE", "entry_date": "2026-06-01", "stay_until": "2026-11-21",
         "addr_tw": "Inn, Taipei"})j",
    R"j({"apply_from": "TW_VISITOR", "entry_date": "2026-11-01", "visa_no": "AB123456",
         "visa_issue": "2026-10-01", "addr_tw": "Inn, Taipei"})j",
    R"j({"apply_from": "TW_ARC", "entry_date": "2020-11-01", "arc_no": "A800000014",
         "arc_expiry": "2026-11-21", "addr_tw": "Inn, Taipei"})j",
    R"j({"track": "HKMO", "nationality": "HKG", "ppt_country": "HKG", "hk_id": "A123456(3)",
         "hkmo_id": "file", "no_name_zh": false,
         "name_zh": "陳大文", "surname_en": "CHAN", "given_en": "TAI MAN", "ppt_no": "K12345678"})j",
    R"j({"regulation": "DIG_SALARY", "salary_month": 160000})j",
    R"j({"cur_employer": "無", "cur_title": null})j",
    R"j({"nationality": "IND", "ppt_country": "IND", "ppt_no": "Z1234567"})j",
    R"j({"companion": [{"companion_name": "MEIER EVA", "companion_rel": "SPOUSE",
          "companion_birth": "1989-01-01"}]})j",
};

TEST_CASE("the package of the Gold Card has nothing to complain about") {
  const PackageSources sources = sources_of("gold_card_new");
  REQUIRE(sources.locales.size() >= 2);

  for (const LintProblem& problem : lint_package(sources)) {
    FAIL_CHECK(problem.sheet << " row " << problem.row << " " << problem.column << ": "
                             << problem.code << " " << problem.detail);
  }
}

TEST_CASE("the fee of a Gold Card goes by who asks, from where and for how long") {
  const WholeApplication application("gold_card_new", kAnswers);
  const auto fee = [&application](const char* change) {
    return application.open(change).engine->fee()->amount;
  };

  CHECK(application.findings("{}") == "");
  CHECK(fee("{}") == 4700);
  CHECK(fee(R"j({"years": "3"})j") == 5700);
  CHECK(fee(R"j({"apply_from": "TW_ARC"})j") == 2500);
  CHECK(fee(R"j({"nationality": "USA"})j") == 2500 + 4960);
  CHECK(fee(R"j({"nationality": "USA", "apply_from": "TW_VISAFREE"})j") == 4700);
  CHECK(fee(R"j({"track": "HKMO", "nationality": "HKG"})j") == 3100);
  CHECK_FALSE(application.open("{}", "2021-10-22").engine->fee().has_value());
}

TEST_CASE("each rule of the Gold Card shows at the question that can mend it") {
  const WholeApplication application("gold_card_new", kAnswers);
  int ran = 0;

  for (const ChangedAnswer& broken : kBrokenRules) {
    INFO(std::string(broken.change));
    CHECK(application.findings(broken.change) == std::string(broken.findings));
    ++ran;
  }

  CHECK(ran == 31);
}

TEST_CASE("what lies just within the rules of the Gold Card is accepted") {
  const WholeApplication application("gold_card_new", kAnswers);
  int ran = 0;

  for (const char* change : kAllowed) {
    INFO(std::string(change));
    CHECK(application.findings(change) == "");
    ++ran;
  }

  CHECK(ran == 11);
}

}  // namespace
}  // namespace landfall
