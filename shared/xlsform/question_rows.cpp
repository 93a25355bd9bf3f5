#include "shared/xlsform/question_rows.h"

#include <algorithm>

#include "shared/form/names.h"
#include "shared/form/question_types.h"
#include "shared/xlsform/cell_text.h"
#include "shared/xlsform/default_value.h"
#include "shared/xlsform/references.h"

namespace landfall {
namespace {

bool is_select(const TypeName& type) {
  return type.treatment == Treatment::select || type.treatment == Treatment::from_file ||
         type.treatment == Treatment::external;
}

bool is_data_file(std::string_view name) {
  const std::string lower = lowered(name);
  for (const std::string_view ending : {".csv", ".xml", ".geojson"}) {
    if (lower.size() > ending.size() &&
        lower.compare(lower.size() - ending.size(), ending.size(), ending) == 0) {
      return true;
    }
  }
  return false;
}

// KoboToolbox's rows for rankings, ratings and matrices, which its own builder writes out.
bool is_of_kobo(std::string_view type) {
  const std::vector<std::string> words = words_of(lowered(type));
  if (words.empty()) return false;
  std::string first = words[0] == "begin" || words[0] == "end" ? "" : words[0];
  if (first.empty() && words.size() > 1) first = words[1];
  for (const std::string_view prefix : {"begin_", "end_"}) {
    if (first.rfind(prefix, 0) == 0) first.erase(0, prefix.size());
  }
  for (const std::string_view known : {"score", "rank", "kobomatrix"}) {
    if (first == known || first == std::string(known) + "__row" ||
        first == std::string(known) + "__level") {
      return true;
    }
  }
  return false;
}

class QuestionChecker {
 public:
  QuestionChecker(const Table& survey, const TableRow& row, const QuestionPlace& place,
                  SurveyItem& item, QuestionReport& report)
      : survey_(survey), row_(row), place_(place), item_(item), report_(report) {}

  void run() {
    if (item_.type.kind == RowKind::unknown) {
      report_.error("type", is_of_kobo(cell("type")) ? "kobo_type" : "unknown_type", cell("type"));
      return;
    }
    // XLSForm's "email" is read from the device; one with a label is a question of ours.
    if (item_.type.xlsform == "email" && has_text("label")) make_plain("email");
    read_parameters();
    if (is_select(item_.type)) check_select();
    check_treatment();
    check_calculation();
    check_trigger();
    check_switches();
    check_external_app();
    check_label();
  }

 private:
  [[nodiscard]] std::string_view cell(std::string_view column) const {
    return survey_.cell(row_, column);
  }
  [[nodiscard]] bool has_text(std::string_view column) const { return !cell(column).empty(); }

  [[nodiscard]] bool has_media() const {
    return has_text("media") || has_text("media::image") || has_text("media::audio") ||
           has_text("media::video") || has_text("media::big-image");
  }

  void make_plain(std::string_view name) {
    item_.type.name = std::string(name);
    item_.type.treatment = Treatment::plain;
    item_.type.has_control = true;
  }

  void read_parameters() {
    std::optional<ParameterPairs> pairs = parse_parameters(cell("parameters"));
    if (!pairs) {
      report_.error("parameters", "parameter_malformed", cell("parameters"));
      return;
    }
    item_.parameters = std::move(*pairs);
    const std::string_view appearance = cell("appearance");
    if (const auto problem = check_parameters(item_.type, item_.parameters, appearance)) {
      report_.error("parameters", problem->code, problem->detail);
      return;
    }
    const std::string* order = find_parameter(item_.parameters, "randomize");
    if (order != nullptr && lowered(*order) == "true")
      report_.warning("parameters", "choices_in_order");
    const std::string* labels = find_parameter(item_.parameters, "tick_labelset");
    if (labels == nullptr || item_.type.xlsform != "range") return;
    const auto list = place_.choices.find(*labels);
    if (list == place_.choices.end()) {
      report_.error("parameters", "unknown_list", *labels);
      return;
    }
    std::vector<std::string> names;
    for (const std::size_t choice : list->second) {
      names.emplace_back(
          place_.sheets.choices->cell(place_.sheets.choices->rows()[choice], "name"));
    }
    if (const auto problem = check_tick_labels(item_.parameters, names, appearance)) {
      report_.error("parameters", problem->code, problem->detail);
    }
  }

  void check_select() {
    const TypeName& type = item_.type;
    if (find_cell_references(type.list).found.size() == 1) {
      report_.error("type", "unsupported_choices", type.list);
      return;
    }
    if (!calls_of(cell("appearance"), "search").empty()) return read_search();
    if ((type.treatment == Treatment::from_file) != is_data_file(type.list)) {
      if (type.treatment == Treatment::from_file || !knows_list()) {
        report_.error("type", "bad_extension", type.list);
        return;
      }
    }
    if (type.treatment == Treatment::from_file) return;
    if (type.treatment == Treatment::external && !place_.sheets.external_choices) {
      report_.error("type", "missing_sheet", "external_choices");
      return;
    }
    if (!knows_list()) {
      report_.error("type", "unknown_list", type.list);
      return;
    }
    if (type.or_other && has_text("choice_filter")) {
      report_.error("choice_filter", "filter_with_other");
    }
    if (type.name != "select_one") check_choice_names();
  }

