// The words that mean something as a member of a package's survey or choice row.

#ifndef LANDFALL_SHARED_FORM_PACKAGE_WORDS_H_
#define LANDFALL_SHARED_FORM_PACKAGE_WORDS_H_

#include <span>
#include <string_view>

namespace landfall {

// Members of survey rows that this format has beside XLSForm's columns of the same meaning. A
// column of an author's sheet that happens to be called so must not become one.
[[nodiscard]] std::span<const std::string_view> own_survey_words();

// The same for rows of choices.
[[nodiscard]] std::span<const std::string_view> own_choice_words();

[[nodiscard]] bool is_own_survey_word(std::string_view word);
[[nodiscard]] bool is_own_choice_word(std::string_view word);

// True for the columns of survey rows that are read into a question; others are kept as data.
[[nodiscard]] bool is_read_column(std::string_view column);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_PACKAGE_WORDS_H_
