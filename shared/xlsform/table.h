// Table: one sheet with its header understood: which column each cell is, and in which language.

#ifndef LANDFALL_SHARED_XLSFORM_TABLE_H_
#define LANDFALL_SHARED_XLSFORM_TABLE_H_

#include <string>
#include <string_view>
#include <vector>

#include "shared/xlsform/import_problem.h"
#include "shared/xlsform/workbook.h"

namespace landfall {

enum class SheetKind { survey, choices, settings, entities };

// `name` is what the header means: XLSForm's column ("relevant" for "bind::relevant" and
// "Relevance"; "media::image" for "image"), or the header as written where it means nothing here.
struct Column {
  std::string written;
  std::string name;
  std::string language;  // as written behind "::", or empty
  bool is_known = false;
};

// The columns of words that people read: label, hint, guidance_hint and the messages.
[[nodiscard]] bool is_text_column(std::string_view name);

struct TableRow {
  std::uint32_t number = 0;
  std::vector<std::string> cells;  // one for each column, trimmed, quotes straightened
};

class Table {
 public:
  // Reads `sheet`; problems (duplicate_column, workbook_too_large, cell_without_heading, and of
  // cells that could not be read in columns that mean something) go to `problems` under `name`. Of
  // cells in a survey also runs of blanks are collapsed if `collapses`; line ends of texts stay.
  static Table of(const Sheet& sheet, std::string_view name, SheetKind kind, bool collapses,
                  std::vector<ImportProblem>& problems);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
  [[nodiscard]] const std::vector<TableRow>& rows() const { return rows_; }
  [[nodiscard]] std::vector<TableRow>& rows() { return rows_; }
  [[nodiscard]] std::uint32_t header_row() const { return header_row_; }

  [[nodiscard]] bool has_column(std::string_view name) const;
  // The cell of column `name` without a language, else in the first language that has a text.
  [[nodiscard]] std::string_view cell(const TableRow& row, std::string_view name) const;
  // The header of that column as it is written; `name` where there is no such column.
  [[nodiscard]] std::string written(std::string_view name) const;

 private:
  void report_without_heading(const Sheet& sheet, std::vector<ImportProblem>& problems) const;
  void report_unreadable(const Sheet& sheet, std::vector<ImportProblem>& problems) const;
  void read_header(const SheetRow& header, SheetKind kind, std::vector<ImportProblem>& problems);

  std::string name_;
  std::vector<Column> columns_;
  std::vector<std::size_t> sources_;  // the sheet's column of each of columns_
  std::vector<TableRow> rows_;
  std::uint32_t header_row_ = 1;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_TABLE_H_
