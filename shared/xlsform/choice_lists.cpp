#include "shared/xlsform/choice_lists.h"

#include <algorithm>
#include <set>

#include "shared/form/package_words.h"
#include "shared/xlsform/cell_text.h"

namespace landfall {
namespace {

bool has_any_label(const Table& table, const TableRow& row) {
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    const std::string& name = table.columns()[i].name;
    if (!row.cells[i].empty() && (name == "label" || name.rfind("media::", 0) == 0)) return true;
  }
  return false;
}

}  // namespace

bool is_choice_column(std::string_view name) {
  return !name.empty() && name.find_first_of(" \t\r\n") == std::string_view::npos;
}

ChoiceLists read_choice_lists(const Table& table, bool allows_duplicates,
                              std::vector<ImportProblem>& problems) {
  ChoiceLists lists;
  std::set<std::pair<std::string, std::string>> seen;
  std::set<std::string> with_blanks;
  const auto report = [&](std::uint32_t row, std::string_view column, std::string_view code,
                          Severity severity, std::string_view detail) {
    problems.push_back({table.name(), row, table.written(column), std::string(code), severity,
                        std::string(detail)});
  };
  for (const Column& column : table.columns()) {
    if (column.is_known) continue;
    // A filter may look at the column, which would then be empty.
    if (is_own_choice_word(column.name)) {
      report(table.header_row(), column.name, "column_of_package", Severity::error, "");
    } else if (!is_choice_column(column.name)) {
      report(table.header_row(), column.name, "bad_column", Severity::warning, column.name);
    }
  }
  for (std::size_t i = 0; i < table.rows().size(); ++i) {
    const TableRow& row = table.rows()[i];
    const std::string list(table.cell(row, "list_name"));
    const std::string name(table.cell(row, "name"));
    if (list.empty()) {
      report(row.number, "list_name", "unlisted_choice", Severity::warning, name);
      continue;
    }
    if (name.empty()) {
      report(row.number, "name", "missing_name", Severity::error, list);
      continue;
    }
    if (!seen.emplace(list, name).second && !allows_duplicates) {
      report(row.number, "name", "duplicate_choice", Severity::error, name);
    }
    // Once for each list, which may have thousands.
    const bool has_blank = name.find(' ') != std::string::npos;
    if (has_blank && with_blanks.insert(list).second) {
      report(row.number, "name", "blank_in_choice", Severity::warning, name);
    }
    for (const auto& [column, text] : {std::pair("name", name), std::pair("list_name", list)}) {
      const auto shown = shown_invisibles(text);
      if (shown) report(row.number, column, "invisible_character", Severity::warning, *shown);
    }
    if (!has_any_label(table, row)) {
      report(row.number, "label", "missing_label", Severity::warning, name);
    }
    lists[list].push_back(i);
  }
  return lists;
}

}  // namespace landfall
