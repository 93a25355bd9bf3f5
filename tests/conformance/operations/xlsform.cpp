#include <algorithm>

#include "shared/codec/canonical_json.h"
#include "shared/xlsform/import_xlsform.h"
#include "shared/xlsform/markdown.h"
#include "tests/conformance/operations/operations.h"
#include "tests/conformance/operations/row_values.h"

namespace landfall::conformance {
namespace {

std::string problem_text(const ImportProblem& problem) {
  std::string text =
      problem.code + "@" + problem.sheet + ":" + std::to_string(problem.row) + ":" + problem.column;
  if (!problem.detail.empty()) text += "(" + problem.detail + ")";
  return text;
}

bool is_error(const ImportProblem& problem) { return problem.severity == Severity::error; }

bool has_place(const ImportProblem& problem) { return problem.row > 0 && !problem.column.empty(); }

// "accepted", or "refused" with every error.
std::string observed(const Import& import) {
  std::string text = import.accepted() ? "accepted" : "refused";
  for (const ImportProblem& problem : import.problems) {
    if (is_error(problem)) text += " " + problem_text(problem);
  }
  return text;
}

bool every_error_has_place(const Import& import) {
  return std::all_of(
      import.problems.begin(), import.problems.end(),
      [](const ImportProblem& problem) { return !is_error(problem) || has_place(problem); });
}

ImportOptions options_of_suite() { return {"", "vector", "en"}; }

// A valid form is imported, or refused with the row and column of what is not supported; an
// invalid one is refused with row and column.
Outcome run_markdown(const Json& row) {
  const WorkbookReading reading = parse_markdown_workbook(text_of_row(row, "md"));
  if (reading.problem) return {false, problem_text(*reading.problem)};
  const Import import = import_xlsform(reading.workbook, options_of_suite());
  const bool is_valid = text_of_row(row, "expect") == "accept";
  const bool passed = every_error_has_place(import) && (is_valid || !import.accepted());
  return {passed, observed(import)};
}

std::string cell_text(const Json& cell) {
  if (cell.is_string()) return std::string(text_value(cell));
  if (cell.is_boolean()) return bool_value(cell) ? "TRUE" : "FALSE";
  return cell.is_null() ? std::string() : write_canonical_json(cell).value();
}

Workbook workbook_of(const Json& sheets) {
  Workbook workbook;
  for (const auto& [name, rows] : sheets.items()) {
    Sheet sheet{name, {}};
    for (const Json& row : rows) {
      SheetRow made{static_cast<std::uint32_t>(sheet.rows.size() + 1), {}};
      for (const Json& cell : row) made.cells.push_back(cell_text(cell));
      sheet.rows.push_back(std::move(made));
    }
    workbook.sheets.push_back(std::move(sheet));
  }
  return workbook;
}

// The nodeset of every bind of an XForm, without the root's step; what the form's own meta block
// and the nodes that converters generate hold is left out.
std::vector<std::string> bound_paths(std::string_view xform) {
  std::vector<std::string> paths;
  constexpr std::string_view kMark = " nodeset=\"/";
  for (std::size_t at = xform.find("<bind"); at != std::string_view::npos;
       at = xform.find("<bind", at + 1)) {
    const std::string_view bind = xform.substr(at, xform.find('>', at) - at);
    const std::size_t from = bind.find(kMark);
    if (from == std::string_view::npos) continue;
    std::string_view path = bind.substr(from + kMark.size());
    path = path.substr(0, path.find('"'));
    const std::size_t root = path.find('/');
    if (root == std::string_view::npos) continue;
    path.remove_prefix(root + 1);
    if (path.rfind("meta/", 0) == 0 || path.find("generated_") != std::string_view::npos ||
        path.find("reserved_name_for_") != std::string_view::npos) {
      continue;
    }
    paths.emplace_back(path);
  }
  return paths;
}

// The same of a package: questions, and groups that have a rule of their own.
std::vector<std::string> question_paths(const Json& form, bool with_groups) {
  std::vector<std::string> paths;
  std::vector<std::string> open;
  for (const Json& row : *find_member(form, "survey")) {
    const std::string type(member_text_or(row, "type", ""));
    if (type.rfind("end_", 0) == 0) {
      open.pop_back();
      continue;
    }
    std::string path;
    for (const std::string& group : open) path += group + "/";
    const std::string name(member_text_or(row, "name", ""));
    const bool is_group = type.rfind("begin_", 0) == 0;
    const bool is_bound = with_groups && find_member(row, "relevant") != nullptr;
    if (!is_group || is_bound) paths.push_back(path + name);
    if (is_group) open.push_back(name);
  }
  return paths;
}

// The first path that one of the two has alone, or nothing.
std::string first_difference(std::vector<std::string> ours, std::vector<std::string> theirs) {
  std::sort(ours.begin(), ours.end());
  std::sort(theirs.begin(), theirs.end());
  std::vector<std::string> different;
  std::set_symmetric_difference(ours.begin(), ours.end(), theirs.begin(), theirs.end(),
                                std::back_inserter(different));
  return different.empty() ? std::string() : different.front();
}

bool is_flat(const Json& sheets) {
  const Json* settings = find_member(sheets, "settings");
  return settings != nullptr &&
         write_canonical_json(*settings).value().find("\"flat\"") != std::string::npos;
}

// A workbook is imported, or refused with a place; where an XForm of it is known, the same
// questions stand at the same paths.
Outcome run_workbook(const Json& row) {
  const Json* sheets = find_member(row, "sheets");
  if (sheets == nullptr) return {false, "no sheets"};
  const Import import = import_xlsform(workbook_of(*sheets), options_of_suite());
  if (!import.accepted()) return {every_error_has_place(import), observed(import)};
  const std::string_view xform = text_of_row(row, "expected_xform");
  if (xform.empty()) return {true, observed(import)};
  // The setting "flat" takes the groups out of the paths, which packages do not.
  const bool flat = is_flat(*sheets);
  std::vector<std::string> ours = question_paths(import.package.form, !flat);
  if (flat) {
    for (std::string& path : ours) path.erase(0, path.rfind('/') + 1);
  }
  const std::string difference = first_difference(std::move(ours), bound_paths(xform));
  return {difference.empty(), "accepted" + (difference.empty() ? "" : ", but " + difference)};
}

}  // namespace

Outcome run_xlsform(const Row& row) {
  if (row.file == "workbooks.json") return run_workbook(row.row);
  return run_markdown(row.row);
}

}  // namespace landfall::conformance
