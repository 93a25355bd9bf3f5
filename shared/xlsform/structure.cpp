#include "shared/xlsform/structure.h"

#include <algorithm>
#include <initializer_list>

#include "shared/form/limits.h"
#include "shared/form/names.h"
#include "shared/xlsform/cell_text.h"
#include "shared/xlsform/question_rows.h"
#include "shared/xlsform/references.h"

namespace landfall {
namespace {

std::string_view control_name(ControlKind control) {
  return control == ControlKind::group    ? "group"
         : control == ControlKind::repeat ? "repeat"
                                          : "loop";
}

class StructureReader {
 public:
  StructureReader(const FormSheets& sheets, const ChoiceLists& choices,
                  const ChoiceLists& external_choices, std::vector<ImportProblem>& problems)
      : sheets_(sheets),
        survey_(*sheets.survey),
        choices_(choices),
        external_choices_(external_choices),
        problems_(problems) {}

  Structure run() {
    structure_.containers.push_back({});
    names_.emplace_back();
    for (std::size_t i = 0; i < survey_.rows().size(); ++i) read_row(i);
    for (std::uint32_t open = open_; open != 0; open = structure_.containers[open].parent) {
      const Container& container = structure_.containers[open];
      report(survey_.rows()[container.row], "type", "unmatched_begin", container.name);
    }
    check_searched_lists();
    const bool asks =
        std::any_of(structure_.items.begin(), structure_.items.end(),
                    [](const SurveyItem& item) { return item.type.kind == RowKind::question; });
    if (!asks && problems_.empty()) {
      problems_.push_back({survey_.name(), survey_.header_row(), survey_.written("type"),
                           "no_questions", Severity::warning, ""});
    }
    return std::move(structure_);
  }

 private:
  struct Names {
    std::set<std::string> exact;
    std::set<std::string> lower;
  };

  void report(const TableRow& row, std::string_view column, std::string_view code,
              std::string_view detail = {}, Severity severity = Severity::error) {
    problems_.push_back({survey_.name(), row.number, survey_.written(column), std::string(code),
                         severity, std::string(detail)});
  }

  // A row that is switched off, or a remark without type, name and label.
  bool is_passed_over(const TableRow& row) {
    if (yes_or_no(survey_.cell(row, "disabled")) == true) {
      report(row, "disabled", "row_disabled", {}, Severity::warning);
      return true;
    }
    if (!survey_.cell(row, "type").empty()) return false;
    if (survey_.cell(row, "name").empty() && survey_.cell(row, "label").empty()) {
      report(row, "type", "row_without_type", {}, Severity::warning);
    } else {
      report(row, "type", "missing_type", survey_.cell(row, "name"));
    }
    return true;
  }

  void read_row(std::size_t place) {
    const TableRow& row = survey_.rows()[place];
    if (is_passed_over(row)) return;
    SurveyItem item;
    item.row = place;
    item.type = parse_type_name(survey_.cell(row, "type"));
    item.container = open_;
    if (item.type.kind == RowKind::end) return close(row, std::move(item));
    item.name = std::string(survey_.cell(row, "name"));
    if (item.name.empty() && item.type.name == "note") {
      item.name = "generated_note_name_" + std::to_string(row.number);
    }
    if (item.type.treatment == Treatment::audit) {
      if (!item.name.empty() && item.name != "audit") report(row, "name", "bad_name", item.name);
      item.name = "audit";
    }
    check_name(row, item);
    item.path = path_of(item);
    if (item.type.kind == RowKind::begin) return open(row, std::move(item));
    add_question(row, std::move(item));
  }

  [[nodiscard]] std::string path_of(const SurveyItem& item) const {
    std::string path = item.name;
    for (std::uint32_t at = item.container; at != 0; at = structure_.containers[at].parent) {
      path = structure_.containers[at].name + "/" + path;
    }
    return path;
  }

  void check_name(const TableRow& row, const SurveyItem& item) {
    // What ends something that nobody knows is told by its type, and needs no name.
    const bool is_end = item.type.kind == RowKind::unknown &&
                        lowered(survey_.cell(row, "type")).rfind("end", 0) == 0;
    if (item.name.empty() && is_end) return;
    if (item.name.empty()) return report(row, "name", "missing_name");
    if (const auto shown = shown_invisibles(item.name)) {
      return report(row, "name", "invisible_character", *shown);
    }
    if (!is_form_name(item.name)) return report(row, "name", "bad_name", item.name);
    if (item.name == "meta") return report(row, "name", "reserved_name", item.name);
    Names& names = names_[open_];
    if (!names.exact.insert(item.name).second) {
      report(row, "name", "duplicate_name", item.name);
    } else if (!names.lower.insert(lowered(item.name)).second) {
      report(row, "name", "similar_name", item.name, Severity::warning);
    }
  }

  void open(const TableRow& row, SurveyItem item) {
    if (item.type.control == ControlKind::repeat) check_repeat(row, item);
    if (!survey_.cell(row, "required").empty() &&
        yes_or_no(survey_.cell(row, "required")) != false) {
      report(row, "required", "required_group", item.name, Severity::warning);
    }
    report_unused(row, {"default", "constraint", "calculation", "choice_filter", "trigger"});
    if (item.type.control == ControlKind::group) report_unused(row, {"repeat_count"});
    const auto index = static_cast<std::uint32_t>(structure_.containers.size());
    Container container{item.type.control,
                        item.name,
                        open_,
                        structure_.containers[open_].repeat,
                        structure_.containers[open_].depth + 1,
                        item.row};
    if (item.type.control == ControlKind::repeat) container.repeat = index;
    structure_.containers.push_back(std::move(container));
    names_.emplace_back();
    structure_.by_name[item.name].push_back(structure_.items.size());
    structure_.items.push_back(std::move(item));
    table_list_.push_back(has_table_list(row) ? std::string("?") : std::string());
    open_ = index;
  }

