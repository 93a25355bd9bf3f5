#include <doctest/doctest.h>

#include <string>

#include "shared/xlsform/csv.h"
#include "shared/xlsform/markdown.h"

namespace landfall {
namespace {

std::string code_of(const WorkbookReading& reading) {
  return reading.problem ? reading.problem->code + "@" + std::to_string(reading.problem->row) : "";
}

TEST_CASE("Markdown tables are read with rulings, escaped bars and remarks") {
  const WorkbookReading reading = parse_markdown_workbook(
      "A form:\n| survey |\n|--------|\n|  | type | label |\n|  | text | a \\| b | a remark\n"
      "| | | |\n| | note | c |\n");

  REQUIRE_FALSE(reading.problem.has_value());
  REQUIRE(reading.workbook.sheets.size() == 1);
  const Sheet& sheet = reading.workbook.sheets[0];
  CHECK(sheet.name == "survey");
  REQUIRE(sheet.rows.size() == 4);
  CHECK(sheet.rows[1].cells == std::vector<std::string>{"text", "a | b"});
  CHECK(sheet.rows[3].number == 4);
}

TEST_CASE("CSV is read with quoted commas, quotes and line ends") {
  const WorkbookReading reading = parse_csv_table(
      "\xEF\xBB\xBF"
      "a,\"b, \"\"c\"\"\n\"\r\n\"\",d,\n",
      "t");

  REQUIRE_FALSE(reading.problem.has_value());
  const Sheet& sheet = reading.workbook.sheets[0];
  REQUIRE(sheet.rows.size() == 2);
  CHECK(sheet.rows[0].cells == std::vector<std::string>{"a", "b, \"c\"\n"});
  CHECK(sheet.rows[1].cells == std::vector<std::string>{"", "d", ""});
}

TEST_CASE("damaged CSV is told with its record") {
  CHECK(code_of(parse_csv_table("a\n\"b", "t")) == "csv_malformed@2");
  CHECK(code_of(parse_csv_table("\"a\"b", "t")) == "csv_malformed@1");
  CHECK(code_of(parse_csv_table("a\nb\xFF", "t")) == "utf8_invalid@2");
  CHECK(code_of(parse_csv_table(std::string_view("t\0y\0p\0", 6), "t")) == "utf8_invalid@1");
  CHECK(code_of(parse_markdown_workbook(std::string_view("|\0a|", 4))) == "utf8_invalid@0");
  CHECK(code_of(parse_csv_table(std::string(kMaxSheetColumns + 1, ','), "t")) ==
        "workbook_too_large@1");
}

TEST_CASE("a first line of Excel's says what separates the cells, and is no record") {
  const WorkbookReading table = parse_csv_table("\xEF\xBB\xBFsep=;\r\na;\"b;,\"\r\nc,d\r\n", "t");
  const WorkbookReading form = parse_csv_workbook("SEP=\t\ntype\tname\ntext\ta\n");
  const WorkbookReading column = parse_csv_table("sep=more\n1\n", "t");

  REQUIRE_FALSE(table.problem.has_value());
  REQUIRE(table.workbook.sheets[0].rows.size() == 2);
  CHECK(table.workbook.sheets[0].rows[0].number == 2);
  CHECK(table.workbook.sheets[0].rows[0].cells == std::vector<std::string>{"a", "b;,"});
  CHECK(table.workbook.sheets[0].rows[1].cells == std::vector<std::string>{"c,d"});
  REQUIRE_FALSE(form.problem.has_value());
  CHECK(form.workbook.sheets[0].rows[1].cells == std::vector<std::string>{"text", "a"});
  REQUIRE(column.workbook.sheets[0].rows.size() == 2);
  CHECK(column.workbook.sheets[0].rows[0].cells == std::vector<std::string>{"sep=more"});
}

TEST_CASE("one CSV file holds several sheets, or a survey alone") {
  const WorkbookReading several =
      parse_csv_workbook("survey,,\n,type,name\n,text,a\nchoices,,\n,list_name,name\n");
  const WorkbookReading alone = parse_csv_workbook("type,name\ntext,a\n");

  REQUIRE(several.workbook.sheets.size() == 2);
  CHECK(several.workbook.sheets[0].rows[1].cells == std::vector<std::string>{"text", "a"});
  CHECK(several.workbook.sheets[0].rows[1].number == 3);
  REQUIRE(alone.workbook.sheets.size() == 1);
  CHECK(alone.workbook.sheets[0].name == "survey");
}

TEST_CASE("a table beyond the limits is refused, not read in part") {
  std::string text = "| survey |\n";
  for (std::size_t i = 0; i <= kMaxSheetRows; ++i) text += "| | a |\n";

  CHECK(code_of(parse_markdown_workbook(text)) == "workbook_too_large@60002");
}

TEST_CASE("a CSV with other separators, and sheets begun by headings, are told for what they are") {
  const auto code_of = [](const WorkbookReading& reading) {
    if (!reading.problem) return std::string("read");
    return reading.problem->code + "@" + std::to_string(reading.problem->row) + " " +
           reading.problem->detail;
  };

  CHECK(code_of(parse_csv_workbook("type;name;label\ntext;a;A, B\n")) == "csv_separator@1 ;");
  CHECK(code_of(parse_csv_workbook("\"survey\"\r\n\t\"type\"\t\"name\"\r\n")) ==
        "csv_separator@2 tab");
  CHECK(code_of(parse_csv_workbook("type,name,label\ntext,a,\"type; or not\"\n")) == "read");
  CHECK(code_of(parse_csv_workbook("survey\n,type,name;x\n")) == "read");
  CHECK(code_of(parse_markdown_workbook("# F\n## survey\n| type | name |\n| text | a |\n")) ==
        "markdown_heading@2 ");
  CHECK(code_of(parse_markdown_workbook("## Survey\n| survey |\n| | type | name |\n")) == "read");
}

}  // namespace
}  // namespace landfall
