#include "tests/shared/xform/documents.h"

#include <utility>

namespace landfall {

XmlElement text(std::string_view characters) {
  XmlElement node;
  node.text = std::string(characters);
  return node;
}

XmlElement element(std::string name, Attributes attributes, std::vector<XmlElement> children) {
  XmlElement node;
  node.name = std::move(name);
  node.attributes = std::move(attributes);
  node.children = std::move(children);
  return node;
}

XmlElement document_of(XmlElement root, std::vector<XmlElement> model,
                       std::vector<XmlElement> body) {
  model.insert(model.begin(), element("instance", {}, {std::move(root)}));
  XmlElement head =
      element("h:head", {},
              {element("h:title", {}, {text("A form")}), element("model", {}, std::move(model))});
  return element("h:html", {}, {std::move(head), element("h:body", {}, std::move(body))});
}

}  // namespace landfall
