// The equality in a filter that an index of a table can answer.

#ifndef LANDFALL_SHARED_FORM_CHOICE_INDEX_H_
#define LANDFALL_SHARED_FORM_CHOICE_INDEX_H_

#include <cstdint>
#include <string>

#include "shared/xpath/expression.h"

namespace landfall {

// The syntax node `column`, a path of one step, must equal what `value` gives, which is the same
// for every row; both are kNoSyntax when the filter asks for no such equality.
struct FilterKey {
  std::uint32_t column = kNoSyntax;
  std::uint32_t value = kNoSyntax;
};

// The first equality that every row must meet which the filter at the syntax node `root` of
// `expression` lets through. Whether the table has such a column is not looked at.
[[nodiscard]] FilterKey find_filter_key(const Expression& expression, std::uint32_t root);

// The name that the syntax node of a key's column gives.
[[nodiscard]] const std::string& column_of_key(const Expression& expression, std::uint32_t column);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_CHOICE_INDEX_H_
