// Reads XLSForms written as Markdown tables, as forums and tests exchange them.

#ifndef LANDFALL_SHARED_XLSFORM_MARKDOWN_H_
#define LANDFALL_SHARED_XLSFORM_MARKDOWN_H_

#include <string_view>

#include "shared/xlsform/workbook.h"

namespace landfall {

// A line "| name |" whose first cell holds a text begins the sheet of that name; lines "| | a | b
// |" with an empty first cell are its rows, numbered from 1. Ruling lines ("|---|---|") and lines
// without a bar are passed over; "\|" is a bar inside a cell.
//
// Problems, with the line as their row: utf8_invalid; workbook_too_large; markdown_heading (a
// heading "survey" where no table begins that sheet).
[[nodiscard]] WorkbookReading parse_markdown_workbook(std::string_view text);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_MARKDOWN_H_
