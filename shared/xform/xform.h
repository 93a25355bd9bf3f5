// XForm: the parts of an ODK XForm document, found and put in relation.

#ifndef LANDFALL_SHARED_XFORM_XFORM_H_
#define LANDFALL_SHARED_XFORM_XFORM_H_

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/xform/problem.h"
#include "shared/xform/xml_tree.h"

namespace landfall {

// An element of the primary instance as the document has it. `from_template`: it stands in a
// repeat's template, and so in no instance that a new form begins with.
struct XFormOccurrence {
  const XmlElement* element = nullptr;
  bool from_template = false;
};

// A node of the form: one element name in its parent, however often it occurs.
struct XFormNode {
  std::string name;  // without prefix
  std::string path;  // "/data/group/name"
  std::size_t parent = 0;
  std::vector<std::size_t> children;
  std::vector<XFormOccurrence> occurrences;
  bool is_repeat = false;
  bool is_in_repeat = false;                             // or one itself
  std::map<std::string, std::string, std::less<>> bind;  // attributes by local name
  std::uint32_t bind_line = 0;
  const XmlElement* control = nullptr;  // question, or group
  const XmlElement* repeat = nullptr;   // the body's repeat element
};

// Where a node's bind stands, or its first element in the instance.
[[nodiscard]] XFormPlace bind_place(const XFormNode& node);
[[nodiscard]] XFormPlace instance_place(const XFormNode& node);

struct XFormAction {
  const XmlElement* element = nullptr;
  std::string context;  // path of the control, group or repeat around it; empty in the model
  std::string control;  // path of the question around it, or empty
  std::string repeat;   // path of the innermost repeat around it, or empty
};

// Points into the document, which must live longer.
struct XForm {
  std::string title;
  const XmlElement* model = nullptr;
  const XmlElement* body = nullptr;
  const XmlElement* root = nullptr;          // of the primary instance
  std::vector<const XmlElement*> instances;  // secondary ones: the instance elements
  std::vector<XFormNode> nodes;              // [0] is the root
  std::map<std::string, std::size_t, std::less<>> node_by_path;
  std::vector<XFormAction> actions;

  [[nodiscard]] XFormNode* find(std::string_view path);
};

// Reads the parts of `document`, an h:html element. Problems that refuse leave the result unusable;
// so do controls of nodes that are not there if `refuses_stray_controls`.
[[nodiscard]] XForm read_xform(const XmlElement& document, XFormProblems& problems,
                               bool refuses_stray_controls);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XFORM_XFORM_H_
