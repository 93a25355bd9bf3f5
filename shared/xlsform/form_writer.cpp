#include "shared/xlsform/form_writer.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "shared/form/acknowledgement.h"
#include "shared/form/names.h"
#include "shared/form/package_words.h"
#include "shared/form/upload_rule.h"
#include "shared/xlsform/cell_text.h"
#include "shared/xlsform/default_value.h"
#include "shared/xlsform/references.h"
#include "shared/xlsform/text_catalog.h"

namespace landfall {
namespace {

constexpr std::array<std::string_view, 5> kTexts = {"label", "hint", "guidance_hint",
                                                    "constraint_message", "required_message"};
constexpr std::array<std::string_view, 7> kExpressions = {
    "relevant", "required", "readonly", "constraint", "calculation", "choice_filter", "trigger"};

// Columns that are written by themselves, or are spent on reading.
bool is_consumed(std::string_view name) {
  for (const std::string_view known : {"type", "name", "default", "parameters", "repeat_count",
                                       "disabled", "list_name", "media", "appearance"}) {
    if (known == name) return true;
  }
  return is_text_column(name) ||
         std::find(kExpressions.begin(), kExpressions.end(), name) != kExpressions.end();
}

std::string with_dots(std::string path) {
  std::replace(path.begin(), path.end(), '/', '.');
  return path;
}

class FormWriter {
 public:
  FormWriter(const FormSheets& sheets, const Structure& structure, const ChoiceLists& choices,
             const ImportOptions& options, std::vector<ImportProblem>& problems)
      : sheets_(sheets),
        structure_(structure),
        choices_(choices),
        options_(options),
        problems_(problems),
        texts_(options.language, sheets.settings.default_language) {}

  WrittenForm run(const ChoiceLists& external_choices) {
    texts_.add_languages(*sheets_.survey, problems_);
    if (sheets_.choices) texts_.add_languages(*sheets_.choices, problems_);
    Json rows = Json::array();
    if (sheets_.choices) write_choices(*sheets_.choices, choices_, "", rows);
    if (sheets_.external_choices) {
      write_choices(*sheets_.external_choices, external_choices, "external.", rows);
    }
    Json survey = Json::array();
    for (const SurveyItem& item : structure_.items) {
      survey.push_back(row_of(item));
      written_.survey_rows.push_back(sheets_.survey->rows()[item.row].number);
    }
    if (!acknowledgement_list_.empty()) rows.push_back(acknowledged_choice());
    add_named_datasets();
    Json form = Json::object();
    form["settings"] = settings();
    form["survey"] = std::move(survey);
    form["choices"] = std::move(rows);
    if (!datasets_.empty()) form["datasets"] = datasets_;
    finish(std::move(form));
    return std::move(written_);
  }

 private:
  void warn(const Table& table, std::uint32_t row, std::string_view column, std::string_view code,
            std::string_view detail) {
    problems_.push_back({table.name(), row, table.written(column), std::string(code),
                         Severity::warning, std::string(detail)});
  }

  void finish(Json form) {
    ImportedPackage& package = written_.package;
    package.form = std::move(form);
    package.documents = {{"rules", rules_}, {"slots", slots_}};
    if (!slots_.empty()) package.documents["case"] = {{"max_bytes", 30000000}, {"max_files", 60}};
    package.workflow = Json::object();
    package.fees = {{"currency", "TWD"}, {"rows", Json::array()}};
    package.texts = texts_.texts();
    texts_.report_missing(problems_);
  }

  std::string form_id() {
    std::string id = options_.form_id;
    if (id.empty()) id = sheets_.settings.form_id;
    if (id.empty()) id = options_.fallback_id;
    const std::string fit = fit_form_id(id);
    if (fit != id && sheets_.setting_rows && !sheets_.settings.form_id.empty()) {
      warn(*sheets_.setting_rows, sheets_.settings.row, "form_id", "form_id_changed", fit);
    }
    return fit;
  }

  Json settings() {
    const FormSettings& given = sheets_.settings;
    written_.package.form_id = form_id();
    Json settings = Json::object();
    settings["form_id"] = written_.package.form_id;
    settings["version"] = given.version.empty() ? "1" : given.version;
    const std::string& title = given.title.empty() ? written_.package.form_id : given.title;
    settings["default_language"] = texts_.default_locale();
    settings["title"] = texts_.add_text(title, "form.title");
    if (given.allow_choice_duplicates) settings["allow_choice_duplicates"] = "yes";
    if (!given.instance_name.empty()) {
      settings["instance_name"] = as_package_expression(given.instance_name, given.root);
    }
    return settings;
  }

