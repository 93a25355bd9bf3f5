// What lint says of defaults that their own question refuses.

#ifndef LANDFALL_SHARED_FORM_LINT_DEFAULTS_H_
#define LANDFALL_SHARED_FORM_LINT_DEFAULTS_H_

#include <vector>

#include "shared/form/lint.h"
#include "shared/form/package_builder.h"

namespace landfall {

// The warning bad_default for each default that stands for itself and is no answer of its type:
// no number, no date, beyond the range, no choice of the list. A form with it begins with a finding
// that the person has to mend.
[[nodiscard]] std::vector<LintProblem> find_bad_defaults(PackageBuilder& builder);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_LINT_DEFAULTS_H_
