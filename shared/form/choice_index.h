// The equality in a choice filter that a list can answer from an index.

#ifndef LANDFALL_SHARED_FORM_CHOICE_INDEX_H_
#define LANDFALL_SHARED_FORM_CHOICE_INDEX_H_

#include <cstdint>

#include "shared/form/choices.h"
#include "shared/xpath/expression.h"

namespace landfall {

// `column` of the list must equal what the syntax node `syntax` gives, which is the same for every
// row; both are 0xFFFFFFFF when the filter asks for no such equality.
struct FilterKey {
  std::uint32_t column = 0xFFFFFFFF;
  std::uint32_t syntax = 0xFFFFFFFF;
};

// The first equality that every row must meet which `filter` lets through.
[[nodiscard]] FilterKey find_filter_key(const Expression& filter, const ChoiceList& list);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_CHOICE_INDEX_H_
