// Calls in cells that name a data file: search() in appearances, pulldata() in expressions.

#ifndef LANDFALL_SHARED_XLSFORM_FUNCTION_CALLS_H_
#define LANDFALL_SHARED_XLSFORM_FUNCTION_CALLS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace landfall {

// The arguments of each call of `function` in `text`, as written, without blanks around them.
[[nodiscard]] std::vector<std::vector<std::string>> calls_of(std::string_view text,
                                                             std::string_view function);

// The text of an argument in quotes; nothing for any other argument.
[[nodiscard]] std::optional<std::string> quoted_text(std::string_view argument);

// The list L of an expression that is jr:itext(instance('L')/…/itextId) and nothing else: the words
// of a choice.
[[nodiscard]] std::optional<std::string> list_of_choice_text(std::string_view expression);

// A select from a data file as an appearance writes it.
struct SearchAppearance {
  std::string dataset;
  std::string filter;  // the choice filter it means, may be empty
  std::string rest;    // of the appearance
};

// "minimal search('fruits', 'contains', 'name', ${part})" and its like; nothing for what is no such
// call: another number of arguments, a way of matching that does not exist.
// Source: ODK documentation, "dynamic selects from pre-loaded data"; ways: contains, startswith,
// endswith, matches.
[[nodiscard]] std::optional<SearchAppearance> parse_search_appearance(std::string_view appearance);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_FUNCTION_CALLS_H_
