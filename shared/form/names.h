// Names of forms and of what stands in them.

#ifndef LANDFALL_SHARED_FORM_NAMES_H_
#define LANDFALL_SHARED_FORM_NAMES_H_

#include <string>
#include <string_view>

namespace landfall {

// A name of a question, group or list, which paths and ${…} can hold: an XML name without a colon,
// at most 200 bytes.
// Source: Namespaces in XML 1.0, NCName (letters beyond ASCII are not told apart).
[[nodiscard]] bool is_form_name(std::string_view text);

// `id` as a form id that may name a folder: ASCII letters, digits, "_" and "-", every stretch of
// anything else as one "_"; at most 100 bytes; "form" where nothing is left.
[[nodiscard]] std::string fit_form_id(std::string_view id);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_NAMES_H_
