// FormSheets: the sheets of a workbook that make a form, and its settings.

#ifndef LANDFALL_SHARED_XLSFORM_FORM_SHEETS_H_
#define LANDFALL_SHARED_XLSFORM_FORM_SHEETS_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "shared/xlsform/table.h"

namespace landfall {

struct FormSettings {
  std::string form_id;
  std::string title;
  std::string version;
  std::string default_language;  // as written
  std::string root;              // the first step of absolute paths
  std::string instance_name;     // an expression
  bool allow_choice_duplicates = false;
  bool omit_instance_id = false;
  std::uint32_t row = 0;
};

struct FormSheets {
  std::optional<Table> survey;
  std::optional<Table> choices;
  std::optional<Table> external_choices;
  std::optional<Table> entities;
  std::optional<Table> setting_rows;
  std::set<std::string> tag_lists;  // of the sheet osm
  FormSettings settings;
};

// Finds the sheets by name (in any case; a workbook with a single sheet is a survey) and reads the
// settings. Problems: missing_sheet (a survey), missing_column (type of a survey, name of choices),
// bad_name (of the form), setting_conflict, duplicate_sheet, duplicate_column (of one language);
// and the warnings setting_unread, settings_row_unused, unknown_column, column_of_package,
// unknown_sheet, media_not_shown (once for a column, with the number of its cells),
// unknown_default_language.
[[nodiscard]] FormSheets read_form_sheets(const Workbook& workbook,
                                          std::vector<ImportProblem>& problems);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_FORM_SHEETS_H_
