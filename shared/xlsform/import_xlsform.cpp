#include "shared/xlsform/import_xlsform.h"

#include <algorithm>

#include "shared/form/lint.h"
#include "shared/xlsform/checks.h"
#include "shared/xlsform/form_writer.h"
#include "shared/xlsform/loops.h"

namespace landfall {
namespace {

// The first expression of a row: where a circle of expressions is shown.
std::string expression_column(const Table& survey, std::uint32_t number) {
  for (const TableRow& row : survey.rows()) {
    if (row.number != number) continue;
    for (const std::string_view column : {"calculation", "relevant", "constraint", "required",
                                          "readonly", "choice_filter", "default"}) {
      if (!survey.cell(row, column).empty()) return survey.written(column);
    }
  }
  return survey.written("name");
}

// A problem of the package at the row and column it was made from.
ImportProblem from_lint(const LintProblem& found, const WrittenForm& written,
                        const FormSheets& sheets) {
  ImportProblem problem{found.sheet, found.row,          found.column,
                        found.code,  severity_of(found), found.detail};
  if (found.sheet == "survey" && found.row > 0 && found.row <= written.survey_rows.size()) {
    problem.row = written.survey_rows[found.row - 1];
    problem.column = found.column.empty() ? expression_column(*sheets.survey, problem.row)
                                          : sheets.survey->written(found.column);
  } else if (found.sheet == "choices" && found.row > 0 && found.row <= written.choice_rows.size()) {
    problem.sheet = written.choice_rows[found.row - 1].first;
    problem.row = written.choice_rows[found.row - 1].second;
    const std::optional<Table>& table =
        problem.sheet == "choices" ? sheets.choices : sheets.external_choices;
    if (table) problem.column = table->written(found.column);
  } else if (found.sheet == "settings") {
    problem.row = std::max(sheets.settings.row, 1u);
  } else if (problem.row == 0) {
    // Of the form as a whole.
    problem.sheet = "survey";
    problem.row = sheets.survey->header_row();
    if (problem.column.empty()) problem.column = sheets.survey->written("type");
  }
  return problem;
}

void lint(const WrittenForm& written, const FormSheets& sheets,
          std::vector<ImportProblem>& problems) {
  for (const LintProblem& found : lint_package(sources_of(written.package))) {
    // The text of a row that lint refuses is one that nothing uses.
    if (found.code != "unused_text") problems.push_back(from_lint(found, written, sheets));
  }
}

// What lint finds in a form that has errors already and is the same once they are mended: what is
// wrong with an expression by itself, and circles. Not in cells of which something is told.
void lint_beside(const WrittenForm& written, const FormSheets& sheets,
                 std::vector<ImportProblem>& problems) {
  const std::vector<ImportProblem> known = problems;
  for (const LintProblem& found : lint_package(sources_of(written.package))) {
    const bool stands = found.code.rfind("xpath_", 0) == 0 || found.code.rfind("regex_", 0) == 0 ||
                        found.code == "cycle" || found.code == "digest_kind";
    if (!stands) continue;
    ImportProblem problem = from_lint(found, written, sheets);
    const bool is_told = std::any_of(known.begin(), known.end(), [&](const ImportProblem& other) {
      return other.sheet == problem.sheet && other.row == problem.row &&
             other.column == problem.column && other.severity == Severity::error;
    });
    if (!is_told) problems.push_back(std::move(problem));
  }
}

bool has_error(const std::vector<ImportProblem>& problems) {
  return std::any_of(problems.begin(), problems.end(), [](const ImportProblem& problem) {
    return problem.severity == Severity::error;
  });
}

int place_of(const std::string& sheet) {
  constexpr std::string_view kOrder[] = {"settings", "survey", "choices", "external_choices",
                                         "entities"};
  const auto found = std::find(std::begin(kOrder), std::end(kOrder), sheet);
  return static_cast<int>(found - std::begin(kOrder));
}

void in_order(std::vector<ImportProblem>& problems) {
  std::stable_sort(problems.begin(), problems.end(),
                   [](const ImportProblem& a, const ImportProblem& b) {
                     const int left = place_of(a.sheet);
                     const int right = place_of(b.sheet);
                     return left != right ? left < right : a.row < b.row;
                   });
  problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
}

}  // namespace

Import import_xlsform(const Workbook& workbook, const ImportOptions& options) {
  Import result;
  std::vector<ImportProblem>& problems = result.problems;
  FormSheets sheets = read_form_sheets(workbook, problems);
  if (!sheets.survey || has_error(problems)) {
    in_order(problems);
    return result;
  }
  ChoiceLists choices;
  ChoiceLists external_choices;
  const bool duplicates = sheets.settings.allow_choice_duplicates;
  if (sheets.choices) choices = read_choice_lists(*sheets.choices, duplicates, problems);
  if (sheets.external_choices) {
    external_choices = read_choice_lists(*sheets.external_choices, duplicates, problems);
  }
  write_out_loops(*sheets.survey, sheets.choices ? &*sheets.choices : nullptr, choices, problems);
  const Structure structure = read_structure(sheets, choices, external_choices, problems);
  check_references(sheets, structure, problems);
  check_entities(sheets, structure, problems);
  if (!has_error(problems)) {
    WrittenForm written =
        write_form(sheets, structure, choices, external_choices, options, problems);
    if (options.add_data) options.add_data(written.package, problems);
    if (!has_error(problems)) lint(written, sheets, problems);
    result.package = std::move(written.package);
  } else {
    std::vector<ImportProblem> of_writing;
    const WrittenForm written =
        write_form(sheets, structure, choices, external_choices, options, of_writing);
    lint_beside(written, sheets, problems);
  }
  in_order(problems);
  return result;
}

}  // namespace landfall
