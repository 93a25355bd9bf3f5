// landfall package import: makes a form package of a form that was written for other programs.

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>

#include "server/authoring/xlsx_reader.h"
#include "server/authoring/xml_reader.h"
#include "server/cli/command.h"
#include "server/cli/files.h"
#include "server/cli/import_folder.h"
#include "server/cli/import_report.h"
#include "server/cli/option_values.h"
#include "server/cli/xform_data.h"
#include "shared/codec/canonical_json.h"
#include "shared/form/names.h"
#include "shared/xform/import_xform.h"
#include "shared/xlsform/cell_text.h"
#include "shared/xlsform/csv.h"
#include "shared/xlsform/import_xlsform.h"
#include "shared/xlsform/markdown.h"

namespace landfall {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kName = "package import";

constexpr std::string_view kHelp =
    "usage: landfall package import FILE [-o DIR] [--form-id ID] [--language TAG]\n"
    "                               [--overwrite] [--json]\n"
    "\n"
    "Makes a form package of FILE and writes it into the folder DIR: form.json,\n"
    "documents.json, workflow.json, fees.json, and the texts of every language in\n"
    "DIR/i18n. FILE is an XLSForm, as an Excel workbook (.xlsx, .xlsm), CSV (.csv)\n"
    "or Markdown tables (.md), or an ODK XForm (.xml). Data files that the form asks\n"
    "for (cities.csv, and of an XForm also cities.xml) are read from beside FILE.\n"
    "\n"
    "DIR is new, empty, or holds the package of an earlier import of the same form: that\n"
    "is replaced, and the texts of languages that the form has no more are removed. Kept\n"
    "are migrations/ and data files that the form asks for and FILE does not have beside\n"
    "it, and a fees.json or workflow.json that somebody wrote in, which is told. A folder\n"
    "that holds anything else, or a documents.json changed by hand, is refused, and nothing\n"
    "in it changed.\n"
    "\n"
    "Prints a line for each problem with its sheet, row and column; in an XForm, the\n"
    "line of the file and the element. An error means that the form is refused and\n"
    "nothing is written; a warning says what is different here.\n"
    "\n"
    "options:\n"
    "  -o, --output DIR  the folder to write into; without it the form is only checked\n"
    "  --form-id ID      the package's id, of ASCII letters, digits, _ and - (default: the form's\n"
    "                    own, or the file's name)\n"
    "  --language TAG    the language of texts that name none, zh-TW for example (default: en)\n"
    "  --overwrite       replace documents.json, fees.json and workflow.json whoever changed them\n"
    "  --json            print {accepted, form_id, problems} instead\n"
    "\n"
    "exit codes: 0 imported, 1 refused, 2 wrong usage, 3 could not read or write\n"
    "example: landfall package import household.xlsx -o packages/household\n";

constexpr std::array kOptions = {
    OptionRule{"output", 'o', Takes::one_value}, OptionRule{"form-id", 0, Takes::one_value},
    OptionRule{"language", 0, Takes::one_value}, OptionRule{"json", 0, Takes::nothing},
    OptionRule{"overwrite", 0, Takes::nothing}};

Import refused(ImportProblem problem) {
  Import import;
  import.problems.push_back(std::move(problem));
  return import;
}

Import import_workbook(WorkbookReading reading, const ImportOptions& options) {
  if (reading.problem) return refused(std::move(*reading.problem));
  return import_xlsform(reading.workbook, options);
}

// An element of an XForm is told where an XForm is read: sheet "xform", the line of the file, the
// element, its path and what is at fault.
ImportProblem problem_of(const XFormProblem& problem) {
  const std::string place = problem.where.empty() ? problem.element : problem.where;
  std::string detail = place;
  if (!problem.detail.empty()) detail += ": " + problem.detail;
  return {"xform",
          problem.line,
          problem.element,
          problem.code,
          problem.refuses ? Severity::error : Severity::warning,
          detail};
}

Json json_of_source(const std::string& source) {
  Result<Json> json = parse_json(source);
  return json.ok() ? std::move(json).value() : Json::object();
}

Outcome<Import> import_document(XmlReading reading, const std::string& path,
                                const ImportOptions& options) {
  if (reading.problem) {
    return refused({"xform", reading.line, "", *reading.problem, Severity::error, reading.detail});
  }
  Import unread;
  if (Outcome<Done> filled = fill_instances(reading.root, path, unread.problems); !filled.ok()) {
    return filled.failure();
  }
  if (!unread.problems.empty()) return unread;
  const XFormImport read = import_xform(reading.root, {options.language, options.form_id});
  Import import;
  for (const XFormProblem& problem : read.problems) {
    import.problems.push_back(problem_of(problem));
  }
  std::stable_sort(import.problems.begin(), import.problems.end(),
                   [](const ImportProblem& a, const ImportProblem& b) { return a.row < b.row; });
  if (!read.is_usable()) return import;
  import.package.form = json_of_source(read.sources.form);
  import.package.documents = json_of_source(read.sources.documents);
  import.package.workflow = json_of_source(read.sources.workflow);
  import.package.fees = json_of_source(read.sources.fees);
  for (const LocaleSource& locale : read.sources.locales) {
    import.package.texts[locale.locale] = json_of_source(locale.form_texts);
  }
  if (const Json* settings = find_member(import.package.form, "settings")) {
    import.package.form_id = std::string(member_text_or(*settings, "form_id", ""));
  }
  return import;
}

// Reads the file as its ending says.
Outcome<Import> import_file(const std::string& path, const ImportOptions& options) {
  const std::string ending = lowered(fs::path(path).extension().string());
  if (ending == ".xlsx" || ending == ".xlsm") {
    Outcome<Bytes> bytes = load_file(path, kMaxXlsxBytes);
    if (!bytes.ok()) return bytes.failure();
    return import_workbook(read_xlsx(bytes.value()), options);
  }
  if (ending == ".xml") {
    Outcome<Bytes> bytes = load_file(path, kMaxXmlBytes);
    if (!bytes.ok()) return bytes.failure();
    return import_document(read_xml(bytes.value()), path, options);
  }
  if (ending != ".csv" && ending != ".md") {
    return Failure{kExitUsage,
                   path + ": not a form that can be imported (.xlsx, .xlsm, .csv, .md, .xml)"};
  }
  Outcome<std::string> text = load_text(path);
  if (!text.ok()) return text.failure();
  return import_workbook(
      ending == ".csv" ? parse_csv_workbook(text.value()) : parse_markdown_workbook(text.value()),
      options);
}

bool is_blank(const std::string& cell) { return trimmed_cell(cell).empty(); }

// The column whose cells are the choices of a select from the data set; empty where none asks.
std::string choice_column(const Json& form, const std::string& dataset) {
  const Json* survey = find_member(form, "survey");
  for (const Json& row : *survey) {
    const std::string type(member_text_or(row, "type", ""));
    const std::size_t file = type.find("_from_file ");
    if (file == std::string::npos || fs::path(type.substr(file + 11)).stem() != dataset) continue;
    const Json* parameters = find_member(row, "parameters");
    return std::string(parameters == nullptr ? "name"
                                             : member_text_or(*parameters, "value", "name"));
  }
  return {};
}

// Cells of a data file that are lost, or choices that nobody can choose: told at the first row.
void check_data_rows(const std::string& name, const std::vector<SheetRow>& rows,
                     const std::string& choices, std::vector<ImportProblem>& problems) {
  const std::vector<std::string>& header = rows[0].cells;
  const auto column = static_cast<std::size_t>(
      std::find_if(header.begin(), header.end(),
                   [&](const std::string& cell) { return trimmed_cell(cell) == choices; }) -
      header.begin());
  bool told_long = false;
  bool told_nameless = choices.empty() || column == header.size();
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::vector<std::string>& cells = rows[i].cells;
    if (is_blank_row(cells)) continue;
    if (!told_long && cells.size() > header.size() && !is_blank(cells[header.size()])) {
      told_long = true;
      problems.push_back({name, rows[i].number, column_letters(header.size()),
                          "cell_without_heading", Severity::warning, cells[header.size()]});
    }
    if (!told_nameless && (column >= cells.size() || is_blank(cells[column]))) {
      told_nameless = true;
      problems.push_back({name, rows[i].number, choices, "missing_name", Severity::warning, ""});
    }
  }
}

