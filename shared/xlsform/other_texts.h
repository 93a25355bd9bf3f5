// The texts of what an XLSForm adds by itself ("or_other"), generated from i18n/*/xlsform.json.

#ifndef LANDFALL_SHARED_XLSFORM_OTHER_TEXTS_H_
#define LANDFALL_SHARED_XLSFORM_OTHER_TEXTS_H_

#include <span>
#include <string_view>

namespace landfall {

// `text` is the ICU message of `key` in `locale`.
struct OtherText {
  std::string_view locale;
  std::string_view key;
  std::string_view text;
};

[[nodiscard]] std::span<const OtherText> other_texts();

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_OTHER_TEXTS_H_
