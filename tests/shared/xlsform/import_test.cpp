#include "tests/shared/xlsform/import_of.h"

namespace landfall {
namespace {

TEST_CASE("a form with groups, a repeat, choices and a calculation becomes a package") {
  const Import import = import_of(R"(
| survey |
|        | type              | name    | label            | relevant   | calculation | repeat_count |
|        | begin group       | home    | Home             |            |             |              |
|        | select_one town   | town    | Which town?      |            |             |              |
|        | integer           | people  | How many people? | ${town} != '' |          |              |
|        | end group         |         |                  |            |             |              |
|        | begin_repeat      | person  | Person           |            |             | ${people}    |
|        | text              | given   | Given name       |            |             |              |
|        | calculate         | shout   |                  |            | concat(${given}, '!') |    |
|        | end_repeat        |         |                  |            |             |              |
| choices |
|        | list_name | name | label   | region |
|        | town      | a    | Astra   | north  |
|        | town      | b    | Borgo   | south  |
| settings |
|        | form_id | form_title | version |
|        | census  | Census     | 7       |
)");

  REQUIRE(problems_of(import) == "");
  CHECK(import.package.form_id == "census");
  CHECK(member_text_or(survey_row(import, 1), "type", "") == "select_one town");
  CHECK(member_text_or(survey_row(import, 2), "relevant", "") == "${town} != ''");
  CHECK(member_text_or(survey_row(import, 4), "repeat_count", "") == "${people}");
  CHECK(text_in(import, "en", "home.town.label") == "Which town?");
  CHECK(text_in(import, "en", "choice.town.b") == "Borgo");
  CHECK(text_in(import, "en", "form.title") == "Census");
}

TEST_CASE("a problem that only the package shows is told at the author's row and header") {
  const Import import = import_of(R"(
| survey |
|        | type    | name | label | Relevance |
|        |         |      |       |           |
|        | integer | a    | A     |           |
|        | text    | b    | B     | ${a} >    |
)");

  CHECK(problems_of(import) == "survey:4:Relevance xpath_syntax ${a} >\n");
}

TEST_CASE("an invalid form is refused with row and column") {
  struct Case {
    const char* form;
    const char* problem;
  };
  constexpr Case kCases[] = {
      {"| survey |\n| | type | name | label |\n| | txet | a | A |\n",
       "survey:2:type unknown_type txet\n"},
      {"| survey |\n| | type | name | label |\n| | text | 1a | A |\n",
       "survey:2:name bad_name 1a\n"},
      {"| survey |\n| | type | name | label |\n| | text | | A |\n",
       "survey:2:name missing_name \n"},
      {"| survey |\n| | type | name | label |\n| | | a | A |\n", "survey:2:type missing_type a\n"},
      {"| survey |\n| | type | name | label |\n| | text | a | A |\n| | text | a | B |\n",
       "survey:3:name duplicate_name a\n"},
      {"| survey |\n| | type | name | label |\n| | begin group | g | G |\n| | text | a | A |\n",
       "survey:2:type unmatched_begin g\n"},
      {"| survey |\n| | type | name | label |\n| | text | a | A |\n| | end repeat | | |\n",
       "survey:3:type unmatched_end repeat\n"},
      {"| survey |\n| | type | name | label |\n| | select_one x | a | A |\n",
       "survey:2:type unknown_list x\n"},
      {"| survey |\n| | type | name | label |\n| | text | a | See ${b} |\n",
       "survey:2:label unknown_reference b\n"},
      {"| survey |\n| | type | name | label |\n| | text | a | See ${ b |\n",
       "survey:2:label bad_reference See ${ b\n"},
      {"| survey |\n| | type | name | label |\n| | text | a | |\n",
       "survey:2:label missing_label a\n"},
      {"| survey |\n| | type | name | label |\n| | calculate | a | |\n",
       "survey:2:calculation missing_calculation \n"},
      {"| survey |\n| | type | name | label | parameters |\n| | image | a | A | max-pixels=x |\n",
       "survey:2:parameters parameter_value max-pixels\n"},
      {"| survey |\n| | type | name | label | parameters |\n| | text | a | A | colour=red |\n",
       "survey:2:parameters parameter_unknown colour\n"},
      {"| survey |\n| | type | name | label | trigger |\n| | text | a | A | now |\n",
       "survey:2:trigger bad_trigger now\n"},
      {"| survey |\n| | type | name | label |\n| | osm | a | A |\n",
       "survey:2:type unsupported_type osm\n"},
      {"| surveys |\n| | type | name | label |\n| choices |\n| | list_name | name |\n",
       "survey:1:type missing_sheet survey\n"},
  };

  int count = 0;
  for (const Case& wrong : kCases) {
    CAPTURE(wrong.form);
    const Import import = import_of(wrong.form);
    CHECK_FALSE(import.accepted());
    CHECK(problems_of(import) == wrong.problem);
    ++count;
  }
  CHECK(count == 17);
}

TEST_CASE("a cell that the file does not hold is refused where it means something") {
  WorkbookReading reading = parse_markdown_workbook(
      "| survey |\n| | type | name | label | relevant | remarks |\n| | text | a | A | | |\n");
  REQUIRE_FALSE(reading.problem.has_value());
  // Columns from 0; in Markdown the first one names the sheet.
  reading.workbook.sheets[0].unreadable = {{2, 3, "cell_without_value"},
                                           {2, 4, "cell_without_value"},
                                           {2, 9, "cell_error"},
                                           {1, 5, "cell_error"}};

  CHECK(problems_of(import_xlsform(reading.workbook, {"", "form", "en"})) ==
        "survey:1: cell_error \nsurvey:2:relevant cell_without_value \n");
}

TEST_CASE("an acknowledgement is a list of one choice, OK, under a name that no list has") {
  const Import import = import_of(R"(
| survey |
| | type                   | name | label |
| | select_one acknowledge | a    | A     |
| | acknowledge            | k    | K     |
| | trigger                | l    | L     |
| choices |
| | list_name   | name | label |
| | acknowledge | yes  | Yes   |
)");

  REQUIRE(import.accepted());
  CHECK(member_text_or(survey_row(import, 0), "type", "") == "select_one acknowledge");
  CHECK(member_text_or(survey_row(import, 1), "type", "") == "select_one acknowledge.2");
  CHECK(member_text_or(survey_row(import, 2), "type", "") == "select_one acknowledge.2");
  const Json* choices = find_member(import.package.form, "choices");
  REQUIRE(choices != nullptr);
  REQUIRE(choices->size() == 2);
  CHECK(member_text_or(*(choices->begin() + 1), "name", "") == "OK");
}

TEST_CASE("the words of a choice, looked up, become the choice: its name is the answer") {
  const Import import = import_of(R"(
| survey |
| | type         | name  | label | calculation |
| | select_one c | pay   | Pay   |             |
| | text         | class | Class | jr:itext(instance('c')/root/item[name = ${pay}]/itextId) |
| | text         | both  | Both  | concat(jr:itext(instance('c')/root/item[name = ${pay}]/itextId), '!') |
| choices |
| | list_name | name | label |
| | c         | 1    | Lower |
| | c         | 2    | Upper |
)");

  REQUIRE(import.accepted());
  CHECK(member_text_or(survey_row(import, 1), "type", "") == "select_one c");
  CHECK(member_text_or(survey_row(import, 1), "xlsform_type", "") == "text");
  CHECK(member_text_or(survey_row(import, 1), "calculation", "") ==
        "string(instance('c')/root/item[name = ${pay}]/name)");
  CHECK(member_text_or(survey_row(import, 2), "type", "") == "text");
  CHECK(member_text_or(survey_row(import, 2), "calculation", "") ==
        "concat(string(instance('c')/root/item[name = ${pay}]/label), '!')");
  CHECK(warnings_of(import) == "survey:3:calculation text_by_key \n");
}

TEST_CASE("whoever compares a choice's label is told nothing: it has its words") {
  const Import import = import_of(R"(
| survey |
| | type         | name | label            | calculation                  | relevant |
| | select_one c | pay  | Pay              |                              |          |
| | calculate    | said |                  | jr:choice-name(${pay},'${pay}') |       |
| | text         | why  | You said ${said} |                              | jr:choice-name(${pay},'${pay}') = 'Cash' |
| choices |
| | list_name | name | label |
| | c         | 1    | Cash  |
| | c         | 2    | Card  |
)");

  REQUIRE(import.accepted());
  CHECK(warnings_of(import) == "");
}

TEST_CASE("thousands of choices of one name get a text each") {
  std::string form =
      "| survey |\n| | type | name | label |\n| | select_one l | a | A |\n"
      "| settings |\n| | allow_choice_duplicates |\n| | yes |\n"
      "| choices |\n| | list_name | name | label |\n";
  for (int i = 0; i < 3000; ++i) form += "| | l | x | X" + std::to_string(i) + " |\n";

  const Import import = import_of(form);

  CHECK(text_in(import, "en", "choice.l.x") == "X0");
  CHECK(text_in(import, "en", "choice.l.x.2") == "X1");
  CHECK(text_in(import, "en", "choice.l.x.3000") == "X2999");
}

TEST_CASE("a list that names a choice twice is refused, unless the settings allow it") {
  const std::string form =
      "| survey |\n| | type | name | label |\n| | select_one l | a | A |\n"
      "| choices |\n| | list_name | name | label |\n| | l | x | X |\n| | l | x | Y |\n";

  CHECK(problems_of(import_of(form)) == "choices:3:name duplicate_choice x\n");
  const std::string allowed =
      problems_of(import_of(form + "| settings |\n| | allow_choice_duplicates |\n| | yes |\n"));
  CHECK(allowed.find("duplicate_choice") == std::string::npos);
}

TEST_CASE("names of repeats are unique in the form, other names in their group") {
  const Import import = import_of(R"(
| survey |
| | type         | name | label |
| | begin group  | g    | G     |
| | begin repeat | r    | R     |
| | text         | a    | A     |
| | end repeat   |      |       |
| | text         | b    | B     |
| | end group    |      |       |
| | begin repeat | r    | R     |
| | text         | b    | B     |
| | end repeat   |      |       |
)");

  CHECK(problems_of(import) == "survey:8:name duplicate_repeat r\n");
}

TEST_CASE("a reference to a name that stands twice is refused") {
  const Import import = import_of(R"(
| survey |
| | type        | name | label | relevant  |
| | text        | a    | A     |           |
| | begin group | g    | G     |           |
| | text        | a    | A     |           |
| | end group   |      |       |           |
| | text        | b    | B     | ${a} = '' |
)");

  CHECK(problems_of(import) == "survey:6:relevant ambiguous_reference a\n");
}

TEST_CASE("what is read otherwise here is a warning, and the form is imported") {
  const Import import = import_of(R"(
| survey |
| | type     | name   | label | default             | my notes |
| | deviceid | device |       |                     |          |
| | audit    |        |       |                     |          |
| | text     | a      | A     | ${last-saved#a}     | carried  |
)");

  REQUIRE(problems_of(import) == "");
  CHECK(warnings_of(import) ==
        "survey:1:my notes unknown_column \n"
        "survey:2:type not_collected deviceid\n"
        "survey:3:type not_collected audit\n"
        "survey:4:default last_saved_empty a\n");
  CHECK(member_text_or(survey_row(import, 1), "default", "") == "''");
  CHECK(member_text_or(survey_row(import, 1), "my notes", "") == "carried");
}

TEST_CASE("a badly written reference is refused in every cell, also in a column of one's own") {
  const Import import = import_of(R"(
| survey |
| | type         | name | label | my notes |
| | select_one l | a    | A     | ${ a}    |
| choices |
| | list_name | name | label | extra |
| | l         | x    | X     | ${}   |
)");

  CHECK(problems_of(import) ==
        "survey:2:my notes bad_reference ${ a}\n"
        "choices:2:extra bad_reference ${}\n");
}

TEST_CASE("a choice may have blanks in its name where only one is chosen") {
  const std::string choices =
      "| choices |\n| | list_name | name | label |\n| | l | option a | A |\n";
  const std::string survey = "| survey |\n| | type | name | label |\n";

  CHECK(import_of(survey + "| | select_one l | a | A |\n" + choices).accepted());
  CHECK(problems_of(import_of(survey + "| | select_multiple l | a | A |\n" + choices)) ==
        "survey:2:type choice_with_blank option a\n");
}

TEST_CASE("what a map shows beside a question must be in the form") {
  const std::string form =
      "| survey |\n| | type | name | label | parameters |\n"
      "| | begin_repeat | r | R | |\n| | text | a | A | |\n| | end_repeat | | | |\n"
      "| | geopoint | p | P | reference-geometry=";

  CHECK(problems_of(import_of(form + "${a} |\n")) ==
        "survey:5:parameters parameter_value reference-geometry\n");
  CHECK(problems_of(import_of(form + "trees |\n")) ==
        "survey:5:parameters parameter_value reference-geometry\n");
  CHECK(problems_of(import_of(form + "${r} |\n")) == "");
}

TEST_CASE("a loop is written out as one group for each choice") {
  const Import import = import_of(R"(
| survey |
| | type             | name | label             |
| | begin_loop over l | each | Each              |
| | integer          | n    | How many %(label)s |
| | end_loop         |      |                   |
| choices |
| | list_name | name | label |
| | l         | cow  | Cows  |
| | l         | hen  | Hens  |
)");

  REQUIRE(problems_of(import) == "");
  CHECK(member_text_or(survey_row(import, 4), "type", "") == "begin_group");
  CHECK(member_text_or(survey_row(import, 4), "name", "") == "hen");
  CHECK(text_in(import, "en", "each.hen.n.label") == "How many Hens");
}

TEST_CASE("search() in an appearance becomes a select from a data file") {
  const Import import = import_of(R"(
| survey |
| | type         | name | label | appearance                                   |
| | text         | part | Part  |                                              |
| | select_one l | a    | A     | minimal search('fruit', 'contains', 'kind', ${part}) |
| choices |
| | list_name | name | label |
| | l         | key  | title |
)");

  CHECK(warnings_of(import) == "survey:3:appearance search_converted fruit\n");
  const Json& row = survey_row(import, 1);
  CHECK(member_text_or(row, "type", "") == "select_one_from_file fruit.csv");
  CHECK(member_text_or(row, "choice_filter", "") == "contains(kind, ${part})");
  CHECK(member_text_or(row, "appearance", "") == "minimal");
  REQUIRE(import.package.files_wanted.size() == 1);
  CHECK(import.package.files_wanted[0] == "fruit.csv");
}

TEST_CASE("what hardly was meant is a warning at the author's row and header") {
  const Import import = import_of(R"(
| survey |
| | type            | name  | label | Choice Filter  | default    | constraint              | calculation |
| | select_one land | land  | Land  |                | z          |                         |             |
| | select_one town | town  | Town  | lnd = ${land}  |            |                         |             |
| | integer         | age   | Age   |                | many       |                         |             |
| | date            | day   | Day   |                | 2024-02-30 | . < date('2024-02-31')  |             |
| | range           | scale | Scale |                | 11         |                         |             |
| | calculate       | out   |       |                |            |                         | format-date(${day}, '%D') |
| choices |
| | list_name | name | label | land |
| | land      | x    | X     |      |
| | town      | a    | A     | x    |
)");

  CHECK(problems_of(import) == "");
  CHECK(warnings_of(import) ==
        "survey:2:default bad_default z\n"
        "survey:3:Choice Filter absent_column lnd\n"
        "survey:4:default bad_default many\n"
        "survey:5:constraint impossible_date 2024-02-31\n"
        "survey:5:default bad_default 2024-02-30\n"
        "survey:6:default bad_default 11\n"
        "survey:7:calculation date_pattern %D\n");
}

TEST_CASE("choices that would come in random order are told to keep the sheet's") {
  const Import import = import_of(R"(
| survey |
| | type         | name | label | parameters              |
| | select_one l | a    | A     | randomize=true, seed=42 |
| | select_one l | b    | B     | randomize=false         |
| choices |
| | list_name | name | label |
| | l         | x    | X     |
)");

  CHECK(warnings_of(import) == "survey:2:parameters choices_in_order \n");
}

TEST_CASE("columns of a data file are looked at once its rows are there") {
  const WorkbookReading reading = parse_markdown_workbook(R"(
| survey |
| | type                            | name | label | choice_filter |
| | select_one_from_file fruits.csv | kind | Kind  | colr = 'red'  |
)");
  ImportOptions options{"", "form", "en"};

  CHECK(warnings_of(import_xlsform(reading.workbook, options)) == "");
  options.add_data = [](ImportedPackage& package, std::vector<ImportProblem>&) {
    Json& fruits = package.form["datasets"]["fruits"];
    fruits["columns"] = Json::array({"name", "label", "colour"});
    fruits["rows"] = Json::array({Json::array({"a", "Apple", "red"})});
  };
  CHECK(warnings_of(import_xlsform(reading.workbook, options)) ==
        "survey:2:choice_filter absent_column colr\n");
}

TEST_CASE("a form beyond a limit is refused by the limit's name at the row that passes it") {
  std::string deep = "| survey |\n| | type | name | label | relevant |\n";
  std::string many = deep;
  std::string chain = deep + "| | text | a | A | 1 = 1";
  for (int i = 0; i < 300; ++i) deep += "| | begin group | g" + std::to_string(i) + " | G | |\n";
  deep += "| | text | a | A | |\n";
  for (int i = 0; i < 300; ++i) deep += "| | end group | | | |\n";
  for (int i = 0; i < 6100; ++i) many += "| | text | t" + std::to_string(i) + " | T | |\n";
  for (int i = 0; i < 3000; ++i) chain += " or 1 = 1";
  chain += " |\n";

  CHECK(problems_of(import_of(deep)) == "survey:34:type group_too_deep 32\n");
  CHECK(problems_of(import_of(many)) == "survey:6001:type too_many_questions 6000\n");
  CHECK(problems_of(import_of(chain)).rfind("survey:2:relevant xpath_too_deep", 0) == 0);
}

TEST_CASE("an unknown name hides neither bad expressions nor circles elsewhere") {
  const Import import = import_of(R"(
| survey |                |      |       |             |          |
|        | type           | name | label | calculation | relevant |
|        | text           | a    | A     | ${nope}     |          |
|        | text           | b    | B     | foo(1)      |          |
|        | text           | c    | C     | 1 +         |          |
|        | integer        | d    | D     |             | ${e} = 1 |
|        | integer        | e    | E     |             | ${d} = 1 |
|        | select_one xx  | f    | F     |             |          |
|        | text           | g    | G     | if(${nope}, 2) |       |
)");

  CHECK(problems_of(import) ==
        "survey:2:calculation unknown_reference nope\n"
        "survey:3:calculation xpath_unknown_function foo\n"
        "survey:4:calculation xpath_syntax 1 +\n"
        "survey:5:relevant cycle d → e → d\n"
        "survey:7:type unknown_list xx\n"
        "survey:8:calculation unknown_reference nope\n");
  CHECK_FALSE(import.accepted());
}

TEST_CASE("a choice with a blank in its name is told once a list; a multiple select refuses it") {
  const std::string choices =
      "| choices |\n| | list_name | name | label |\n| | l | a b | A |\n| | l | c d | C |\n";
  const std::string survey = "| survey |\n| | type | name | label |\n| | ";

  const Import one = import_of(survey + "select_one l | q | Q |\n" + choices);
  const Import many = import_of(survey + "select_multiple l | q | Q |\n" + choices);

  CHECK(problems_of(one) == "");
  CHECK(warnings_of(one) == "choices:2:name blank_in_choice a b\n");
  CHECK(problems_of(many) ==
        "survey:2:type choice_with_blank a b\nsurvey:2:type choice_with_blank c d\n");
}

TEST_CASE("a data file that offers other columns to another question becomes two data sets") {
  const Import import = import_of(R"(
| survey |                                |      |       |                     |                      |
|        | type                           | name | label | parameters          | calculation          |
|        | select_one_from_file c.csv     | a    | A     |                     |                      |
|        | select_one_from_file c.csv     | b    | B     | value=key label=lab |                      |
|        | select_multiple_from_file c.csv | d   | D     | label=lab value=key |                      |
|        | select_one_from_file c.csv     | e    | E     | value=key           |                      |
|        | calculate                      | f    |       |                     | pulldata('c', 'x', 'name', ${a}) |
)");

  CHECK(problems_of(import) == "");
  CHECK(member_text_or(survey_row(import, 0), "type", "") == "select_one_from_file c.csv");
  CHECK(member_text_or(survey_row(import, 1), "type", "") == "select_one_from_file c.2.csv");
  CHECK(member_text_or(survey_row(import, 2), "type", "") == "select_multiple_from_file c.2.csv");
  CHECK(member_text_or(survey_row(import, 3), "type", "") == "select_one_from_file c.3.csv");
  const Json* datasets = find_member(import.package.form, "datasets");
  REQUIRE(datasets != nullptr);
  CHECK(datasets->size() == 3);
  CHECK(member_text_or(*find_member(*datasets, "c.2"), "rows_of", "") == "c");
  CHECK(find_member(*find_member(*datasets, "c"), "rows_of") == nullptr);
  CHECK(import.package.files_wanted == std::vector<std::string>{"c.csv"});
}

}  // namespace
}  // namespace landfall
