#include "server/authoring/xlsx_reader.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "server/authoring/xlsx_cells.h"
#include "server/authoring/zip_archive.h"
#include "tests/server/authoring/xlsx_writer.h"

namespace landfall {
namespace {

WorkbookReading reading_of(const Parts& parts) { return read_xlsx(zip_of(parts)); }

// The cells of the only row.
std::vector<std::string> cells_of(const std::string& row) {
  const WorkbookReading reading = reading_of(workbook_with(row));
  REQUIRE_FALSE(reading.problem.has_value());
  REQUIRE(reading.workbook.sheets.size() == 1);
  REQUIRE(reading.workbook.sheets[0].rows.size() == 1);
  return reading.workbook.sheets[0].rows[0].cells;
}

std::string code_of(const WorkbookReading& reading) {
  return reading.problem ? reading.problem->code : "";
}

TEST_CASE("a format code is a date's also in calendars of eras, and never for being scientific") {
  const std::pair<const char*, NumberLook> kCodes[] = {
      {"General", NumberLook::number},
      {"[Red]general;-General", NumberLook::number},
      {"G/\u901a\u7528\u683c\u5f0f", NumberLook::number},
      {"0.00E+00", NumberLook::number},
      {"##0.0e-0", NumberLook::number},
      {"#,##0 \"days\"", NumberLook::number},
      {"[$-404]e/m/d;@", NumberLook::date},
      {"[$-411]ge.m.d;@", NumberLook::date},
      {"[$-404]e\"\u5e74\"m\"\u6708\"d\"\u65e5\"", NumberLook::date},
      {"[$-404]gge", NumberLook::date},
      {"yyyy-mm-dd", NumberLook::date},
      {"[h]:mm:ss", NumberLook::date},
  };
  int looked_at = 0;
  for (const auto& [code, look] : kCodes) {
    CAPTURE(code);
    CHECK(look_of_format_code(code) == look);
    ++looked_at;
  }
  CHECK(looked_at == 12);
}

TEST_CASE("shared, rich and inline strings are read as their text") {
  CHECK(cells_of(R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>)"
                 R"(<c r="C1" t="s"><v>2</v></c><c r="D1" t="inlineStr"><is><t> in </t></is></c>)"
                 R"(<c r="E1" t="str"><f>A1</f><v>made</v></c></row>)") ==
        std::vector<std::string>{"type", "rich text", "a\rb & c", " in ", "made"});
}

TEST_CASE("a cell without its text is named, and is not just empty") {
  const WorkbookReading reading = reading_of(
      workbook_with(R"(<row r="2"><c r="A2"><f>A1</f></c><c r="B2" t="str"><f>A1</f><v></v></c>)"
                    R"(<c r="C2" t="e"><v>#N/A</v></c><c r="D2" t="e"><f>A1</f><v>#REF!</v></c>)"
                    R"(<c r="E2"><f>A1</f><v /></c></row>)"));

  REQUIRE_FALSE(reading.problem.has_value());
  const std::vector<UnreadableCell>& cells = reading.workbook.sheets[0].unreadable;
  REQUIRE(cells.size() == 4);
  CHECK(cells[3].column == 4);
  CHECK(cells[3].code == "cell_without_value");
  CHECK(cells[0].row == 2);
  CHECK(cells[0].column == 0);
  CHECK(cells[0].code == "cell_without_value");
  CHECK(cells[1].column == 2);
  CHECK(cells[1].code == "cell_error");
  CHECK(cells[2].column == 3);
}

TEST_CASE("a text that is not in the file, and two cells of one name, are damage") {
  CHECK(code_of(reading_of(workbook_with(R"(<row r="1"><c r="A1" t="s"><v>99</v></c></row>)"))) ==
        "workbook_damaged");
  CHECK(code_of(reading_of(
            workbook_with(R"(<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>)"))) ==
        "workbook_damaged");
}

TEST_CASE("numbers are written without needless digits, truth values in capitals") {
  CHECK(cells_of(R"(<row r="1"><c r="A1"><v>12.0</v></c><c r="B1"><v>0.1</v></c>)"
                 R"(<c r="C1"><v>1E3</v></c><c r="D1" t="b"><v>1</v></c>)"
                 R"(<c r="E1" t="b"><v>0</v></c><c r="F1" s="3"><v>2.5</v></c></row>)") ==
        std::vector<std::string>{"12", "0.1", "1000", "TRUE", "FALSE", "2.5"});
}

TEST_CASE("dates are written as ISO 8601, in both of Excel's calendars") {
  const std::string row =
      R"(<row r="1"><c r="A1" s="1"><v>45982</v></c><c r="B1" s="2"><v>45982.354166666664</v></c>)"
      R"(<c r="C1" s="1"><v>0.5</v></c><c r="D1" s="1"><v>59</v></c><c r="E1" s="1"><v>61</v></c>)"
      R"(</row>)";
  Parts since_1904 = workbook_with(R"(<row r="1"><c r="A1" s="1"><v>44520</v></c></row>)");
  std::string& book = since_1904["xl/workbook.xml"];
  book.insert(book.find("<sheets>"), "<workbookPr date1904=\"1\"/>");

  CHECK(cells_of(row) == std::vector<std::string>{"2025-11-21", "2025-11-21T08:30:00", "12:00:00",
                                                  "1900-02-28", "1900-03-01"});
  CHECK(reading_of(since_1904).workbook.sheets[0].rows[0].cells[0] == "2025-11-21");
}

TEST_CASE("cells and rows stand where their names say, and count on where they have none") {
  const WorkbookReading reading = reading_of(workbook_with(
      R"(<row r="3"><c r="C3"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>)"
      R"(<row r="9"/>)"));

  const std::vector<SheetRow>& rows = reading.workbook.sheets[0].rows;
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].number == 3);
  CHECK(rows[0].cells == std::vector<std::string>{"", "", "1", "2"});
  CHECK(rows[1].number == 4);
}

