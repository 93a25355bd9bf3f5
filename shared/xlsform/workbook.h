// Workbook: the sheets of an XLSForm as rows of cell texts, whatever kind of file they came from.

#ifndef LANDFALL_SHARED_XLSFORM_WORKBOOK_H_
#define LANDFALL_SHARED_XLSFORM_WORKBOOK_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/xlsform/import_problem.h"

namespace landfall {

inline constexpr std::size_t kMaxSheets = 64;
inline constexpr std::size_t kMaxSheetRows = 60000;
inline constexpr std::size_t kMaxSheetColumns = 1000;
inline constexpr std::size_t kMaxWorkbookCells = 2000000;  // over all sheets
inline constexpr std::size_t kMaxCellBytes = 100u << 10;

// One row with its number as the author sees it, from 1; cells from column A on, UTF-8, an absent
// cell is an empty text. Rows without any text may be left out.
struct SheetRow {
  std::uint32_t number = 0;
  std::vector<std::string> cells;
};

// A cell whose text the file does not hold; it counts as empty. `column` is from 0. Codes:
// cell_without_value (a formula whose result was not stored), cell_error ("#N/A" and its like).
struct UnreadableCell {
  std::uint32_t row = 0;
  std::size_t column = 0;
  std::string code;
};

struct Sheet {
  std::string name;
  std::vector<SheetRow> rows;
  std::vector<UnreadableCell> unreadable = {};
};

struct Workbook {
  std::vector<Sheet> sheets;
};

// A workbook, or why there is none: codes utf8_invalid, csv_malformed (row = the record), and
// workbook_too_large (row = the line or record), and those of the reader of .xlsx files.
struct WorkbookReading {
  Workbook workbook;
  std::optional<ImportProblem> problem;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_WORKBOOK_H_
