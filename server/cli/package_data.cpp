#include "server/cli/package_data.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "server/cli/files.h"
#include "server/cli/import_report.h"
#include "shared/codec/canonical_json.h"
#include "shared/codec/json.h"
#include "shared/xlsform/csv.h"

namespace landfall {
namespace {

namespace fs = std::filesystem;

// The files of a folder with one of these endings, in the order of their names.
std::vector<fs::path> files_in(const fs::path& folder, std::initializer_list<const char*> endings) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string ending = it->path().extension().string();
    const bool wanted = std::any_of(endings.begin(), endings.end(),
                                    [&](const char* known) { return ending == known; });
    if (wanted) files.push_back(it->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Failure no_table(const fs::path& file) {
  return {kExitCouldNot, file.string() + " is no table of texts and numbers"};
}

// A line without anything is no row.
Outcome<Json> table_of_csv(const std::string& text, const fs::path& file) {
  const WorkbookReading reading = parse_csv_table(text, "");
  if (reading.problem) {
    return Failure{kExitCouldNot, import_problem_line(file.string(), *reading.problem)};
  }
  const std::vector<SheetRow>& rows = reading.workbook.sheets[0].rows;
  if (rows.empty()) return no_table(file);
  Json table = Json::object({{"columns", rows[0].cells}, {"rows", Json::array()}});
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].cells.size() > rows[0].cells.size()) return no_table(file);
    if (rows[i].cells != std::vector<std::string>{""}) table["rows"].push_back(rows[i].cells);
  }
  return table;
}

// An array of flat objects; a column is a member that any row has.
Outcome<Json> table_of_json(const std::string& text, const fs::path& file) {
  const Result<Json> parsed = parse_json(text);
  if (!parsed.ok()) return failure_of(parsed.error(), file.string());
  if (!parsed.value().is_array()) return no_table(file);
  std::vector<std::string> columns;
  for (const Json& row : parsed.value()) {
    if (!row.is_object()) return no_table(file);
    for (const auto& [column, cell] : row.items()) {
      if (cell.is_array() || cell.is_object()) return no_table(file);
      if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
        columns.push_back(column);
      }
    }
  }
  Json rows = Json::array();
  for (const Json& row : parsed.value()) {
    Json cells = Json::array();
    for (const std::string& column : columns) {
      const Json* cell = find_member(row, column);
      cells.push_back(cell == nullptr || cell->is_null() ? Json("") : *cell);
    }
    rows.push_back(std::move(cells));
  }
  return Json::object({{"columns", columns}, {"rows", std::move(rows)}});
}

// A data set with a member "rows_of" offers other columns of the same file.
void put_table(Json& datasets, const std::string& name, const Json& table) {
  std::vector<std::string> copies;
  if (datasets.is_object()) {
    for (const auto& [other, dataset] : datasets.items()) {
      if (member_text_or(dataset, "rows_of", "") == name) copies.emplace_back(other);
    }
  }
  datasets[name] = table;
  for (const std::string& copy : copies) {
    datasets[copy] = table;
    datasets[copy]["rows_of"] = name;
  }
}

}  // namespace

Outcome<std::string> form_with_datasets(const std::string& form_text, const std::string& folder) {
  const std::vector<fs::path> files = files_in(fs::path(folder) / "data", {".csv", ".json"});
  if (files.empty()) return form_text;
  Result<Json> form = parse_json(form_text);
  // What is wrong with the form is lint's to say.
  if (!form.ok() || !form.value().is_object()) return form_text;
  for (const fs::path& file : files) {
    Outcome<std::string> text = load_text(file.string());
    if (!text.ok()) return text.failure();
    Outcome<Json> table = file.extension() == ".csv" ? table_of_csv(text.value(), file)
                                                     : table_of_json(text.value(), file);
    if (!table.ok()) return table.failure();
    put_table(form.value()["datasets"], file.stem().string(), table.value());
  }
  Result<std::string> written = write_canonical_json(form.value());
  if (!written.ok()) return failure_of(written.error(), folder);
  return std::move(written).value();
}

Outcome<std::vector<MigrationSource>> load_migrations(const std::string& folder) {
  std::vector<MigrationSource> migrations;
  for (const fs::path& file : files_in(fs::path(folder) / "migrations", {".json"})) {
    MigrationSource source;
    const fs::path earlier = file.parent_path() / file.stem();
    for (const auto& [path, text] : {std::pair<fs::path, std::string*>{file, &source.migration},
                                     {earlier / "form.json", &source.form},
                                     {earlier / "documents.json", &source.documents}}) {
      if (path != file && !file_exists(path.string())) continue;
      Outcome<std::string> loaded = load_text(path.string());
      if (!loaded.ok()) return loaded.failure();
      *text = loaded.value();
    }
    migrations.push_back(std::move(source));
  }
  return migrations;
}

}  // namespace landfall
