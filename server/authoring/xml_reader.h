// Reads an XML document as the element tree that shared/xform takes.

#ifndef LANDFALL_SERVER_AUTHORING_XML_READER_H_
#define LANDFALL_SERVER_AUTHORING_XML_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "shared/base/bytes.h"
#include "shared/xform/xml_tree.h"

namespace landfall {

inline constexpr std::size_t kMaxXmlBytes = std::size_t{32} << 20;

// `problem`, at `line` (from 1; 0: the file as a whole): xml_malformed (detail = byte and what is
// wrong), xml_doctype (the document declares a
// document type: no form needs one, and entities are how small files become large), or too_large
// (more than kMaxXmlBytes, kMaxXmlDepth or kMaxXmlElements; detail = the limit).
struct XmlReading {
  XmlElement root;
  std::optional<std::string> problem;
  std::string detail;
  std::uint32_t line = 0;
};

// Reads `bytes`, in UTF-8, UTF-16 or UTF-32 with a byte order mark. Comments and processing
// instructions are left out; nothing outside the document is looked at. Elements know their lines.
// Source: XML 1.0.
[[nodiscard]] XmlReading read_xml(ByteView bytes);

}  // namespace landfall

#endif  // LANDFALL_SERVER_AUTHORING_XML_READER_H_