  [[nodiscard]] bool has_table_list(const TableRow& row) const {
    const std::vector<std::string> words = words_of(survey_.cell(row, "appearance"));
    return std::find(words.begin(), words.end(), "table-list") != words.end();
  }

  void report_unused(const TableRow& row, std::initializer_list<std::string_view> columns) {
    for (const std::string_view column : columns) {
      const std::string_view cell = survey_.cell(row, column);
      if (!cell.empty()) report(row, column, "column_unused", cell, Severity::warning);
    }
  }

  // A number of instances that no form can have.
  void check_count(const TableRow& row, std::string_view count) {
    const std::optional<std::int64_t> number = whole_number(count);
    const auto most = static_cast<std::int64_t>(kMaxRepeatInstances);
    if (!number || (*number >= 0 && *number <= most)) return;
    report(row, "repeat_count", "repeat_count_limit", "0 – " + std::to_string(most),
           Severity::warning);
  }

  void check_repeat(const TableRow& row, const SurveyItem& item) {
    const std::string root = sheets_.settings.root.empty() ? "data" : sheets_.settings.root;
    if (item.name == root) report(row, "name", "reserved_name", item.name);
    if (!repeats_.insert(item.name).second) report(row, "name", "duplicate_repeat", item.name);
    const std::string_view count = survey_.cell(row, "repeat_count");
    const auto reference = reference_list(count);
    check_count(row, count);
    if (count.empty() || (reference && reference->size() == 1)) return;
    // XLSForm keeps a computed count in a question of this name.
    if (!names_[open_].exact.insert(item.name + "_count").second) {
      report(row, "repeat_count", "duplicate_name", item.name + "_count");
    }
  }

  void close(const TableRow& row, SurveyItem item) {
    check_save_to_of_end(row);
    report_unused(row, {"relevant", "required", "readonly", "default", "constraint", "calculation",
                        "choice_filter", "repeat_count", "trigger"});
    const Container& container = structure_.containers[open_];
    if (open_ == 0 || container.control != item.type.control) {
      report(row, "type", "unmatched_end", control_name(item.type.control));
      return;
    }
    open_ = container.parent;
    table_list_.pop_back();
    item.container = open_;
    structure_.items.push_back(std::move(item));
  }

  void check_save_to_of_end(const TableRow& row) {
    if (survey_.cell(row, "save_to").empty()) return;
    report(row, "save_to", "save_to_group", survey_.cell(row, "save_to"));
  }

  void add_question(const TableRow& row, SurveyItem item) {
    QuestionReport report_of_row(survey_, row, problems_);
    const bool in_repeat = structure_.containers[open_].repeat != 0;
    check_question(survey_, row, {sheets_, choices_, external_choices_, in_repeat}, item,
                   report_of_row);
    check_table_list(row, item);
    add_dataset(row, item);
    if (item.type.treatment == Treatment::dataset || item.type.treatment == Treatment::audit) {
      return;
    }
    structure_.by_name[item.name].push_back(structure_.items.size());
    structure_.items.push_back(std::move(item));
  }

  // All selects of a group with the appearance table-list share their list.
  void check_table_list(const TableRow& row, const SurveyItem& item) {
    const bool in_list = !table_list_.empty() && !table_list_.back().empty();
    if (!in_list || item.type.list.empty()) return;
    if (table_list_.back() == "?") {
      table_list_.back() = item.type.list;
      if (!survey_.cell(row, "choice_filter").empty()) {
        report(row, "choice_filter", "filter_in_table");
      }
    } else if (table_list_.back() != item.type.list) {
      report(row, "type", "table_lists_differ", item.type.list);
    }
  }

  // A list that names columns is no list of choices for another question.
  void check_searched_lists() {
    std::set<std::string> searched;
    for (const SurveyItem& item : structure_.items) searched.insert(item.search_list);
    for (const SurveyItem& item : structure_.items) {
      if (item.type.list.empty() || searched.find(item.type.list) == searched.end()) continue;
      report(survey_.rows()[item.row], "type", "searched_list", item.type.list);
    }
  }

  void add_dataset(const TableRow& row, const SurveyItem& item) {
    std::string file;
    if (item.type.treatment == Treatment::from_file) file = item.type.list;
    if (item.type.treatment == Treatment::dataset) {
      file = item.name + (item.type.xlsform == "csv-external" ? ".csv" : ".xml");
    }
    if (file.empty()) return;
    const std::string name = file.substr(0, file.rfind('.'));
    const auto [known, is_new] = structure_.datasets.emplace(name, file);
    const bool is_list = choices_.find(name) != choices_.end();
    if (is_list || (!is_new && known->second != file)) report(row, "type", "dataset_twice", name);
    if (is_new && file.size() > 8 && file.compare(file.size() - 8, 8, ".geojson") == 0) {
      report(row, "type", "unsupported_file", file);
    }
  }

  const FormSheets& sheets_;
  const Table& survey_;
  const ChoiceLists& choices_;
  const ChoiceLists& external_choices_;
  std::vector<ImportProblem>& problems_;
  Structure structure_;
  std::vector<Names> names_;             // of each container
  std::vector<std::string> table_list_;  // of each open group: its list, "?" before the first
  std::set<std::string> repeats_;
  std::uint32_t open_ = 0;
};

}  // namespace

Structure read_structure(const FormSheets& sheets, const ChoiceLists& choices,
                         const ChoiceLists& external_choices,
                         std::vector<ImportProblem>& problems) {
  return StructureReader(sheets, choices, external_choices, problems).run();
}

}  // namespace landfall
