#include <doctest/doctest.h>

#include <initializer_list>

#include "shared/functions/compute.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

std::uint32_t modules_for(std::string_view calculation) {
  return package_with(R"({"type":"calculate","name":"c","calculation":")" +
                      std::string(calculation) + "\"}")
      .needed_modules;
}

std::uint32_t modules_for_question(std::string_view type) {
  return package_with(R"({"type":")" + std::string(type) +
                      R"(","name":"q","label":"question.name"})")
      .needed_modules;
}

TEST_CASE("a package knows which modules its expressions need") {
  CHECK(modules_for("1 + pow(2, 3)") == kFunctionsModule);
  CHECK(modules_for("if(true(), 1, digest('a', 'MD5'))") == kFunctionsModule);
  CHECK(modules_for("check('hkid', '')") == kIdentityModule);
  CHECK(modules_for("mrz-field('', 'number') + pow(2, 3)") == (kFunctionsModule | kIdentityModule));
  CHECK(modules_for("mrz-name-matches('', '', '')") == kIdentityModule);
  CHECK(modules_for("round(2.5) + abs(-1)") == 0);
}

TEST_CASE("a question of identity needs its module, any other and a date none") {
  CHECK(modules_for_question("hkid") == kIdentityModule);
  CHECK(modules_for_question("name_zh") == kIdentityModule);
  CHECK(modules_for_question("date") == 0);
  CHECK(modules_for_question("text") == 0);
}

TEST_CASE("none of our packages needs the module of functions") {
  int count = 0;
  for (const char* form_id :
       {"arc_change", "cert", "cn_overseas_tour", "gold_card_new", "hkmo_entry", "mw_arc", "tac"}) {
    const Result<Package> package = package_of_sources(sources_of(form_id));
    REQUIRE(package.ok());
    CHECK((package.value().needed_modules & kFunctionsModule) == 0);
    ++count;
  }
  CHECK(count == 7);
}

}  // namespace
}  // namespace landfall
