// The classes of code points that the rules of UAX #29 speak of.

#ifndef LANDFALL_SHARED_TEXT_GRAPHEME_CLASS_H_
#define LANDFALL_SHARED_TEXT_GRAPHEME_CLASS_H_

#include <cstdint>

namespace landfall {

// In the order of GRAPHEME_CLASSES in generate_tables.py. `linker` is Extend with InCB=Linker,
// `consonant` is InCB=Consonant.
enum class GraphemeClass : std::uint8_t {
  other,
  control,
  cr,
  lf,
  extend,
  prepend,
  spacing_mark,
  hangul_l,
  hangul_v,
  hangul_t,
  regional_indicator,
  zwj,
  extended_pictographic,
  consonant,
  linker,
  hangul_lv,   // computed
  hangul_lvt,  // computed
};

[[nodiscard]] GraphemeClass grapheme_class_of(char32_t code_point);

}  // namespace landfall

#endif  // LANDFALL_SHARED_TEXT_GRAPHEME_CLASS_H_
