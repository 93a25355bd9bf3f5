#include <doctest/doctest.h>

#include <string>

#include "shared/codec/json.h"
#include "tests/shared/form/forms.h"
#include "tests/support/files.h"

namespace landfall {
namespace {

Package package_with_fees(const char* rows) {
  PackageSources sources = sources_with(R"j({"type":"integer","name":"years","label":"a"})j");
  sources.fees = R"j({"currency":"TWD","rows":[)j" + std::string(rows) + "]}";
  Result<Package> package = package_of_sources(sources);
  REQUIRE(package.ok());
  return std::move(package).value();
}

TEST_CASE("the first row that applies on the day decides the fee") {
  const Package package = package_with_fees(
      R"j({"code":"OLD","when":"${years} > 0","amount":"${years} * 1000","until":"2026-12-31"},)j"
      R"j({"code":"NEW","when":"${years} > 0","amount":"${years} * 1200","from":"2027-01-01"})j");
  OpenForm form = open_on(package);
  CHECK(fee_json(*form.engine) == R"j({"amount":null,"currency":null,"fee_code":""})j");

  (void)set(form, "years", "2");
  CHECK(fee_json(*form.engine) == R"j({"amount":2000,"currency":"TWD","fee_code":"OLD"})j");

  (void)set_json(*form.engine, R"j({"as_of":"2026-12-31"})j");
  CHECK(fee_json(*form.engine) == R"j({"amount":2000,"currency":"TWD","fee_code":"OLD"})j");

  (void)set_json(*form.engine, R"j({"as_of":"2027-01-01"})j");
  CHECK(fee_json(*form.engine) == R"j({"amount":2400,"currency":"TWD","fee_code":"NEW"})j");
}

TEST_CASE("a fee that is no whole amount is none") {
  const Package package =
      package_with_fees(R"j({"code":"ODD","when":"true()","amount":"${years} div 3"})j");
  OpenForm form = open_on(package);

  (void)set(form, "years", "1");

  CHECK(fee_json(*form.engine) == R"j({"amount":null,"currency":null,"fee_code":""})j");
}

TEST_CASE("the fee vectors of the permit for Hong Kong and Macao come out as they say") {
  const std::filesystem::path file = vectors_folder() / "identity/fees.json";
  const std::string text = read_file(file);
  if (text.empty()) {
    MESSAGE("no vectors in ", file.string(), ": nothing was tested");
    return;
  }
  const Result<Json> vectors = parse_json(text);
  const Result<Package> package = package_of_sources(sources_of("hkmo_entry"));
  int ran = 0;

  for (const Json& row : *find_member(vectors.value(), "valid")) {
    if (member_text_or(row, "form", "") != "HKMO_ENTRY") continue;
    const std::string_view kind = member_text_or(*find_member(row, "params"), "permit_kind", "");
    OpenForm form = open_on(package.value());
    (void)set(form, "route/permit_kind", "\"" + std::string(kind) + "\"");
    INFO(kind);
    CHECK(form.engine->fee()->amount == member_integer(row, "amount").value());
    ++ran;
  }

  CHECK(ran == 3);
}

}  // namespace
}  // namespace landfall
