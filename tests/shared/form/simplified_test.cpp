#include <doctest/doctest.h>

#include <algorithm>

#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

bool has_rule(const NodeDefinition& definition) {
  return std::any_of(definition.constraints.begin(), definition.constraints.end(),
                     [](const Constraint& constraint) { return constraint.code == "X-12"; });
}

std::string findings_with(OpenForm& form, const std::string& path, const char* value_json) {
  CAPTURE(path);
  CHECK(set(form, path, value_json).find(path) != std::string::npos);
  return member_of(form, path, "findings");
}

TEST_CASE("simplified characters are warned of in every form, traditional ones in none") {
  for (const char* form_id :
       {"arc_change", "cert", "cn_overseas_tour", "gold_card_new", "hkmo_entry", "mw_arc", "tac"}) {
    CAPTURE(form_id);
    const Result<Package> package = package_of_sources(sources_of(form_id));
    REQUIRE(package.ok());
    OpenForm form = open_on(package.value());
    int count = 0;
    for (const NodeDefinition& definition : package.value().nodes) {
      // What the form does not ask for yet has no findings.
      if (!has_rule(definition) || member_of(form, definition.path, "relevant") != "true") continue;
      CHECK(findings_with(form, definition.path, R"j("广州路")j").find("X-12") !=
            std::string::npos);
      CHECK(findings_with(form, definition.path, R"j("廣州路")j").find("X-12") ==
            std::string::npos);
      ++count;
    }
    CHECK(count > 0);
  }
}

}  // namespace
}  // namespace landfall
