#include "shared/xform/xml_tree.h"

namespace landfall {
namespace {

// Stops at the first limit, so that its own recursion is bounded too.
bool count_elements(const XmlElement& element, std::size_t depth, std::size_t& left) {
  const std::size_t own = 1 + element.attributes.size();
  if (depth > kMaxXmlDepth || own > left) return false;
  left -= own;
  for (const XmlElement& child : element.children) {
    if (!count_elements(child, depth + 1, left)) return false;
  }
  return true;
}

}  // namespace

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

const std::string* find_attribute(const XmlElement& element, std::string_view local) {
  for (const auto& [name, value] : element.attributes) {
    if (local_name(name) == local) return &value;
  }
  return nullptr;
}

std::string_view attribute_or_empty(const XmlElement& element, std::string_view local) {
  const std::string* value = find_attribute(element, local);
  return value == nullptr ? std::string_view{} : std::string_view(*value);
}

const XmlElement* find_child(const XmlElement& element, std::string_view local) {
  for (const XmlElement& child : element.children) {
    if (!child.is_text() && local_name(child.name) == local) return &child;
  }
  return nullptr;
}

std::vector<const XmlElement*> child_elements(const XmlElement& element) {
  std::vector<const XmlElement*> elements;
  for (const XmlElement& child : element.children) {
    if (!child.is_text()) elements.push_back(&child);
  }
  return elements;
}

std::string own_text(const XmlElement& element) {
  std::string text;
  for (const XmlElement& child : element.children) {
    if (child.is_text()) text += child.text;
  }
  return text;
}

std::string_view without_outer_space(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) + 1 - first);
}

bool is_within_xml_limits(const XmlElement& document) {
  std::size_t left = kMaxXmlElements;
  return count_elements(document, 1, left);
}

}  // namespace landfall
