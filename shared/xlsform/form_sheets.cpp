#include "shared/xlsform/form_sheets.h"

#include <algorithm>

#include "shared/form/names.h"
#include "shared/form/package_words.h"
#include "shared/xlsform/cell_text.h"
#include "shared/xlsform/languages.h"

namespace landfall {
namespace {

const Sheet* find_sheet(const Workbook& workbook, std::string_view name) {
  for (const Sheet& sheet : workbook.sheets) {
    if (lowered(trimmed_cell(sheet.name)) == name) return &sheet;
  }
  return nullptr;
}

constexpr std::string_view kSheetNames[] = {"survey",           "choices",  "settings",
                                            "external_choices", "entities", "osm"};

// The first cell with a text: where a problem of the sheet as a whole is shown.
ImportProblem problem_of_sheet(const Sheet& sheet, std::string_view code, Severity severity) {
  ImportProblem problem{sheet.name, 1, "", std::string(code), severity, ""};
  for (const SheetRow& row : sheet.rows) {
    for (const std::string& cell : row.cells) {
      if (trimmed_cell(cell).empty()) continue;
      problem.row = row.number;
      problem.column = std::string(trimmed_cell(cell));
      return problem;
    }
  }
  return problem;
}

class SheetReader {
 public:
  SheetReader(const Workbook& workbook, std::vector<ImportProblem>& problems)
      : workbook_(workbook), problems_(problems) {}

  FormSheets run() {
    check_sheets();
    read_settings();
    read_survey();
    if (const Sheet* sheet = find_sheet(workbook_, "choices"); sheet != nullptr) {
      sheets_.choices = Table::of(*sheet, "choices", SheetKind::choices, false, problems_);
      require_column(*sheets_.choices, "name", !sheets_.choices->rows().empty());
    }
    if (const Sheet* sheet = find_sheet(workbook_, "external_choices"); sheet != nullptr) {
      sheets_.external_choices =
          Table::of(*sheet, "external_choices", SheetKind::choices, false, problems_);
      require_column(*sheets_.external_choices, "name", !sheets_.external_choices->rows().empty());
    }
    if (const Sheet* sheet = find_sheet(workbook_, "entities"); sheet != nullptr) {
      sheets_.entities = Table::of(*sheet, "entities", SheetKind::entities, false, problems_);
    }
    if (const Sheet* sheet = find_sheet(workbook_, "osm"); sheet != nullptr) {
      const Table tags = Table::of(*sheet, "osm", SheetKind::choices, false, problems_);
      for (const TableRow& row : tags.rows()) {
        sheets_.tag_lists.emplace(tags.cell(row, "list_name"));
      }
    }
    for (const std::optional<Table>* table :
         {&sheets_.survey, &sheets_.choices, &sheets_.external_choices}) {
      if (!*table) continue;
      check_languages(**table);
      report_media(**table);
    }
    check_default_language();
    return std::move(sheets_);
  }

 private:
  // Sheets that would be passed over: a second one of a name, and one whose name means nothing. A
  // name with "_" before it is the author's own.
  void check_sheets() {
    std::vector<std::string> seen;
    const bool is_alone = workbook_.sheets.size() == 1;
    for (const Sheet& sheet : workbook_.sheets) {
      const std::string name = lowered(trimmed_cell(sheet.name));
      const bool is_known =
          std::find(std::begin(kSheetNames), std::end(kSheetNames), name) != std::end(kSheetNames);
      if (is_known && std::find(seen.begin(), seen.end(), name) != seen.end()) {
        problems_.push_back(problem_of_sheet(sheet, "duplicate_sheet", Severity::error));
      } else if (!is_known && !is_alone && !name.empty() && name[0] != '_' && has_text(sheet)) {
        problems_.push_back(problem_of_sheet(sheet, "unknown_sheet", Severity::warning));
      }
      seen.push_back(name);
    }
  }

  static bool has_text(const Sheet& sheet) {
    return !problem_of_sheet(sheet, "", Severity::warning).column.empty();
  }

  // "label::English (en)" and "label::en" are texts of one language, of which one would be lost.
  void check_languages(const Table& table) {
    std::vector<std::pair<std::string, std::string>> seen;
    for (const Column& column : table.columns()) {
      if (!is_text_column(column.name) || column.language.empty() || column.language == "default")
        continue;
      std::pair<std::string, std::string> one{column.name, tag_of_language(column.language).locale};
      if (std::find(seen.begin(), seen.end(), one) != seen.end()) {
        problems_.push_back({table.name(), table.header_row(), column.written, "duplicate_column",
                             Severity::error, one.second});
      }
      seen.push_back(std::move(one));
    }
  }

  // Pictures and sounds of labels are carried along as their files' names; no page shows them.
  void report_media(const Table& table) {
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
      const Column& column = table.columns()[i];
      if (column.name != "media" && column.name.rfind("media::", 0) != 0) continue;
      const auto count = std::count_if(table.rows().begin(), table.rows().end(),
                                       [i](const TableRow& row) { return !row.cells[i].empty(); });
      if (count == 0) continue;
      problems_.push_back({table.name(), table.header_row(), column.written, "media_not_shown",
                           Severity::warning, std::to_string(count)});
    }
  }

