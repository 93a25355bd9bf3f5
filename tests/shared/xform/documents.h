// Small XForm documents for tests, written as element trees.

#ifndef LANDFALL_TESTS_SHARED_XFORM_DOCUMENTS_H_
#define LANDFALL_TESTS_SHARED_XFORM_DOCUMENTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "shared/xform/xml_tree.h"

namespace landfall {

using Attributes = std::vector<std::pair<std::string, std::string>>;

XmlElement text(std::string_view characters);
XmlElement element(std::string name, Attributes attributes = {},
                   std::vector<XmlElement> children = {});

// A document with the primary instance `root`, what else the model holds, and the body's controls.
XmlElement document_of(XmlElement root, std::vector<XmlElement> model,
                       std::vector<XmlElement> body);

}  // namespace landfall

#endif  // LANDFALL_TESTS_SHARED_XFORM_DOCUMENTS_H_
