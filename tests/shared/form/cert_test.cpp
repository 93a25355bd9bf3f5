#include <doctest/doctest.h>

#include <string>

#include "shared/form/lint.h"
#include "tests/shared/form/forms.h"
#include "tests/shared/form/whole_application.h"

namespace landfall {
namespace {

constexpr const char* kAnswers = R"j({
  "cert_kind": "DATES", "subject_kind": "FOREIGN", "requester": "SELF", "use": "BANK",
  "no_name_zh": true, "surname_en": "MARTIN", "given_en": "CLAIRE", "single_name": false,
  "sex": "F", "birth_date": "1986-04-09", "birth_country": "FRA",
  "id_no": "19AB12345", "ppt_nos": ["19AB12345", "08CD54321"],
  "period_from": "1991-01-01", "period_to": "2026-11-21",
  "lang_out": "ZH_EN", "copies": 2, "deliver": "DOWNLOAD",
  "res_country": "FRA", "addr_home": "12 rue Exemple, Lyon", "mobile_cc": "33",
  "mobile": "612345678", "email": "claire@example.fr", "lang": "en", "filer_kind": "SELF",
  "id_doc": "file", "decl_truth": true, "decl_privacy": true, "decl_check": true})j";

constexpr const char* kBatch = R"j({
  "cert_kind": "RESIDENCE", "id_no": "A800000014", "requester": "PROXY", "poa": "file",
  "filer_kind": "EMPLOYER", "agent_name": "Contoh Ltd", "agent_id": "04595257",
  "agent_phone": "+886223889393", "period_from": "2025-01-01", "period_to": "2025-12-31",
  "mw_batch": [{"worker_surname": "SARI", "worker_birth_date": "1995-02-03",
                "worker_ui_no": "A900000025", "employed_from": "2025-01-01"}]})j";

constexpr ChangedAnswer kBrokenRules[] = {
    {R"j({"period_from": "1990-12-31"})j", "G-04@records/period_from"},
    {R"j({"period_to": "2026-11-22"})j", "constraint@records/period_to"},
    {R"j({"period_to": "1990-12-31"})j", "constraint@records/period_to"},
    {R"j({"subject_kind": "CITIZEN", "id_no": "A123456789", "period_from": "1982-12-31"})j",
     "G-04@records/period_from"},
    {R"j({"cert_kind": "RESIDENCE", "subject_kind": "CITIZEN", "id_no": "A800000014"})j",
     "constraint@route/subject_kind constraint@records/id_no"},
    {R"j({"cert_kind": "RESIDENCE"})j", "G-02@records/id_no"},
    {R"j({"id_no": "A800000015"})j", "constraint@records/id_no"},
    {R"j({"id_no": "A123456780"})j", "constraint@records/id_no"},
    {R"j({"id_no": "a8-0000-0015"})j", "constraint@records/id_no"},
    {R"j({"id_no": "19 AB"})j", "constraint@records/id_no"},
    {R"j({"ppt_nos": ["?"]})j", "passport_number_malformed@records/ppt_nos[1]/ppt_no_used"},
    {R"j({"copies": 11})j", "number_too_large@delivery/copies"},
    {R"j({"use": "OTHER"})j", "required@route/use_text"},
    {R"j({"requester": "INTERESTED_PARTY", "relation_proof": "no"})j",
     "text_too_short@route/relation_proof required@documents/interest"},
    {R"j({"requester": "LEGAL_REP", "birth_date": "2010-01-01", "guardian_name": "王美玲",
          "guardian_rel": "MOTHER", "guardian_id": "A223456781"})j",
     "required@documents/kin"},
    {R"j({"birth_date": "2010-01-01"})j",
     "required@filer/guardian_name required@filer/guardian_rel required@filer/guardian_id"},
};

TEST_CASE("the package of the certificates has nothing to complain about") {
  const PackageSources sources = sources_of("cert");
  REQUIRE(sources.locales.size() >= 2);

  for (const LintProblem& problem : lint_package(sources)) {
    FAIL_CHECK(problem.sheet << " row " << problem.row << " " << problem.column << ": "
                             << problem.code << " " << problem.detail);
  }
}

TEST_CASE("a certificate is free to download and costs a hundred a copy on paper") {
  const WholeApplication application("cert", kAnswers);

  const OpenForm download = application.open();
  const OpenForm mail = application.open(R"j({"deliver": "MAIL"})j");
  const OpenForm residence =
      application.open(R"j({"cert_kind": "RESIDENCE", "deliver": "PICKUP", "copies": 3})j");

  CHECK(findings_of(download) == "");
  CHECK(fee_json(*download.engine) ==
        R"j({"amount":0,"currency":"TWD","fee_code":"CERT-ONLINE"})j");
  CHECK(fee_json(*mail.engine) == R"j({"amount":200,"currency":"TWD","fee_code":"CERT-DATES"})j");
  CHECK(fee_json(*residence.engine) ==
        R"j({"amount":300,"currency":"TWD","fee_code":"CERT-RESIDENCE"})j");
}

TEST_CASE("each rule of the certificates shows at the question that can mend it") {
  const WholeApplication application("cert", kAnswers);
  int ran = 0;

  for (const ChangedAnswer& broken : kBrokenRules) {
    INFO(std::string(broken.change));
    CHECK(application.findings(broken.change) == std::string(broken.findings));
    ++ran;
  }

  CHECK(ran == 16);
}

TEST_CASE("nationals may ask further back and need no identity document") {
  const WholeApplication application("cert", kAnswers);

  const OpenForm form = application.open(
      R"j({"subject_kind": "CITIZEN", "id_no": "A123456789", "period_from": "1983-01-01",
           "id_doc": null})j");

  CHECK(findings_of(form) == "");
  CHECK(member_of(form, "records/ppt_nos", "relevant") == "false");
}

TEST_CASE("an employer asks for workers only within their employment") {
  const WholeApplication application("cert", kAnswers);
  const auto with = [](const char* from, const char* to) {
    std::string change(kBatch);
    change.replace(change.find(from), std::string(from).size(), to);
    return change;
  };

  CHECK(application.findings(kBatch) == "");
  CHECK(application.findings(
            with(R"j("employed_from": "2025-01-01")j", R"j("employed_from": "2025-01-02")j")) ==
        "G-05@filer/mw_batch[1]/employed_from");
  CHECK(application.findings(
            with(R"j("employed_from": "2025-01-01")j",
                 R"j("employed_from": "2025-01-01", "employed_to": "2025-12-30")j")) ==
        "G-05@filer/mw_batch[1]/employed_to");
  CHECK(application.findings(with(R"j("EMPLOYER")j", R"j("MANPOWER")j")) ==
        "required@filer/agent_licence");
}

TEST_CASE("the passports of an answers file may be a plain list, and come back as instances") {
  const WholeApplication application("cert", kAnswers);

  const OpenForm form = application.open();

  CHECK(member_of(form, "records/ppt_nos[2]/ppt_no_used", "value") == R"j("08CD54321")j");
  CHECK(answers_json(*form.engine).find(R"j("ppt_nos":[{"ppt_no_used":"19AB12345"})j") !=
        std::string::npos);
}

}  // namespace
}  // namespace landfall
