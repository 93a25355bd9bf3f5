// import_xform(): an ODK XForm becomes the sources of a form package.

#ifndef LANDFALL_SHARED_XFORM_IMPORT_XFORM_H_
#define LANDFALL_SHARED_XFORM_IMPORT_XFORM_H_

#include <string>
#include <vector>

#include "shared/form/package_sources.h"
#include "shared/xform/problem.h"
#include "shared/xform/xml_tree.h"

namespace landfall {

struct XFormImportOptions {
  std::string default_locale = "en";   // of texts whose language the form does not say
  std::string form_id;                 // instead of the form's own, or empty
  bool refuses_stray_controls = true;  // controls of nodes that are not there; else left out
};

// `sources` are meaningful while is_usable(): lint finds nothing in them.
struct XFormImport {
  PackageSources sources;
  std::vector<XFormProblem> problems;

  [[nodiscard]] bool is_usable() const;
};

// Converts `document`, an h:html element with a model and a body. The result is deterministic.
//
// Source: ODK XForms specification (getodk.github.io/xforms-spec).
[[nodiscard]] XFormImport import_xform(const XmlElement& document,
                                       const XFormImportOptions& options = {});

}  // namespace landfall

#endif  // LANDFALL_SHARED_XFORM_IMPORT_XFORM_H_
