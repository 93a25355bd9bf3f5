// What lint says of the columns that expressions look for in lists, data sets and instances.

#ifndef LANDFALL_SHARED_FORM_LINT_COLUMNS_H_
#define LANDFALL_SHARED_FORM_LINT_COLUMNS_H_

#include <vector>

#include "shared/form/lint.h"
#include "shared/form/package_builder.h"

namespace landfall {

// The warning absent_column for each column that a choice_filter, a path from instance() or
// pulldata() names and the table does not have: it gives nothing, in every row. A data set without
// rows is one whose file is still to come, and is not looked at.
[[nodiscard]] std::vector<LintProblem> find_absent_columns(PackageBuilder& builder);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_LINT_COLUMNS_H_
