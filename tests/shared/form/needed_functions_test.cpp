#include <doctest/doctest.h>

#include <initializer_list>

#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

bool asks_for_functions(std::string_view calculation) {
  return package_with(R"({"type":"calculate","name":"c","calculation":")" +
                      std::string(calculation) + "\"}")
      .needs_functions;
}

TEST_CASE("a package knows whether its expressions need the module of functions") {
  CHECK(asks_for_functions("1 + pow(2, 3)"));
  CHECK(asks_for_functions("if(true(), 1, digest('a', 'MD5'))"));
  CHECK_FALSE(asks_for_functions("round(2.5) + abs(-1)"));
}

TEST_CASE("none of our packages needs the module of functions") {
  int count = 0;
  for (const char* form_id :
       {"arc_change", "cert", "cn_overseas_tour", "gold_card_new", "hkmo_entry", "mw_arc", "tac"}) {
    const Result<Package> package = package_of_sources(sources_of(form_id));
    REQUIRE(package.ok());
    CHECK_FALSE(package.value().needs_functions);
    ++count;
  }
  CHECK(count == 7);
}

}  // namespace
}  // namespace landfall