  // Texts of columns without a language are in the default language, whichever it is.
  void check_default_language() {
    const std::string& wanted = sheets_.settings.default_language;
    if (wanted.empty() || wanted == "default") return;
    const std::string locale = tag_of_language(wanted).locale;
    bool has_language = false;
    for (const std::optional<Table>* table : {&sheets_.survey, &sheets_.choices}) {
      if (!*table) continue;
      for (std::size_t i = 0; i < (*table)->columns().size(); ++i) {
        const Column& column = (*table)->columns()[i];
        const bool is_plain = column.language.empty() || column.language == "default";
        if (is_plain ? has_words(**table, i) : tag_of_language(column.language).locale == locale) {
          return;
        }
        has_language = has_language || !is_plain;
      }
    }
    if (!has_language) return;
    report(*sheets_.setting_rows, sheets_.settings.row, "default_language",
           "unknown_default_language", Severity::warning, wanted);
  }

  static bool has_words(const Table& table, std::size_t column) {
    return is_text_column(table.columns()[column].name) &&
           std::any_of(table.rows().begin(), table.rows().end(),
                       [column](const TableRow& row) { return !row.cells[column].empty(); });
  }

  void report(const Table& table, std::uint32_t row, std::string_view column, std::string_view code,
              Severity severity = Severity::error, std::string_view detail = {}) {
    problems_.push_back({table.name(), row, table.written(column), std::string(code), severity,
                         std::string(detail)});
  }

  void require_column(const Table& table, std::string_view name, bool wanted) {
    if (!wanted || table.has_column(name)) return;
    report(table, table.header_row(), name, "missing_column", Severity::error, name);
  }

  void read_survey() {
    const Sheet* sheet = find_sheet(workbook_, "survey");
    if (sheet == nullptr && workbook_.sheets.size() == 1) sheet = &workbook_.sheets[0];
    if (sheet == nullptr) {
      problems_.push_back({"survey", 1, "type", "missing_sheet", Severity::error, "survey"});
      return;
    }
    sheets_.survey = Table::of(*sheet, "survey", SheetKind::survey, cleans_texts_, problems_);
    require_column(*sheets_.survey, "type", true);
    for (const Column& column : sheets_.survey->columns()) {
      if (column.is_known) continue;
      const std::string code =
          is_own_survey_word(column.name) ? "column_of_package" : "unknown_column";
      problems_.push_back(
          {"survey", sheets_.survey->header_row(), column.written, code, Severity::warning, ""});
    }
  }

  bool read_switch(const TableRow& row, std::string_view name, bool otherwise) {
    const Table& table = *sheets_.setting_rows;
    const std::string_view text = table.cell(row, name);
    if (text.empty()) return otherwise;
    const std::optional<bool> value = yes_or_no(text);
    if (!value) report(table, row.number, name, "setting_unread", Severity::warning, text);
    return value.value_or(otherwise);
  }

  void read_settings() {
    const Sheet* sheet = find_sheet(workbook_, "settings");
    if (sheet == nullptr) return;
    // "id_string" beside "form_id" is the older name, and gives way.
    Sheet given = *sheet;
    drop_older_id(given);
    sheets_.setting_rows = Table::of(given, "settings", SheetKind::settings, false, problems_);
    const Table& table = *sheets_.setting_rows;
    for (const Column& column : table.columns()) {
      if (!column.is_known) {
        report(table, table.header_row(), column.name, "unknown_column", Severity::warning);
      }
    }
    if (table.rows().empty()) return;
    for (std::size_t i = 1; i < table.rows().size(); ++i) report_unused_row(table.rows()[i]);
    const TableRow& row = table.rows()[0];
    FormSettings& settings = sheets_.settings;
    settings.row = row.number;
    settings.form_id = std::string(table.cell(row, "form_id"));
    settings.title = std::string(table.cell(row, "form_title"));
    settings.version = std::string(table.cell(row, "version"));
    settings.default_language = std::string(table.cell(row, "default_language"));
    settings.root = std::string(table.cell(row, "name"));
    settings.instance_name = std::string(table.cell(row, "instance_name"));
    settings.allow_choice_duplicates = read_switch(row, "allow_choice_duplicates", false);
    settings.omit_instance_id = read_switch(row, "omit_instanceid", false);
    cleans_texts_ = read_switch(row, "clean_text_values", true);
    if (!settings.root.empty() && !is_form_name(settings.root)) {
      report(table, row.number, "name", "bad_name", Severity::error, settings.root);
    }
    if (settings.omit_instance_id && !table.cell(row, "public_key").empty()) {
      report(table, row.number, "omit_instanceid", "setting_conflict", Severity::error,
             "public_key");
    }
    for (const std::string_view name : {"public_key", "submission_url", "flat"}) {
      if (table.cell(row, name).empty()) continue;
      report(table, row.number, name, "setting_unused", Severity::warning, name);
    }
  }

  void report_unused_row(const TableRow& row) {
    const std::vector<Column>& columns = sheets_.setting_rows->columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (row.cells[i].empty()) continue;
      return report(*sheets_.setting_rows, row.number, columns[i].name, "settings_row_unused",
                    Severity::warning, row.cells[i]);
    }
  }

  static void drop_older_id(Sheet& sheet) {
    if (sheet.rows.empty()) return;
    std::vector<std::string>& header = sheet.rows[0].cells;
    const auto is = [](std::string_view wanted) {
      return [wanted](const std::string& cell) { return snake_cased(cell) == wanted; };
    };
    const auto older = std::find_if(header.begin(), header.end(), is("id_string"));
    const bool has_newer = std::any_of(header.begin(), header.end(), is("form_id"));
    if (has_newer && older != header.end()) older->clear();
  }

  const Workbook& workbook_;
  std::vector<ImportProblem>& problems_;
  FormSheets sheets_;
  bool cleans_texts_ = true;
};

}  // namespace

FormSheets read_form_sheets(const Workbook& workbook, std::vector<ImportProblem>& problems) {
  return SheetReader(workbook, problems).run();
}

}  // namespace landfall
