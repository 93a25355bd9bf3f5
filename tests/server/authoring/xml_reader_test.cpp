#include "server/authoring/xml_reader.h"

#include <doctest/doctest.h>

#include <string>

namespace landfall {
namespace {

XmlReading read(const std::string& text) { return read_xml(bytes_of(text)); }

TEST_CASE("an XML document becomes a tree, names with prefixes, texts with their spaces") {
  const XmlReading reading = read(
      "<?xml version='1.0'?><!-- x --><h:a xmlns:h='u' b='1 &amp; 2'> t<![CDATA[<c>]]>"
      "<d/>&#x5c0f;</h:a>");

  REQUIRE_FALSE(reading.problem);
  CHECK(reading.root.name == "h:a");
  CHECK(attribute_or_empty(reading.root, "b") == "1 & 2");
  REQUIRE(reading.root.children.size() == 3);
  CHECK(reading.root.children[0].text == " t<c>");
  CHECK(reading.root.children[1].name == "d");
  CHECK(reading.root.children[2].text == "小");
}

TEST_CASE("what is no XML is refused with its place") {
  for (const char* text : {"", "x", "<a>", "<a></b>", "<a", "<a b=1/>"}) {
    CAPTURE(text);
    CHECK(read(text).problem == "xml_malformed");
  }
  CHECK(read("<a></b>").detail.find("byte 5") == 0);
}

TEST_CASE("an element knows its line, however lines end and whatever the file is written in") {
  const std::string text =
      "<?xml version='1.0'?>\r\n<!-- \n\xC3\xA9 -->\r<a\n "
      "b='\n'>\n\xF0\x9F\x98\x80\n<c/><d/>\n</a>";
  std::string utf16 = "\xFE\xFF";
  const char16_t kSame[] =
      u"<?xml version='1.0'?>\r\n<!-- \n\u00E9 -->\r<a\n b='\n'>\n\U0001F600\n<c/><d/>\n</a>";
  for (const char16_t unit : std::u16string_view(kSame)) {
    utf16 += static_cast<char>(unit >> 8);
    utf16 += static_cast<char>(unit & 0xFF);
  }
  const std::string latin =
      "<?xml version='1.0' encoding='ISO-8859-1'?>\n<!-- \xE9\xE9\xE9 -->\n\n<a>\n<c/></a>";

  for (const std::string& document : {text, utf16}) {
    const XmlReading reading = read(document);
    REQUIRE_FALSE(reading.problem);
    CHECK(reading.root.line == 4);
    const auto below = child_elements(reading.root);
    REQUIRE(below.size() == 2);
    CHECK(below[0]->line == 8);
    CHECK(below[1]->line == 8);
  }
  CHECK(read(latin).root.line == 4);
  CHECK(child_elements(read(latin).root).at(0)->line == 5);
  CHECK(read("<a>\n<b>\n</a>").line == 3);
  CHECK(read("\n<!DOCTYPE a>\n<a/>").line == 2);
}

TEST_CASE("a document type is refused, entities and all") {
  CHECK(read("<!DOCTYPE a [<!ENTITY b \"bbbb\">]><a>&b;</a>").problem == "xml_doctype");
  CHECK(read("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>").problem == "xml_doctype");
}

TEST_CASE("a document too deep or with too many elements is refused") {
  std::string deep;
  for (int i = 0; i < 200000; ++i) deep += "<a>\n";
  for (int i = 0; i < 200000; ++i) deep += "</a>";
  CHECK(read(deep).problem == "too_large");
  CHECK(read(deep).line == 101);
  CHECK(read(deep).detail == "at most 100 elements within each other");
  std::string wide = "<a>";
  for (std::size_t i = 0; i <= kMaxXmlElements; ++i) wide += "<b/>";
  CHECK(read(wide + "</a>").problem == "too_large");
  CHECK(read(wide + "</a>").line == 1);
  CHECK(read(wide + "</a>").detail == "at most 500000 elements and attributes");
}

}  // namespace
}  // namespace landfall
