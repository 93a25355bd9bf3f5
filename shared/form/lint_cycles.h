// Every circle of expressions of a package, also of one that has other errors.

#ifndef LANDFALL_SHARED_FORM_LINT_CYCLES_H_
#define LANDFALL_SHARED_FORM_LINT_CYCLES_H_

#include <vector>

#include "shared/form/lint.h"
#include "shared/form/package_builder.h"

namespace landfall {

// The circles of the package that `builder` could not finish, besides those that it has reported:
// each is opened at the expression it is told of, so that the next one shows. None where groups are
// in disorder. Takes these expressions out of the package.
[[nodiscard]] std::vector<LintProblem> find_more_cycles(PackageBuilder& builder);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_LINT_CYCLES_H_
