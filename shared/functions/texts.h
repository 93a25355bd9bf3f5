// Several texts in one, each with its length in front: how modules hand each other what they know.

#ifndef LANDFALL_SHARED_FUNCTIONS_TEXTS_H_
#define LANDFALL_SHARED_FUNCTIONS_TEXTS_H_

#include <initializer_list>
#include <string>
#include <string_view>

namespace landfall {

// `texts` as one. REQUIRES: each of less than 4 GB.
[[nodiscard]] std::string join_texts(std::initializer_list<std::string_view> texts);

// Appends one more.
void append_text(std::string& joined, std::string_view text);

// Takes the first text off `joined`; an empty one at the end, and where the length is wrong, which
// then is the end.
[[nodiscard]] std::string_view take_text(std::string_view& joined);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FUNCTIONS_TEXTS_H_
