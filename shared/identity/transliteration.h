// Latin letters of any language as the machine-readable zone writes them.

#ifndef LANDFALL_SHARED_IDENTITY_TRANSLITERATION_H_
#define LANDFALL_SHARED_IDENTITY_TRANSLITERATION_H_

#include <string>
#include <string_view>

namespace landfall {

// The recommended form of one Latin letter ("Ä" → "AE", "ß" → "SS"); letters with marks outside the
// table lose them (Vietnamese); empty for what is not Latin. Lower case is taken as upper case.
// Source: ICAO Doc 9303-3 section 6.A.
[[nodiscard]] std::string_view icao_transliteration(char32_t letter);

// All of `name` in A-Z: letters by icao_transliteration(), everything else unchanged.
[[nodiscard]] std::string transliterate(std::string_view name);

// All spellings the table allows for one letter, the recommended one first, separated by spaces
// ("UE UXX U"); for comparing a form with a document.
[[nodiscard]] std::string_view icao_alternatives(char32_t letter);

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_TRANSLITERATION_H_