TEST_CASE("element names may have a prefix") {
  Parts parts = workbook_with("");
  parts["xl/worksheets/sheet1.xml"] =
      R"(<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row>)"
      R"(</x:sheetData></x:worksheet>)";

  CHECK(reading_of(parts).workbook.sheets[0].rows[0].cells[0] == "7");
}

TEST_CASE("what is no workbook is told apart") {
  const std::string old = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on";
  std::string secret = old;
  for (const char c : std::string("EncryptedPackage")) secret += std::string{c, '\0'};

  CHECK(code_of(read_xlsx(bytes_of("not a zip"))) == "workbook_not_xlsx");
  CHECK(code_of(read_xlsx({})) == "workbook_not_xlsx");
  CHECK(code_of(read_xlsx(bytes_of(old))) == "workbook_old_format");
  CHECK(code_of(read_xlsx(bytes_of(secret))) == "workbook_encrypted");
  CHECK(code_of(reading_of({{"word/document.xml", "<w/>"}})) == "workbook_not_xlsx");
}

TEST_CASE("damaged parts are named") {
  Parts cut = workbook_with("<row>");
  cut["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData><row>";
  Parts missing = workbook_with("");
  missing.erase("xl/worksheets/sheet1.xml");
  const WorkbookReading reading = reading_of(cut);

  CHECK(code_of(reading) == "workbook_damaged");
  CHECK(reading.problem->detail == "xl/worksheets/sheet1.xml");
  CHECK(code_of(reading_of(missing)) == "workbook_damaged");
  CHECK(code_of(reading_of(workbook_with(R"(<row r="4294967295"><c><v>1</v></c></row>)"))) ==
        "workbook_damaged");
}

TEST_CASE("an archive cut anywhere is refused or read, and never a crash") {
  const Bytes whole = zip_of(workbook_with(R"(<row r="1"><c r="A1"><v>1</v></c></row>)"));
  std::size_t count = 0;
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    const WorkbookReading reading = read_xlsx(ByteView(whole).first(size));
    CHECK(reading.problem.has_value());
    ++count;
  }
  CHECK(count > 50);
}

TEST_CASE("bytes changed anywhere are refused or read, and never a crash") {
  const Bytes whole = zip_of(workbook_with(R"(<row r="1"><c r="A1"><v>1</v></c></row>)"));
  std::size_t answered = 0;
  for (std::size_t at = 0; at < whole.size(); at += 3) {
    Bytes changed = whole;
    changed[at] ^= 0x55;
    const WorkbookReading reading = read_xlsx(changed);
    if (reading.problem || reading.workbook.sheets.size() <= kMaxSheets) ++answered;
  }
  CHECK(answered == (whole.size() + 2) / 3);
}

TEST_CASE("a part that unpacks beyond the bound is refused") {
  Parts bomb = workbook_with("");
  bomb["xl/sharedStrings.xml"] = std::string(kMaxZipPartBytes + 1, ' ');
  const Bytes bytes = zip_of(bomb);

  CHECK(bytes.size() < 200000);
  CHECK(code_of(read_xlsx(bytes)) == "workbook_too_large");
}

TEST_CASE("a column or a cell beyond the limits is refused with its row") {
  const WorkbookReading wide =
      reading_of(workbook_with(R"(<row r="2"><c r="XFD2"><v>1</v></c></row>)"));
  const WorkbookReading long_text = reading_of(workbook_with(
      R"(<row r="3"><c t="str"><v>)" + std::string(kMaxCellBytes + 1, 'a') + "</v></c></row>"));

  CHECK(code_of(wide) == "workbook_too_large");
  CHECK(wide.problem->row == 2);
  CHECK(code_of(long_text) == "workbook_too_large");
}

TEST_CASE("a relationship that leads out of the archive leads nowhere") {
  Parts parts = workbook_with("");
  std::string& relations = parts["xl/_rels/workbook.xml.rels"];
  relations.replace(relations.find("worksheets/sheet1.xml"), 21, "../../../../etc/passwd");

  CHECK(code_of(reading_of(parts)) == "workbook_damaged");
}

TEST_CASE("a part that declares entities is refused") {
  Parts parts = workbook_with("");
  parts["xl/sharedStrings.xml"] =
      R"(<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>)"
      R"(<sst><si><t>&b;</t></si></sst>)";
  parts["xl/worksheets/sheet1.xml"] =
      R"(<worksheet><sheetData><row r="1"><c t="s"><v>0</v></c></row></sheetData></worksheet>)";

  CHECK(code_of(reading_of(parts)) == "workbook_damaged");
}

TEST_CASE("text that is no UTF-8 is refused") {
  CHECK(code_of(reading_of(workbook_with("<row r=\"1\"><c t=\"str\"><v>a\xFF</v></c></row>"))) ==
        "utf8_invalid");
}

}  // namespace
}  // namespace landfall