  Json row_of(const SurveyItem& item) {
    if (item.type.kind == RowKind::end) return {{"type", "end_" + item.type.name}};
    const Table& survey = *sheets_.survey;
    const TableRow& row = survey.rows()[item.row];
    Json made = Json::object();
    made["type"] = type_of(item);
    made["name"] = item.name;
    QuotedAnswers quoted;
    for (const std::string_view name : kTexts) {
      const std::string key = texts_.add(
          survey, row, name, with_dots(item.path) + "." + std::string(name), quoted, problems_);
      if (!key.empty()) made[std::string(name)] = key;
    }
    write_outputs(item, std::move(quoted), made);
    for (const std::string_view name : kExpressions) {
      if (item.type.kind == RowKind::begin && name == "required") continue;
      write_expression(item, row, name, made);
    }
    std::string appearance(survey.cell(row, "appearance"));
    if (item.search) {
      appearance = item.search->rest;
      if (!item.search->filter.empty()) made["choice_filter"] = item.search->filter;
    }
    if (is_acknowledgement(item)) appearance = acknowledgement_appearance(appearance);
    if (!appearance.empty()) made["appearance"] = appearance;
    const std::string count(survey.cell(row, "repeat_count"));
    write_default(item, row, made);
    write_parameters(item, made);
    if (item.type.control == ControlKind::repeat) {
      // As its XForm does, which holds each repeat once beside its template.
      if (count.empty()) {
        made["parameters"]["begin"] = 1;
      } else {
        made["repeat_count"] = as_package_expression(count, sheets_.settings.root);
      }
    }
    write_rest(item, row, made);
    return made;
  }

  std::string type_of(const SurveyItem& item) {
    const TypeName& type = item.type;
    if (type.kind == RowKind::begin) return "begin_" + type.name;
    if (calculates_unseen(item)) return "calculate";
    if (is_acknowledgement(item)) return "select_one " + acknowledgement_list();
    const std::string looked_up = looked_up_list(item);
    if (!looked_up.empty()) return "select_one " + looked_up;
    switch (type.treatment) {
      case Treatment::select:
        if (type.or_other) texts_.add_other_texts();
        return type.name + " " + type.list + (type.or_other ? " or_other" : "");
      case Treatment::external:
        return type.name + " external." + type.list;
      case Treatment::from_file:
        return type.name + "_from_file " + add_dataset(item);
      case Treatment::upload:
        add_slot(item);
        return type.name;
      default:
        return type.name;
    }
  }

  // A question with a calculation and nothing to show is one for expressions only.
  [[nodiscard]] bool calculates_unseen(const SurveyItem& item) const {
    const TableRow& row = sheets_.survey->rows()[item.row];
    return item.type.kind == RowKind::question && !item.is_shown && item.type.has_control &&
           !sheets_.survey->cell(row, "calculation").empty();
  }

  // The list of a text that is calculated as the words of a choice of that list: it is the choice,
  // of which the portal shows the words in the person's language.
  [[nodiscard]] std::string looked_up_list(const SurveyItem& item) const {
    if (item.type.kind != RowKind::question || item.type.name != "text") return {};
    const TableRow& row = sheets_.survey->rows()[item.row];
    const auto list = list_of_choice_text(sheets_.survey->cell(row, "calculation"));
    return list && choices_.find(*list) != choices_.end() ? *list : std::string();
  }

  [[nodiscard]] bool is_acknowledgement(const SurveyItem& item) const {
    return item.type.kind == RowKind::question && item.type.name == "acknowledge" &&
           !calculates_unseen(item);
  }

  // The one list of all acknowledgements, under a name that no list of the author's has.
  const std::string& acknowledgement_list() {
    const std::string wanted(kAcknowledgementList);
    const auto is_taken = [this](const std::string& name) {
      return choices_.find(name) != choices_.end() ||
             structure_.datasets.find(name) != structure_.datasets.end();
    };
    if (acknowledgement_list_.empty()) acknowledgement_list_ = wanted;
    for (int i = 2; is_taken(acknowledgement_list_); ++i) {
      acknowledgement_list_ = wanted + "." + std::to_string(i);
    }
    return acknowledgement_list_;
  }

  Json acknowledged_choice() {
    const std::string key = texts_.add_text(kAcknowledgedChoice, "choice." + acknowledgement_list_);
    return {{"list_name", acknowledgement_list_}, {"name", kAcknowledgedChoice}, {"label", key}};
  }