// Puts the rows of the data file `name` into the form.
void fill_dataset(Json& dataset, const std::string& name, const std::vector<SheetRow>& rows,
                  std::vector<ImportProblem>& problems) {
  Json columns = Json::array();
  for (const std::string& cell : rows[0].cells) columns.push_back(std::string(trimmed_cell(cell)));
  for (const Json& wanted : dataset["columns"]) {
    if (std::find(columns.begin(), columns.end(), wanted) == columns.end()) {
      const std::string column(text_value(wanted));
      problems.push_back({name, rows[0].number, column, "missing_column", Severity::error, column});
    }
  }
  Json lines = Json::array();
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::vector<std::string>& cells = rows[i].cells;
    if (is_blank_row(cells)) continue;
    Json line = Json::array();
    for (std::size_t c = 0; c < columns.size(); ++c) {
      line.push_back(c < cells.size() ? cells[c] : std::string());
    }
    lines.push_back(std::move(line));
  }
  dataset["columns"] = std::move(columns);
  dataset["rows"] = std::move(lines);
}

// Puts the rows into the data set of that file, and into those that offer other columns of it.
void fill_datasets(Json& form, const std::string& dataset, const std::string& name,
                   const std::vector<SheetRow>& rows, std::vector<ImportProblem>& problems) {
  std::vector<std::string> filled{dataset};
  for (const auto& [other, table] : form["datasets"].items()) {
    if (member_text_or(table, "rows_of", "") == dataset) filled.emplace_back(other);
  }
  for (const std::string& one : filled) {
    check_data_rows(name, rows, choice_column(form, one), problems);
    fill_dataset(form["datasets"][one], name, rows, problems);
  }
}

