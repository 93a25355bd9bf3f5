// Reads the sheets of an Excel workbook (.xlsx) as rows of texts.

#ifndef LANDFALL_SERVER_AUTHORING_XLSX_READER_H_
#define LANDFALL_SERVER_AUTHORING_XLSX_READER_H_

#include <cstddef>

#include "shared/base/bytes.h"
#include "shared/xlsform/workbook.h"

namespace landfall {

inline constexpr std::size_t kMaxXlsxBytes = std::size_t{32} << 20;

// The sheets of `bytes` in their order, hidden ones too, each with its rows as they are numbered in
// Excel and rows without any text left out. A number is text without needless digits, a date is
// ISO 8601, a truth value TRUE or FALSE, a formula what Excel last computed
// (where that is not stored, the cell is among the sheet's unreadable ones), a merged cell stands
// in its first one.
//
// Problems: workbook_not_xlsx (no ZIP archive, or one without a workbook), workbook_old_format (the
// .xls of before 2007), workbook_encrypted, workbook_damaged (detail = the part),
// workbook_too_large (detail = the part, row where there is one). Source: ECMA-376 part 1
// (SpreadsheetML) and part 2 (packages).
[[nodiscard]] WorkbookReading read_xlsx(ByteView bytes);

}  // namespace landfall

#endif  // LANDFALL_SERVER_AUTHORING_XLSX_READER_H_