  // What the arguments of the row's texts stand for, and of the choices that it offers.
  void write_outputs(const SurveyItem& item, QuotedAnswers quoted, Json& made) {
    const bool is_external = item.type.treatment == Treatment::external;
    const auto offered = quoted_by_list_.find((is_external ? "external." : "") + item.type.list);
    if (item.type.kind == RowKind::question && offered != quoted_by_list_.end()) {
      quoted.insert(offered->second.begin(), offered->second.end());
    }
    if (quoted.empty()) return;
    Json outputs = Json::object();
    for (const auto& [argument, name] : quoted) {
      outputs[argument] = as_package_expression("${" + name + "}", sheets_.settings.root);
    }
    made["outputs"] = std::move(outputs);
  }

  void write_expression(const SurveyItem& item, const TableRow& row, std::string_view name,
                        Json& made) {
    const std::string_view cell = sheets_.survey->cell(row, name);
    if (cell.empty()) return;
    if (name == "trigger") {
      made["trigger"] = std::string(cell);
      return;
    }
    const std::optional<bool> fixed = yes_or_no(cell);
    if (fixed && name != "choice_filter") {
      made[std::string(name)] = *fixed ? "true()" : "false()";
      return;
    }
    std::string expression(cell);
    if (name == "calculation" && !looked_up_list(item).empty()) {
      expression.replace(expression.rfind("itextId"), 7, "name");
      warn(*sheets_.survey, row.number, name, "text_by_key", "");
    }
    made[std::string(name)] = as_package_expression(expression, sheets_.settings.root);
  }

  void write_default(const SurveyItem& item, const TableRow& row, Json& made) {
    if (item.type.treatment == Treatment::uncollected) {
      if (item.type.xlsform == "today") made["default"] = "today()";
      if (item.type.xlsform == "start") made["default"] = "now()";
      return;
    }
    const std::string_view cell = sheets_.survey->cell(row, "default");
    const bool takes_none =
        item.type.treatment == Treatment::upload || item.type.kind != RowKind::question;
    if (cell.empty() || takes_none) return;
    made["default"] = is_dynamic_default(cell) ? as_package_expression(cell, sheets_.settings.root)
                                               : xpath_literal(cell);
  }

  void write_parameters(const SurveyItem& item, Json& made) {
    Json parameters = Json::object();
    for (const auto& [key, value] : item.parameters) {
      const auto number = whole_number(value);
      if (item.type.name == "range" && number) {
        parameters[key] = *number;
      } else {
        parameters[key] = value;
      }
    }
    if (item.type.treatment == Treatment::upload) parameters["slot"] = slot_by_path_[item.path];
    if (!parameters.empty()) made["parameters"] = std::move(parameters);
  }

  // What the engine has no use for is carried as it is written.
  void write_rest(const SurveyItem& item, const TableRow& row, Json& made) {
    const Table& survey = *sheets_.survey;
    for (std::size_t i = 0; i < survey.columns().size(); ++i) {
      const Column& column = survey.columns()[i];
      if (is_consumed(column.name) || row.cells[i].empty()) continue;
      if (!column.is_known && is_own_survey_word(column.name)) continue;
      const std::string member =
          column.language.empty() ? column.name : column.name + "::" + column.language;
      if (made.find(member) == nullptr) made[member] = row.cells[i];
    }
    const bool is_question = item.type.kind == RowKind::question;
    if (is_question && (item.type.xlsform != item.type.name || is_acknowledgement(item) ||
                        !looked_up_list(item).empty())) {
      made["xlsform_type"] = item.type.xlsform;
    }
  }

  // Data files that only rows or expressions name.
  void add_named_datasets() {
    for (const auto& [name, file] : structure_.datasets) {
      (void)file;
      if (datasets_.find(name) == nullptr) want_dataset(name, {"name", "label"});
    }
    const Table& survey = *sheets_.survey;
    for (const SurveyItem& item : structure_.items) {
      for (const std::string& cell : survey.rows()[item.row].cells) {
        for (const std::vector<std::string>& call : calls_of(cell, "pulldata")) {
          add_pulled(call);
        }
      }
    }
  }

  void add_pulled(const std::vector<std::string>& call) {
    const auto name = call.empty() ? std::nullopt : quoted_text(call[0]);
    const bool is_list = name && choices_.find(*name) != choices_.end();
    if (!name || !is_form_name(*name) || is_list) return;
    std::vector<std::string> columns;
    for (std::size_t i = 1; i < call.size() && i < 3; ++i) {
      if (const auto column = quoted_text(call[i])) columns.push_back(*column);
    }
    want_dataset(*name, columns.empty() ? std::vector<std::string>{"name"} : columns);
  }

