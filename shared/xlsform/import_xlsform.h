// Makes a form package of an XLSForm.

#ifndef LANDFALL_SHARED_XLSFORM_IMPORT_XLSFORM_H_
#define LANDFALL_SHARED_XLSFORM_IMPORT_XLSFORM_H_

#include "shared/xlsform/imported_package.h"
#include "shared/xlsform/workbook.h"

namespace landfall {

// Converts `workbook`. The result is accepted when the sheets are a valid XLSForm and its package
// compiles; everything that stands in the way is a problem with its sheet, row and column.
// Source: xlsform.org (reference tables of question types, columns, settings), docs.getodk.org
// "XLSForm"; where they are silent, the reference converter's behaviour.
[[nodiscard]] Import import_xlsform(const Workbook& workbook, const ImportOptions& options);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_IMPORT_XLSFORM_H_
