#include "server/authoring/xml_reader.h"

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "server/authoring/line_counter.h"

namespace landfall {
namespace {

LineEncoding line_encoding(pugi::xml_encoding encoding) {
  switch (encoding) {
    case pugi::encoding_utf16_le:
      return {2, true, true};
    case pugi::encoding_utf16_be:
      return {2, false, true};
    case pugi::encoding_utf32_le:
      return {4, true, true};
    case pugi::encoding_utf32_be:
      return {4, false, true};
    case pugi::encoding_latin1:
      return {1, true, true};
    default:
      return {1, true, false};
  }
}

class TreeBuilder {
 public:
  explicit TreeBuilder(LineCounter& lines) : lines_(lines) {}

  // False when the document is beyond a limit; recursion is bounded by kMaxXmlDepth.
  bool build(pugi::xml_node from, XmlElement& to, std::size_t depth) {
    to.name = from.name();
    to.line = lines_.line_at(from.offset_debug());
    if (depth > kMaxXmlDepth) return refuse(to, kMaxXmlDepth, "elements within each other");
    if (!spend()) return refuse(to, kMaxXmlElements, "elements and attributes");
    for (const pugi::xml_attribute attribute : from.attributes()) {
      if (!spend()) return refuse(to, kMaxXmlElements, "elements and attributes");
      to.attributes.emplace_back(attribute.name(), attribute.value());
    }
    for (const pugi::xml_node child : from.children()) {
      if (child.type() == pugi::node_element) {
        if (!build(child, to.children.emplace_back(), depth + 1)) return false;
      } else if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
        append_text(child.value(), to);
      }
    }
    return true;
  }

  // Of what build() refused: the line, and the limit as it is told.
  [[nodiscard]] std::uint32_t line() const { return line_; }
  [[nodiscard]] const std::string& limit() const { return limit_; }

 private:
  bool refuse(const XmlElement& at, std::size_t limit, const char* of) {
    line_ = at.line;
    limit_ = "at most " + std::to_string(limit) + " " + of;
    return false;
  }

  bool spend() { return left_-- > 0; }

  static void append_text(std::string_view text, XmlElement& to) {
    if (to.children.empty() || !to.children.back().is_text()) to.children.emplace_back();
    to.children.back().text += text;
  }

  LineCounter& lines_;
  std::uint32_t line_ = 0;
  std::string limit_;
  std::size_t left_ = kMaxXmlElements + 1;
};

}  // namespace

XmlReading read_xml(ByteView bytes) {
  XmlReading reading;
  if (bytes.size() > kMaxXmlBytes) {
    reading.problem = "too_large";
    reading.detail = "at most " + std::to_string(kMaxXmlBytes) + " bytes";
    return reading;
  }
  pugi::xml_document document;
  const unsigned options = pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_doctype;
  const pugi::xml_parse_result parsed =
      document.load_buffer(bytes.data(), bytes.size(), options, pugi::encoding_auto);
  LineCounter lines(bytes, line_encoding(parsed.encoding));
  if (!parsed) {
    reading.line = lines.line_at(parsed.offset);
    reading.problem = "xml_malformed";
    reading.detail = "byte " + std::to_string(parsed.offset) + ": " + parsed.description();
    return reading;
  }
  for (const pugi::xml_node node : document.children()) {
    if (node.type() != pugi::node_doctype) continue;
    reading.problem = "xml_doctype";
    reading.line = lines.line_at(node.offset_debug());
  }
  if (reading.problem) return reading;
  TreeBuilder builder(lines);
  if (!builder.build(document.document_element(), reading.root, 1)) {
    reading.root = XmlElement{};
    reading.problem = "too_large";
    reading.line = builder.line();
    reading.detail = builder.limit();
  }
  return reading;
}

}  // namespace landfall
