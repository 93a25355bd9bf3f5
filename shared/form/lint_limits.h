// What lint says of packages that are larger than one may be: which limit, and where.

#ifndef LANDFALL_SHARED_FORM_LINT_LIMITS_H_
#define LANDFALL_SHARED_FORM_LINT_LIMITS_H_

#include <vector>

#include "shared/codec/json.h"
#include "shared/form/lint.h"

namespace landfall {

// Gives each too_large of `form`'s own sheets the name of its limit (group_too_deep,
// too_many_questions, too_many_choices, too_many_lists) with the number as detail. What follows a
// row of the survey that is beyond a limit is left out: it was read without that row.
void name_limits(const Json& form, std::vector<LintProblem>& problems);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_LINT_LIMITS_H_
