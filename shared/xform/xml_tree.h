// XmlElement: a parsed XML document as plain values. Reading XML is somebody else's business.

#ifndef LANDFALL_SHARED_XFORM_XML_TREE_H_
#define LANDFALL_SHARED_XFORM_XML_TREE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace landfall {

inline constexpr std::size_t kMaxXmlDepth = 100;        // elements open at one place
inline constexpr std::size_t kMaxXmlElements = 500000;  // of one document, attributes included

// An element, or a stretch of text when `name` is empty. Names are as written, prefix and all.
// Comments and processing instructions are left out; adjacent text is one stretch. `line` is where
// its tag begins, from 1; 0 where the reader does not know.
struct XmlElement {
  std::string name;
  std::string text;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<XmlElement> children;
  std::uint32_t line = 0;

  [[nodiscard]] bool is_text() const { return name.empty(); }
};

// The part of a name behind its prefix.
[[nodiscard]] std::string_view local_name(std::string_view name);

// The attribute whose name has this local part; null when there is none.
[[nodiscard]] const std::string* find_attribute(const XmlElement& element, std::string_view local);
// The same, empty when there is none.
[[nodiscard]] std::string_view attribute_or_empty(const XmlElement& element,
                                                  std::string_view local);

// The first child element whose name has this local part; null when there is none.
[[nodiscard]] const XmlElement* find_child(const XmlElement& element, std::string_view local);

// The child elements, without the text between them.
[[nodiscard]] std::vector<const XmlElement*> child_elements(const XmlElement& element);

// The text directly in the element.
[[nodiscard]] std::string own_text(const XmlElement& element);

// `text` without white space at its ends.
[[nodiscard]] std::string_view without_outer_space(std::string_view text);

// True when the document keeps within kMaxXmlDepth and kMaxXmlElements; others are not worked on.
[[nodiscard]] bool is_within_xml_limits(const XmlElement& document);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XFORM_XML_TREE_H_
