#include "shared/text/simplified_han.h"

#include <algorithm>
#include <iterator>

#include "shared/text/simplified_han.gen.h"
#include "shared/text/utf8.h"

namespace landfall {

std::optional<char32_t> traditional_form(char32_t code_point) {
  const auto* const end = std::end(kSimplifiedHan);
  const auto* const found = std::lower_bound(std::begin(kSimplifiedHan), end, code_point);
  if (found == end || *found != code_point) return {};
  return char32_t{kTraditionalHan[found - std::begin(kSimplifiedHan)]};
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