// Takes the data files that lie beside the form; says which do not.
Outcome<Done> add_data_files(const std::string& path, ImportedPackage& package,
                             std::vector<ImportProblem>& problems) {
  for (const std::string& name : package.files_wanted) {
    const fs::path file = fs::path(path).parent_path() / name;
    const bool is_plain = fs::path(name).filename() == name && file.extension() == ".csv";
    if (!is_plain || !file_exists(file.string())) {
      const fs::path xml = fs::path(file).replace_extension(".xml");
      const bool is_xml = is_plain && file_exists(xml.string());
      problems.push_back({is_xml ? xml.filename().string() : name, 0, "",
                          is_xml ? "xml_rows" : "file_wanted", Severity::warning, name});
      continue;
    }
    Outcome<std::string> text = load_text(file.string());
    if (!text.ok()) return text.failure();
    WorkbookReading reading = parse_csv_table(text.value(), name);
    if (reading.problem) {
      reading.problem->sheet = name;
      problems.push_back(*reading.problem);
    } else if (!reading.workbook.sheets[0].rows.empty()) {
      fill_datasets(package.form, file.stem().string(), name, reading.workbook.sheets[0].rows,
                    problems);
    }
  }
  return Done{};
}

void print_json(const Import& import) {
  Json problems = Json::array();
  for (const ImportProblem& problem : import.problems) {
    problems.push_back(import_problem_json(problem));
  }
  const Json all = {{"accepted", import.accepted()},
                    {"form_id", import.package.form_id},
                    {"problems", std::move(problems)}};
  const Result<std::string> text = write_canonical_json(all);
  if (text.ok()) std::printf("%s\n", text.value().c_str());
}

void print_lines(const std::string& path, const Import& import) {
  for (const ImportProblem& problem : import.problems) {
    std::printf("%s\n", import_problem_line(path, problem).c_str());
  }
}

ExitCode run(const Options& options) {
  const std::string path = options.operand(0);
  ImportOptions wanted;
  wanted.form_id = options.value("form-id");
  wanted.fallback_id = fs::path(path).stem().string();
  if (options.has("form-id") && fit_form_id(wanted.form_id) != wanted.form_id) {
    return report(kName, {kExitUsage, "--form-id wants ASCII letters, digits, _ and -, not: " +
                                          wanted.form_id});
  }
  Outcome<std::string> language = language_option(options, "language", "en");
  if (!language.ok()) return report(kName, language.failure());
  wanted.language = language.value();
  Outcome<Done> data = Done{};
  wanted.add_data = [&](ImportedPackage& package, std::vector<ImportProblem>& problems) {
    data = add_data_files(path, package, problems);
  };
  Outcome<Import> read = import_file(path, wanted);
  if (!read.ok()) return report(kName, read.failure());
  if (!data.ok()) return report(kName, data.failure());
  const Import& import = read.value();
  if (options.has("json")) {
    print_json(import);
  } else {
    print_lines(path, import);
  }
  if (!import.accepted()) return kExitNo;
  if (!options.has("output")) return kExitYes;
  const HandEdits edits = options.has("overwrite") ? HandEdits::replaced : HandEdits::kept;
  Outcome<std::vector<std::string>> written =
      write_imported_package(import.package, options.value("output"), edits);
  if (!written.ok()) return report(kName, written.failure());
  for (const std::string& kept : written.value()) {
    std::fprintf(stderr, "landfall package import: %s: kept as it is; --overwrite replaces it\n",
                 kept.c_str());
  }
  return kExitYes;
}

}  // namespace

const Command kPackageImportCommand = {
    kName, "make a package of an XLSForm", kHelp, {kOptions, 1, 1}, run,
};

}  // namespace landfall
