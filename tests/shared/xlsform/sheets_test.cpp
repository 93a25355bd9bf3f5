#include "shared/codec/canonical_json.h"
#include "shared/form/package_words.h"
#include "shared/xlsform/cell_text.h"
#include "tests/shared/xlsform/import_of.h"

namespace landfall {
namespace {

TEST_CASE("columns are found under all their names, in any case") {
  const Import import = import_of(R"(
| Survey |
| | Command | TAG | Caption | Constraining Message | bind::constraint | read_only | calculate |
| | integer | a   | A       | Too small            | . > 1            | yes       |           |
| | calculate | b |         |                      |                  |           | ${a} + 1  |
)");

  REQUIRE(problems_of(import) == "");
  const Json& row = survey_row(import, 0);
  CHECK(member_text_or(row, "constraint", "") == ". > 1");
  CHECK(member_text_or(row, "readonly", "") == "true()");
  CHECK(text_in(import, "en", "a.constraint_message") == "Too small");
  CHECK(member_text_or(survey_row(import, 1), "calculation", "") == "${a} + 1");
}

TEST_CASE("texts go to the locale of their language; another stands in where one is missing") {
  const Import import = import_of(R"(
| survey |
| | type | name | label::English (en) | label::French (fr) | hint::French (fr) | label::Klingon |
| | text | a    | Name                | Nom                | Comme au passeport |               |
| | text | b    | Age                 |                    |                    | ben           |
| settings |
| | default_language |
| | French (fr)      |
)");

  REQUIRE(problems_of(import) == "");
  CHECK(warnings_of(import) ==
        "survey:1:label::Klingon language_without_tag x-klingon\n"
        "survey:2:hint::French (fr) missing_translation en < fr: 1\n"
        "survey:2:label::English (en) missing_translation x-klingon < fr: 2\n"
        "survey:3:label::English (en) missing_translation fr < en: 1\n");
  CHECK(text_in(import, "fr", "a.label") == "Nom");
  CHECK(text_in(import, "en", "a.label") == "Name");
  CHECK(text_in(import, "en", "a.hint") == "Comme au passeport");
  CHECK(text_in(import, "x-klingon", "b.label") == "ben");
  const Json* settings = find_member(import.package.form, "settings");
  REQUIRE(settings != nullptr);
  CHECK(member_text_or(*settings, "default_language", "") == "fr");
}

TEST_CASE("brackets and apostrophes of a label are quoted, references become arguments") {
  const Import import = import_of(R"(
| survey |
| | type | name | label                        |
| | text | a    | A                            |
| | note | b    | It's {odd}, ${a}             |
)");

  REQUIRE(problems_of(import) == "");
  CHECK(text_in(import, "en", "b.label") == "It''s '{'odd'}', {a}");
  CHECK(warnings_of(import) == "");
}

TEST_CASE("what texts quote is written beside them, also what labels of the offered choices do") {
  const Import import = import_of(R"(
| survey |
| | type          | name | label            | hint       | constraint | constraint_message |
| | text          | a-b  | A                |            |            |                    |
| | text          | a.b  | A                |            |            |                    |
| | begin repeat  | r    | With ${a.b}      |            |            |                    |
| | integer       | n    | ${a-b}, ${a.b}?  | not ${n}   | . > 2      | no, ${n} is small  |
| | select_one l  | s    | Which?           |            |            |                    |
| | end repeat    |      |                  |            |            |                    |
| choices |
| | list_name | name | label       |
| | l         | x    | as ${a-b}   |
| | l         | y    | other       |
)");

  REQUIRE(problems_of(import) == "");
  CHECK(warnings_of(import) == "");
  const auto outputs_of = [&](std::size_t row) {
    return write_canonical_json(*find_member(survey_row(import, row), "outputs")).value();
  };
  CHECK(outputs_of(2) == R"({"a_b_2":"${a.b}"})");
  CHECK(outputs_of(3) == R"({"a_b":"${a-b}","a_b_2":"${a.b}","n":"${n}"})");
  CHECK(outputs_of(4) == R"({"a_b":"${a-b}"})");
  CHECK(find_member(survey_row(import, 0), "outputs") == nullptr);
  CHECK(text_in(import, "en", "r.n.label") == "{a_b}, {a_b_2}?");
  CHECK(text_in(import, "en", "r.n.constraint_message") == "no, {n} is small");
  CHECK(text_in(import, "en", "choice.l.x") == "as {a_b}");
}

TEST_CASE("what or_other adds is written in each language of the form") {
  const std::string rows =
      "| | select_one job or_other | job | Job | Métier | 職業 | งาน | Kazi |\n"
      "| choices |\n| | list_name | name | label |\n| | job | cook | Cook |\n";
  const Import import = import_of(
      "| survey |\n| | type | name | label::English (en) | label::French (fr) | "
      "label::Chinese (zh-TW) | label::Thai (th) | label::Swahili (sw) |\n" +
      rows);

  REQUIRE(problems_of(import) == "");
  CHECK(text_in(import, "en", "choice.other") == "Other");
  CHECK(text_in(import, "zh-TW", "choice.other") == "其他");
  CHECK(text_in(import, "th", "choice.other") == "อื่น ๆ");
  CHECK(text_in(import, "th", "question.specify_other") == "โปรดระบุ");
  CHECK(text_in(import, "sw", "choice.other") == "Other");
  CHECK(import.package.texts.size() == 5);
}

TEST_CASE("two headers for one column are refused") {
  const Import import = import_of(R"(
| survey |
| | type | name | label | caption |
| | text | a    | A     | A       |
)");

  CHECK(problems_of(import) == "survey:1:caption duplicate_column label\n");
}

TEST_CASE("curly quotes are straightened and blanks collapsed") {
  const Import import = import_of(
      "| survey |\n| | type | name | label | relevant |\n| | text | a | A | |\n"
      "| | text | b |  B   b | ${a} =   \xE2\x80\x98x\xE2\x80\x99 |\n");

  REQUIRE(problems_of(import) == "");
  CHECK(member_text_or(survey_row(import, 1), "relevant", "") == "${a} = 'x'");
  CHECK(text_in(import, "en", "b.label") == "B b");
}

TEST_CASE("a workbook with one sheet is a survey, whatever the sheet is called") {
  CHECK(import_of("| Sheet1 |\n| | type | name | label |\n| | text | a | A |\n").accepted());
}

TEST_CASE("a column that is called as a package's own word is told and left out") {
  std::size_t count = 0;
  for (const std::string_view word : own_survey_words()) {
    const std::string name(word);
    CAPTURE(name);
    const Import import = import_of("| survey |\n| | type | name | label | " + name +
                                    " |\n| | integer | a | A | int |\n");

    CHECK(import.accepted());
    CHECK(find_member(survey_row(import, 0), name) == nullptr);
    CHECK(warnings_of(import) == "survey:1:" + name + " column_of_package \n");
    ++count;
  }
  CHECK(count == 7);
  for (const std::string_view word : own_choice_words()) {
    const std::string name(word);
    CHECK(
        problems_of(import_of("| survey |\n| | type | name | label |\n| | select_one l | a | A |\n"
                              "| choices |\n| | list_name | name | label | " +
                              name + " |\n| | l | x | X | 2 |\n")) ==
        "choices:1:" + name + " column_of_package \n");
  }
}

TEST_CASE("a second sheet of a name, or a second column of a language, refuses the form") {
  const std::string survey = "| survey |\n| | type | name | label |\n| | text | a | A |\n";

  CHECK(problems_of(import_of(survey + "| Survey |\n| | type | name |\n| | text | b |\n")) ==
        "Survey:1:type duplicate_sheet \n");
  CHECK(problems_of(import_of(survey + "| choices |\n| | list_name | name | label |\n| choices |\n"
                                       "| | name |\n")) == "choices:1:name duplicate_sheet \n");
  CHECK(problems_of(import_of("| survey |\n| | type | name | label::English (en) | label::en |\n"
                              "| | text | a | A | B |\n")) ==
        "survey:1:label::en duplicate_column en\n");
  CHECK(problems_of(import_of("| survey |\n| | type | name | label::English (en) | "
                              "label::English (en) |\n| | text | a | A | B |\n")) ==
        "survey:1:label::English (en) duplicate_column label\n");
}

TEST_CASE("what is not read is told: a second row of settings, a sheet, a text in another column") {
  const Import import = import_of(R"(
| survey |
| | type | name | label | label::English (en) |
| | text | a    | One   | Two                 |
| | text | b    | Same  | Same                |
| settings |
| | form_id | version |
| | f       | 1       |
| |         | 2       |
| notes |
| | anything |
| _own |
| | anything |
)");

  CHECK(import.accepted());
  CHECK(text_in(import, "en", "a.label") == "Two");
  CHECK(warnings_of(import) ==
        "settings:3:version settings_row_unused 2\n"
        "survey:2:label text_in_two_columns en\n"
        "notes:1:anything unknown_sheet \n");
}

TEST_CASE("two pictures have a slot each, however their names are put together") {
  const Import import = import_of(R"(
| survey |
| | type        | name | label |
| | image       | a.b  | One   |
| | begin group | a    | A     |
| | image       | b    | Two   |
| | end group   |      |       |
)");

  REQUIRE(import.accepted());
  const auto slot_of = [&](std::size_t row) {
    return std::string(
        member_text_or(*find_member(survey_row(import, row), "parameters"), "slot", ""));
  };
  CHECK(slot_of(0) == "a.b");
  CHECK(slot_of(2) == "a.b.2");
  CHECK(find_member(import.package.documents, "slots")->size() == 2);
}

TEST_CASE("the form's id becomes one that can name a folder") {
  const Import import = import_of(R"(
| survey |
| | type | name | label |
| | text | a    | A     |
| settings |
| | form_id     |
| | My form/../ |
)");

  CHECK(import.package.form_id == "My_form_");
  CHECK(warnings_of(import) == "settings:2:form_id form_id_changed My_form_\n");
}

TEST_CASE("a cell under no heading is told by the column's letters, once for a column") {
  const Import import = import_of(R"(
| survey |
| | type    | name | label |      | hint |
| | text    | a    | A     | lost | H    | beyond |
| | integer | b    | B     | more |      |        |
| choices |
| | list_name | name | label |
| | l         | x    | X     | 7 |
)");

  CHECK(problems_of(import) == "");
  CHECK(warnings_of(import) ==
        "survey:2:D cell_without_heading lost\n"
        "survey:2:F cell_without_heading beyond\n"
        "choices:2:D cell_without_heading 7\n");
  CHECK(column_letters(25) == "Z");
  CHECK(column_letters(26) == "AA");
  CHECK(column_letters(702) == "AAA");
}

TEST_CASE("pictures beside labels are told once for a column, with the number of cells") {
  const Import import = import_of(R"(
| survey |
| | type         | name | label | media::image::English (en) | audio |
| | text         | a    | A     | a.png                      |       |
| | select_one l | b    | B     | b.png                      |       |
| choices |
| | list_name | name | label | image | big-image |
| | l         | x    | X     | x.png | x2.png    |
| | l         | y    | Y     | y.png |           |
)");

  REQUIRE(import.accepted());
  CHECK(warnings_of(import) ==
        "survey:1:media::image::English (en) media_not_shown 2\n"
        "choices:1:image media_not_shown 2\n"
        "choices:1:big-image media_not_shown 1\n");
}

TEST_CASE("a default language of which no text is there is told") {
  const std::string survey =
      "| survey |\n| | type | name | label::English (en) | label::th |\n| | text | a | A | ก |\n";
  const auto told = [&](const std::string& sheet, const std::string& language) {
    return warnings_of(
        import_of(sheet + "| settings |\n| | default_language |\n| | " + language + " |\n"));
  };

  CHECK(told(survey, "Thai (th)") == "");
  CHECK(told(survey, "English") == "");
  CHECK(told(survey, "French (fr)") ==
        "settings:2:default_language unknown_default_language French (fr)\n"
        "survey:2:label::English (en) missing_translation fr < en: 1\n");
  CHECK(told("| survey |\n| | type | name | label |\n| | text | a | A |\n", "fr") == "");
}

TEST_CASE("line ends of texts stay, those of expressions do not") {
  Workbook workbook;
  workbook.sheets.push_back({"survey",
                             {{1, {"type", "name", "label", "relevant"}},
                              {2, {"text", "a", " One\r\n\n  two   words \nthree\n", ""}},
                              {3, {"text", "b", "B", "${a} = 'x'\n or ${a} = 'y'"}}}});
  const Import import = import_xlsform(workbook, {"", "form", "en"});

  REQUIRE(problems_of(import) == "");
  CHECK(text_in(import, "en", "a.label") == "One\n\ntwo words\nthree");
  CHECK(member_text_or(survey_row(import, 1), "relevant", "") == "${a} = 'x' or ${a} = 'y'");
}

TEST_CASE("a character that nobody sees is shown where a name has it") {
  const Import import = import_of(
      "| survey |\n| | type | name | label |\n| | text | a\xE2\x80\x8B | A |\n"
      "| choices |\n| | list_name | name | label |\n| | l | x\xE2\x80\x8E | X |\n");

  CHECK(problems_of(import) == "survey:2:name invisible_character a<U+200B>\n");
  CHECK(warnings_of(import) == "choices:2:name invisible_character x<U+200E>\n");
}

TEST_CASE("a word where yes or no is wanted is told so") {
  const Import import = import_of(R"(
| survey |
| | type | name | label | required | read_only |
| | text | a    | A     | Y        |           |
| | text | b    | B     | Yes      | oui       |
| | text | c    | C     | FALSE    | TRUE      |
)");

  CHECK(problems_of(import) ==
        "survey:2:required yes_no_wanted Y\nsurvey:3:read_only yes_no_wanted oui\n");
}

TEST_CASE("cells that mean nothing in the row of a group, a repeat or its end are told") {
  const Import import = import_of(R"(
| survey |
| | type         | name | label | default | repeat_count | relevant |
| | begin group  | g    | G     | 5       |              |          |
| | text         | a    | A     |         |              |          |
| | end group    |      |       |         |              | ${a} = 1 |
| | begin repeat | r    | R     |         | 2000         |          |
| | text         | b    | B     |         |              |          |
| | end repeat   |      |       |         |              |          |
)");

  CHECK(problems_of(import) == "");
  CHECK(warnings_of(import) ==
        "survey:2:default column_unused 5\n"
        "survey:4:relevant column_unused ${a} = 1\n"
        "survey:5:repeat_count repeat_count_limit 0 – 1000\n");
}

TEST_CASE("a question that another app would answer is told to be asked here") {
  const Import import = import_of(R"(
| survey |
| | type | name | label | appearance                  | body::intent  |
| | text | a    | A     | w1 ex:org.example.scan('x') |               |
| | text | b    | B     | multiline                   | org.example.b |
)");

  CHECK(warnings_of(import) ==
        "survey:2:appearance external_app ex:org.example.scan('x')\n"
        "survey:3:body::intent external_app org.example.b\n");
}

TEST_CASE("texts that a language lacks are counted once for each sheet, at the first of them") {
  const Import import = import_of(R"(
| survey |
| | type         | name | label::en | label::fr | hint |
| | text         | a    | A         | Af        |      |
| | text         | b    | B         |           |      |
| | select_one l | c    | C         |           | H    |
| choices |
| | list_name | name | label::en |
| | l         | x    | X         |
| | l         | y    | Y         |
)");

  REQUIRE(import.accepted());
  CHECK(warnings_of(import) ==
        "survey:3:label::en missing_translation fr < en: 3\n"
        "choices:2:label::en missing_translation fr < en: 2\n");
}

TEST_CASE("a form without a question is told") {
  CHECK(warnings_of(import_of("| survey |\n| | type | name | label |\n")) ==
        "survey:1:type no_questions \n");
}

}  // namespace
}  // namespace landfall
