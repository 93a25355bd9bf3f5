#include "shared/xlsform/cell_text.h"
#include "shared/xlsform/checks.h"
#include "shared/xlsform/references.h"

namespace landfall {
namespace {

class ReferenceChecker {
 public:
  ReferenceChecker(const FormSheets& sheets, const Structure& structure,
                   std::vector<ImportProblem>& problems)
      : sheets_(sheets), structure_(structure), problems_(problems) {}

  void run() {
    for (const std::optional<Table>* table :
         {&sheets_.survey, &sheets_.choices, &sheets_.external_choices, &sheets_.setting_rows,
          &sheets_.entities}) {
      if (*table) check_syntax(**table);
    }
    for (const SurveyItem& item : structure_.items) {
      check_survey_row(item);
      check_geometry(item);
    }
    check_choices(sheets_.choices);
    check_table(sheets_.setting_rows, "instance_name");
    if (sheets_.entities) check_table(sheets_.entities, "");
  }

 private:
  void report(const Table& table, const TableRow& row, const Column& column, std::string_view code,
              std::string_view detail, Severity severity = Severity::error) {
    problems_.push_back({table.name(), row.number, column.written, std::string(code), severity,
                         std::string(detail)});
  }

  // A reference is written well in every cell, also where nothing is looked up.
  void check_syntax(const Table& table) {
    for (const TableRow& row : table.rows()) {
      for (std::size_t i = 0; i < table.columns().size(); ++i) {
        if (row.cells[i].find("${") == std::string::npos) continue;
        if (!find_cell_references(row.cells[i]).malformed) continue;
        report(table, row, table.columns()[i], "bad_reference", row.cells[i]);
      }
    }
  }

  // What a map shows beside the question: a list, a data file, an entity list, or ${repeat}.
  void check_geometry(const SurveyItem& item) {
    const std::string* shown = find_parameter(item.parameters, "reference-geometry");
    if (shown == nullptr) return;
    const auto reference = reference_list(*shown);
    if (reference && reference->size() == 1) {
      const auto found = structure_.by_name.find((*reference)[0]);
      const bool is_repeat = found != structure_.by_name.end() &&
                             structure_.items[found->second[0]].type.kind == RowKind::begin &&
                             structure_.items[found->second[0]].type.control == ControlKind::repeat;
      if (is_repeat) return;
    } else if (structure_.datasets.find(*shown) != structure_.datasets.end() ||
               names_list(sheets_.choices, "list_name", *shown) ||
               names_list(sheets_.entities, "dataset", *shown)) {
      return;
    }
    const Table& survey = *sheets_.survey;
    problems_.push_back({survey.name(), survey.rows()[item.row].number,
                         survey.written("parameters"), "parameter_value", Severity::error,
                         "reference-geometry"});
  }

  static bool names_list(const std::optional<Table>& table, std::string_view column,
                         std::string_view name) {
    if (!table) return false;
    for (const TableRow& row : table->rows()) {
      if (table->cell(row, column) == name) return true;
    }
    return false;
  }

  void check_survey_row(const SurveyItem& item) {
    const Table& survey = *sheets_.survey;
    const TableRow& row = survey.rows()[item.row];
    for (std::size_t i = 0; i < survey.columns().size(); ++i) {
      const Column& column = survey.columns()[i];
      if (column.name == "type" || column.name == "name" || !column.is_known) continue;
      check_cell(survey, row, column, row.cells[i]);
      if (column.name == "trigger") check_trigger(row, column, row.cells[i]);
    }
  }

  void check_choices(const std::optional<Table>& choices) {
    if (!choices) return;
    for (const TableRow& row : choices->rows()) {
      for (std::size_t i = 0; i < choices->columns().size(); ++i) {
        const Column& column = choices->columns()[i];
        if (column.name != "label" && column.name.rfind("media::", 0) != 0) continue;
        check_cell(*choices, row, column, row.cells[i]);
      }
    }
  }

  void check_table(const std::optional<Table>& table, std::string_view only) {
    if (!table) return;
    for (const TableRow& row : table->rows()) {
      for (std::size_t i = 0; i < table->columns().size(); ++i) {
        const Column& column = table->columns()[i];
        if (only.empty() || column.name == only) check_cell(*table, row, column, row.cells[i]);
      }
    }
  }

  void check_cell(const Table& table, const TableRow& row, const Column& column,
                  std::string_view cell) {
    if (cell.find("${") == std::string_view::npos) return;
    for (const CellReference& reference : find_cell_references(cell).found) {
      check_reference(table, row, column, reference);
    }
  }

  void check_reference(const Table& table, const TableRow& row, const Column& column,
                       const CellReference& reference) {
    if (reference.last_saved) {
      report(table, row, column, "last_saved_empty", reference.name, Severity::warning);
    }
    const auto found = structure_.by_name.find(reference.name);
    if (found == structure_.by_name.end()) {
      const bool is_own_id = reference.name == "instanceID" && !sheets_.settings.omit_instance_id;
      report(table, row, column, is_own_id ? "unsupported_reference" : "unknown_reference",
             reference.name);
    } else if (found->second.size() > 1) {
      report(table, row, column, "ambiguous_reference", reference.name);
    }
  }

  // What starts a calculation must be something that a person changes.
  void check_trigger(const TableRow& row, const Column& column, std::string_view cell) {
    const auto names = reference_list(cell);
    if (!names) return;
    for (const std::string& name : *names) {
      const auto found = structure_.by_name.find(name);
      if (found == structure_.by_name.end()) continue;
      const SurveyItem& item = structure_.items[found->second[0]];
      if (item.type.kind == RowKind::question && item.is_shown) continue;
      report(*sheets_.survey, row, column, "trigger_not_shown", name);
    }
  }

  const FormSheets& sheets_;
  const Structure& structure_;
  std::vector<ImportProblem>& problems_;
};

}  // namespace

void check_references(const FormSheets& sheets, const Structure& structure,
                      std::vector<ImportProblem>& problems) {
  ReferenceChecker(sheets, structure, problems).run();
}

}  // namespace landfall
