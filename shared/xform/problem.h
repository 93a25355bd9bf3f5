// XFormProblem: what of an XForm a package cannot hold, and where.

#ifndef LANDFALL_SHARED_XFORM_PROBLEM_H_
#define LANDFALL_SHARED_XFORM_PROBLEM_H_

#include <string>
#include <string_view>
#include <vector>

#include "shared/xform/xml_tree.h"

namespace landfall {

// `refuses`: the form would be another one without it, so that nothing is made of it. Otherwise the
// form works and this part is missing. `element` is the element's name, `line` that of its tag (0:
// of the form as a whole), `where` its path, nodeset or id, `detail` the value at fault.
//
// Codes that refuse: too_large, no_model, no_instance, no_body, unknown_node, bad_event,
// bad_submission, bad_expression, unknown_choice_question, duplicate_node, unsupported_choices,
// unsupported_file, bad_range, and lint's (`where` names the cell). Codes that do not:
// second_control, second_bind, missing_label, unbound_type, unsupported_element,
// unsupported_attribute, unsupported_type, unsupported_media, unsupported_preload, external_data,
// duplicate_instance, bad_choice, no_choices, missing_text, media_text, unknown_language,
// event_never_fires, unlabelled_group, entity, form_id_changed, choices_in_order, text_by_key, and
// lint's warnings.
struct XFormProblem {
  bool refuses = false;
  std::string code;
  std::string element;
  std::uint32_t line = 0;
  std::string where;
  std::string detail;

  bool operator==(const XFormProblem&) const = default;
};

// An element of the document, by its name and line.
struct XFormPlace {
  std::string_view element;
  std::uint32_t line = 0;
};

[[nodiscard]] inline XFormPlace place_of(const XmlElement& element) {
  return {element.name, element.line};
}

class XFormProblems {
 public:
  void refuse(std::string code, const XFormPlace& place, std::string_view where,
              std::string_view detail = {}) {
    add({true, std::move(code), std::string(place.element), place.line, std::string(where),
         std::string(detail)});
  }
  void note(std::string code, const XFormPlace& place, std::string_view where,
            std::string_view detail = {}) {
    add({false, std::move(code), std::string(place.element), place.line, std::string(where),
         std::string(detail)});
  }
  [[nodiscard]] const std::vector<XFormProblem>& list() const { return list_; }

 private:
  // A hostile document has as many as it likes; a person reads the first ones.
  static constexpr std::size_t kMost = 1000;
  void add(XFormProblem problem) {
    if (list_.size() < kMost) list_.push_back(std::move(problem));
  }

  std::vector<XFormProblem> list_;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_XFORM_PROBLEM_H_