  // The list's one choice names the columns of the data file that hold choice and label.
  void read_search() {
    item_.search = parse_search_appearance(cell("appearance"));
    const auto list = place_.choices.find(item_.type.list);
    const bool has_columns = list != place_.choices.end() && list->second.size() == 1;
    if (!item_.search || !has_columns || item_.type.or_other || has_text("choice_filter")) {
      report_.error("appearance", "unsupported_search", cell("appearance"));
      return;
    }
    const Table& table = *place_.sheets.choices;
    const TableRow& choice = table.rows()[list->second[0]];
    const std::string value(table.cell(choice, "name"));
    const std::string label(table.cell(choice, "label"));
    if (!is_form_name(value) || !is_form_name(label)) {
      report_.error("appearance", "unsupported_search", cell("appearance"));
      return;
    }
    report_.warning("appearance", "search_converted", item_.search->dataset);
    item_.search_list = item_.type.list;
    item_.type.treatment = Treatment::from_file;
    item_.type.list = item_.search->dataset + ".csv";
    item_.parameters.emplace_back("value", value);
    item_.parameters.emplace_back("label", label);
  }

  [[nodiscard]] bool knows_list() const {
    const ChoiceLists& lists =
        item_.type.treatment == Treatment::external ? place_.external_choices : place_.choices;
    return lists.find(item_.type.list) != lists.end();
  }

  void check_choice_names() {
    if (item_.type.treatment == Treatment::external) return;
    const Table& table = *place_.sheets.choices;
    for (const std::size_t choice : place_.choices.find(item_.type.list)->second) {
      const std::string_view name = table.cell(table.rows()[choice], "name");
      if (words_of(name).size() > 1) report_.error("type", "choice_with_blank", name);
    }
  }

  void check_treatment() {
    const TypeName& type = item_.type;
    switch (type.treatment) {
      case Treatment::unsupported:
        return report_.error("type", "unsupported_type", type.xlsform);
      case Treatment::text_like:
        // As what it is where the engine has it.
        if (find_question_type(type.xlsform)) return make_plain(type.xlsform);
        return report_.warning("type", "asked_as_text", type.xlsform);
      case Treatment::uncollected:
        if (type.xlsform != "start" && type.xlsform != "today") {
          report_.warning("type", "not_collected", type.xlsform);
        }
        return;
      case Treatment::audit:
        return report_.warning("type", "not_collected", type.xlsform);
      case Treatment::upload:
        if (find_question_type(type.xlsform)) item_.type.name = type.xlsform;
        if (has_text("default")) report_.warning("default", "default_left_out", cell("default"));
        return;
      case Treatment::dataset:
        if (place_.in_repeat) report_.error("type", "dataset_in_repeat", item_.name);
        return;
      default:
        return;
    }
  }

  void check_calculation() {
    const bool calculates = has_text("calculation");
    if (item_.type.xlsform == "background-geopoint" && calculates) {
      report_.error("calculation", "unwanted_calculation");
    }
    if (item_.type.name != "calculate" || calculates) return;
    if (!has_text("default") || !is_dynamic_default(cell("default"))) {
      report_.error("calculation", "missing_calculation");
    }
    item_.type.name = "hidden";
  }

  void check_trigger() {
    if (has_text("trigger") && !reference_list(cell("trigger"))) {
      report_.error("trigger", "bad_trigger", cell("trigger"));
    }
    if (item_.type.xlsform == "background-geopoint" && !has_text("trigger")) {
      report_.error("trigger", "bad_trigger");
    }
  }

  // Another app of the phone that would answer: ex:org.example.scan(…).
  void check_external_app() {
    for (const std::string& word : words_of(cell("appearance"))) {
      if (lowered(word).rfind("ex:", 0) != 0) continue;
      return report_.warning("appearance", "external_app", word);
    }
    if (has_text("intent")) report_.warning("intent", "external_app", cell("intent"));
  }

  // "Y", "ja", "required": as an expression a word is the name of something inside the question.
  void check_switches() {
    for (const std::string_view column : {"required", "readonly", "relevant"}) {
      const std::string_view word = cell(column);
      const bool is_word = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               static_cast<unsigned char>(c) >= 0x80;
      });
      if (is_word && !yes_or_no(word)) report_.error(column, "yes_no_wanted", word);
    }
  }

  // A question that calculates and says nothing has no control, whatever its type.
  void check_label() {
    const bool has_words = has_text("label") || has_text("hint") || has_media();
    item_.is_shown = item_.type.has_control;
    if (!item_.type.has_control || has_words) return;
    if (has_text("calculation") || has_text("trigger")) {
      item_.is_shown = false;
      return;
    }
    report_.error(has_text("guidance_hint") ? "guidance_hint" : "label", "missing_label",
                  item_.name);
  }

  const Table& survey_;
  const TableRow& row_;
  const QuestionPlace& place_;
  SurveyItem& item_;
  QuestionReport& report_;
};

}  // namespace

void QuestionReport::add(std::string_view column, std::string_view code, Severity severity,
                         std::string_view detail) {
  problems_.push_back({table_.name(), row_.number, table_.written(column), std::string(code),
                       severity, std::string(detail)});
}

void check_question(const Table& survey, const TableRow& row, const QuestionPlace& place,
                    SurveyItem& item, QuestionReport& report) {
  QuestionChecker(survey, row, place, item, report).run();
}

}  // namespace landfall
