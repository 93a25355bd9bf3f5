#include "tests/server/authoring/xlsx_writer.h"

#include <doctest/doctest.h>
#include <zip.h>

namespace landfall {
namespace {

constexpr const char* kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr const char* kRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::string relation(const std::string& id, const std::string& type, const std::string& target) {
  return "<Relationship Id=\"" + id + "\" Type=\"" + kRelations + "/" + type + "\" Target=\"" +
         target + "\"/>";
}

std::string relations(const std::string& inside) {
  return "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/"
         "2006/relationships\">" +
         inside + "</Relationships>";
}

}  // namespace

Bytes zip_of(const Parts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  REQUIRE(archive != nullptr);
  for (const auto& [name, content] : parts) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    REQUIRE(zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0);
  }
  REQUIRE(zip_close(archive) == 0);
  zip_stat_t facts;
  zip_source_stat(target, &facts);
  Bytes bytes(static_cast<std::size_t>(facts.size));
  zip_source_open(target);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

Parts workbook_with(const std::string& rows) {
  Parts parts;
  parts["_rels/.rels"] = relations(relation("r1", "officeDocument", "xl/workbook.xml"));
  parts["xl/workbook.xml"] = std::string("<workbook xmlns=\"") + kMain + "\" xmlns:r=\"" +
                             kRelations +
                             "\"><sheets><sheet name=\"survey\" sheetId=\"1\" r:id=\"r1\"/>"
                             "</sheets></workbook>";
  parts["xl/_rels/workbook.xml.rels"] =
      relations(relation("r1", "worksheet", "worksheets/sheet1.xml") +
                relation("r2", "sharedStrings", "/xl/sharedStrings.xml") +
                relation("r3", "styles", "styles.xml"));
  parts["xl/worksheets/sheet1.xml"] = std::string("<worksheet xmlns=\"") + kMain +
                                      "\"><sheetData>" + rows + "</sheetData></worksheet>";
  parts["xl/sharedStrings.xml"] =
      std::string("<sst xmlns=\"") + kMain +
      "\"><si><t>type</t></si><si><r><t xml:space=\"preserve\">rich </t></r><r><rPr><b/></rPr>"
      "<t>text</t></r><rPh sb=\"0\" eb=\"1\"><t>guide</t></rPh></si>"
      "<si><t>a_x000D_b &amp; c</t></si></sst>";
  parts["xl/styles.xml"] =
      std::string("<styleSheet xmlns=\"") + kMain +
      "\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>"
      "<numFmt numFmtId=\"165\" formatCode=\"0.00&quot; days&quot;\"/></numFmts>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"
      "<xf numFmtId=\"165\"/></cellXfs></styleSheet>";
  return parts;
}

}  // namespace landfall
