// What lint says of expressions that wait for a choice which is not offered.

#ifndef LANDFALL_SHARED_FORM_LINT_CHOICES_H_
#define LANDFALL_SHARED_FORM_LINT_CHOICES_H_

#include <vector>

#include "shared/form/lint.h"
#include "shared/form/package_builder.h"

namespace landfall {

// The warning absent_choice for each text or number that an expression compares a select with, by
// "=", "!=" or selected(), and that is no choice of its list: the answer is the same for whatever
// is chosen.
[[nodiscard]] std::vector<LintProblem> find_absent_choices(PackageBuilder& builder);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_LINT_CHOICES_H_
