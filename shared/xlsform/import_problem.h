// ImportProblem: a remark of an import about one cell of the author's file.

#ifndef LANDFALL_SHARED_XLSFORM_IMPORT_PROBLEM_H_
#define LANDFALL_SHARED_XLSFORM_IMPORT_PROBLEM_H_

#include <cstdint>
#include <string>

#include "shared/base/finding.h"

namespace landfall {

// One remark about a cell. `sheet` is survey, choices, settings … or the sheet's own name; `row`
// and `column` are the author's (column: the header as it is written); `code` is one of those that
// shared/xlsform/README.md lists, or a code of shared/form/lint.h; `detail` the name at fault.
// Severity error: the form is refused. Severity warning: it is imported, and differs from what
// another program would make of it as the code says.
struct ImportProblem {
  std::string sheet;
  std::uint32_t row = 0;
  std::string column;
  std::string code;
  Severity severity = Severity::error;
  std::string detail;

  bool operator==(const ImportProblem&) const = default;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_IMPORT_PROBLEM_H_
