// How an imported form's acknowledge (XLSForm) or trigger (XForms) lies in a package.

#ifndef LANDFALL_SHARED_FORM_ACKNOWLEDGEMENT_H_
#define LANDFALL_SHARED_FORM_ACKNOWLEDGEMENT_H_

#include <string>
#include <string_view>

namespace landfall {

// Its answer is the text OK, which the author's expressions ask for: so it is a select_one whose
// list has one choice of this name. The portal shows that as one tick, by the appearance.
inline constexpr std::string_view kAcknowledgedChoice = "OK";
inline constexpr std::string_view kAcknowledgementList = "acknowledge";  // where it is not taken

// The row's appearance: the word "acknowledge", then what the author wrote (`given`, may be empty).
[[nodiscard]] std::string acknowledgement_appearance(std::string_view given);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_ACKNOWLEDGEMENT_H_