  // The file whose rows the question chooses from. A data set has one column of choices and one of
  // labels: where a second question wants others, it gets the same rows under another name.
  std::string add_dataset(const SurveyItem& item) {
    const std::size_t dot = std::min(item.type.list.rfind('.'), item.type.list.size());
    const std::string file = item.type.list.substr(0, dot);
    std::vector<std::string> columns{"name", "label"};
    if (const std::string* value = find_parameter(item.parameters, "value")) columns[0] = *value;
    if (const std::string* label = find_parameter(item.parameters, "label")) columns[1] = *label;
    std::map<std::vector<std::string>, std::string>& offers = offers_[file];
    std::string& name = offers[columns];
    if (name.empty() && offers.size() == 1) name = file;
    if (name.empty()) {
      name = unused_dataset_name(file);
      datasets_[name] = {{"columns", columns}, {"rows", Json::array()}, {"rows_of", file}};
    }
    if (name == file) want_dataset(file, columns);
    return name + item.type.list.substr(dot);
  }

  [[nodiscard]] std::string unused_dataset_name(const std::string& file) const {
    for (int i = 2;; ++i) {
      const std::string name = file + "." + std::to_string(i);
      const bool is_file = std::any_of(
          structure_.items.begin(), structure_.items.end(), [&](const SurveyItem& other) {
            return other.type.list.substr(0, other.type.list.rfind('.')) == name;
          });
      const bool is_taken = is_file || datasets_.find(name) != nullptr ||
                            choices_.find(name) != choices_.end() ||
                            structure_.datasets.find(name) != structure_.datasets.end();
      if (!is_taken) return name;
    }
  }

  void want_dataset(const std::string& name, const std::vector<std::string>& columns) {
    Json& dataset = datasets_[name];
    if (dataset.is_null()) {
      dataset = {{"columns", Json::array()}, {"rows", Json::array()}};
      written_.package.files_wanted.push_back(name + ".csv");
    }
    for (const std::string& column : columns) {
      const auto same = [&](const Json& known) { return text_value(known) == column; };
      Json& known = dataset["columns"];
      if (std::none_of(known.begin(), known.end(), same)) known.push_back(column);
    }
  }

  void add_slot(const SurveyItem& item) {
    const std::string& kind = item.type.xlsform;
    if (rules_.find(kind) == nullptr) rules_[kind] = upload_rule(kind);
    // "a.b" may be a question, or the question b of the group a.
    std::string slot = with_dots(item.path);
    for (int i = 2; slots_.find(slot) != nullptr; ++i) {
      slot = with_dots(item.path) + "." + std::to_string(i);
    }
    slots_[slot] = {{"rule", kind}, {"min_files", 1}, {"max_files", 1}};
    slot_by_path_[item.path] = slot;
  }

  void write_choices(const Table& table, const ChoiceLists& lists, const std::string& prefix,
                     Json& rows) {
    for (const auto& [list, places] : lists) {
      for (const std::size_t place : places) {
        const TableRow& row = table.rows()[place];
        rows.push_back(choice_of(table, row, prefix + list));
        written_.choice_rows.emplace_back(table.name(), row.number);
      }
    }
  }

  Json choice_of(const Table& table, const TableRow& row, const std::string& list) {
    Json made = Json::object();
    made["list_name"] = list;
    made["name"] = std::string(table.cell(row, "name"));
    const std::string key = texts_.add(
        table, row, "label", "choice." + list + "." + std::string(table.cell(row, "name")),
        quoted_by_list_[list], problems_);
    if (!key.empty()) made["label"] = key;
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
      const Column& column = table.columns()[i];
      const bool is_own =
          column.name == "list_name" || column.name == "name" || column.name == "label";
      if (is_own || row.cells[i].empty() || !is_choice_column(column.name)) continue;
      made[column.language.empty() ? column.name : column.name + "::" + column.language] =
          row.cells[i];
    }
    return made;
  }

  const FormSheets& sheets_;
  const Structure& structure_;
  const ChoiceLists& choices_;
  const ImportOptions& options_;
  std::vector<ImportProblem>& problems_;
  TextCatalog texts_;
  WrittenForm written_;
  std::string acknowledgement_list_;                     // empty while nothing asks for it
  std::map<std::string, QuotedAnswers> quoted_by_list_;  // by the labels of its choices
  Json datasets_ = Json::object();
  // By data file: the columns that questions choose from → the data set that offers them.
  std::map<std::string, std::map<std::vector<std::string>, std::string>> offers_;
  Json rules_ = Json::object();
  Json slots_ = Json::object();
  std::map<std::string, std::string> slot_by_path_;
};

}  // namespace

WrittenForm write_form(const FormSheets& sheets, const Structure& structure,
                       const ChoiceLists& choices, const ChoiceLists& external_choices,
                       const ImportOptions& options, std::vector<ImportProblem>& problems) {
  return FormWriter(sheets, structure, choices, options, problems).run(external_choices);
}

}  // namespace landfall
