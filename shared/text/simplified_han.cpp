#include "shared/text/simplified_han.h"

#include <cstddef>

#include "shared/text/packed_numbers.h"
#include "shared/text/scripts.h"
#include "shared/text/simplified_han.gen.h"
#include "shared/text/utf8.h"

namespace landfall {
std::optional<char32_t> traditional_form(char32_t code_point) {
  if (script_of(code_point) != Script::han) return {};
  const PackedPlace place = last_not_above(kSimplifiedHan, code_point);
  if (place.index == kNoIndex || place.number != code_point) return {};
  const char32_t form = number_at(kTraditionalHan, place.index);
  return form == code_point ? 0 : form;
}

std::string suggest_traditional(std::string_view text) {
  std::string suggestion;
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t start = offset;
    const char32_t code_point = read_code_point(text, offset);
    const char32_t traditional = traditional_form(code_point).value_or(0);
    if (traditional != 0) {
      append_utf8(suggestion, traditional);
    } else {
      suggestion.append(text, start, offset - start);
    }
  }
  return suggestion;
}

}  // namespace landfall
