// Which locale a language of an XLSForm is: "English (en)" is en, "French" is fr.

#ifndef LANDFALL_SHARED_XLSFORM_LANGUAGES_H_
#define LANDFALL_SHARED_XLSFORM_LANGUAGES_H_

#include <string>
#include <string_view>

namespace landfall {

// `is_known` is false where the name gave no tag and one for private use was made from it.
struct LanguageTag {
  std::string locale;  // BCP 47: "fr", "zh-Hant", "x-klingon"
  bool is_known = true;
};

// The tag in the brackets of `language`; else `language` itself where it has the shape of one; else
// that of a language known by its English or own name; else "x-" and what letters and digits it
// has. Source: RFC 5646.
[[nodiscard]] LanguageTag tag_of_language(std::string_view language);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_LANGUAGES_H_
