// ChoiceLists: the lists of a choices sheet, checked.

#ifndef LANDFALL_SHARED_XLSFORM_CHOICE_LISTS_H_
#define LANDFALL_SHARED_XLSFORM_CHOICE_LISTS_H_

#include <map>
#include <string>
#include <vector>

#include "shared/xlsform/table.h"

namespace landfall {

// By name, the places of the list's rows in the table.
using ChoiceLists = std::map<std::string, std::vector<std::size_t>, std::less<>>;

// Problems: missing_name, duplicate_choice (unless `allows_duplicates`), bad_column (a warning: a
// header with blanks, whose cells are left out), missing_label and invisible_character (warnings),
// unlisted_choice (a warning: a row without list name).
[[nodiscard]] ChoiceLists read_choice_lists(const Table& table, bool allows_duplicates,
                                            std::vector<ImportProblem>& problems);

// True for a header that can be a column of choices: neither blank nor with blanks inside.
[[nodiscard]] bool is_choice_column(std::string_view name);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_CHOICE_LISTS_H_
