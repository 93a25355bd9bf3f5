#include "tests/shared/xlsform/import_of.h"

namespace landfall {
namespace {

std::string form_with(const std::string& survey, const std::string& entities) {
  return "| survey |\n| | type | name | label | save_to |\n" + survey +
         "| entities |\n| | list_name | label | entity_id | create_if | update_if |\n" + entities;
}

TEST_CASE("entities are checked, carried and not created") {
  const Import import =
      import_of(form_with("| | text | a | A | tree |\n", "| | trees | ${a} | | | |\n"));

  REQUIRE(problems_of(import) == "");
  CHECK(warnings_of(import) == "entities:2:list_name entities_not_created trees\n");
  CHECK(member_text_or(survey_row(import, 0), "save_to", "") == "tree");
}

TEST_CASE("a declaration of an entity says what it needs") {
  const std::string survey = "| | text | a | A | |\n";

  CHECK(problems_of(import_of(form_with(survey, "| | e | | | | |\n"))) ==
        "entities:2:label entity_label e\n");
  CHECK(problems_of(import_of(form_with(survey, "| | e | | | | true() |\n"))) ==
        "entities:2:entity_id entity_id e\n");
  CHECK(problems_of(import_of(form_with(survey, "| | __e | x | | | |\n"))) ==
        "entities:2:list_name bad_name __e\n");
  CHECK(problems_of(import_of(form_with(survey, "| | e | x | | | |\n| | e | x | | | |\n"))) ==
        "entities:3:list_name duplicate_name e\nentities:3:list_name entity_place e\n");
}

TEST_CASE("save_to names a property of a declared entity, once") {
  const std::string one = "| | e | x | | | |\n";

  CHECK(problems_of(import_of("| survey |\n| | type | name | label | save_to |\n"
                              "| | text | a | A | p |\n")) ==
        "survey:2:save_to save_to_without_entity p\n");
  CHECK(problems_of(import_of(form_with("| | text | a | A | p |\n| | text | b | B | p |\n",
                                        one))) == "survey:3:save_to save_to_twice p\n");
  CHECK(problems_of(import_of(form_with("| | text | a | A | Name |\n", one))) ==
        "survey:2:save_to bad_name Name\n");
  CHECK(problems_of(import_of(form_with("| | text | a | A | f#p |\n", one))) ==
        "survey:2:save_to save_to_unknown f#p\n");
}

TEST_CASE("values of one entity come from one repeat") {
  const std::string survey =
      "| | begin_repeat | r | R | |\n| | text | a | A | p |\n| | end_repeat | | | |\n"
      "| | begin_repeat | s | S | |\n| | text | b | B | q |\n| | end_repeat | | | |\n";

  CHECK(problems_of(import_of(form_with(survey, "| | e | x | | | |\n"))) ==
        "entities:2:list_name entity_scope e\n");
}

TEST_CASE("each group holds one entity, and what is saved belongs to the nearest") {
  const std::string survey =
      "| | begin_group | g | G | |\n| | text | a | A | e#p |\n"
      "| | begin_group | h | H | |\n| | text | b | B | f#p |\n"
      "| | end_group | | | |\n| | end_group | | | |\n";
  const std::string both = "| | e | x | | | |\n| | f | x | | | |\n";
  const std::string same = "| | text | a | A | e#p |\n| | text | b | B | f#p |\n";

  CHECK(import_of(form_with(survey, both)).accepted());
  CHECK(problems_of(import_of(form_with(same, both))) == "entities:3:list_name entity_place f\n");
}

}  // namespace
}  // namespace landfall
