#include "server/cli/import_report.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "server/cli/lint_wording.h"

namespace landfall {
namespace {

struct Wording {
  std::string_view code;
  std::string_view sentence;
};

constexpr std::array kWordings = {
    // the file
    Wording{"csv_malformed", "a quoted cell is not closed, or goes on behind its closing quote"},
    Wording{"utf8_invalid",
            "the text is not UTF-8; save the file as \"CSV UTF-8\", or the form as .xlsx"},
    Wording{"csv_separator",
            "a CSV form has commas between its cells; save it as CSV with commas, or as .xlsx; "
            "here they are separated by"},
    Wording{"markdown_heading",
            "a heading begins no sheet: begin it by a table row with its name, | survey |, and "
            "leave the first cell of the sheet's rows empty"},
    Wording{"workbook_not_xlsx", "the file is no Excel workbook"},
    Wording{"workbook_encrypted", "the workbook is protected by a password; save it without"},
    Wording{"workbook_old_format", "the workbook is in the old .xls format; save it as .xlsx"},
    Wording{"workbook_too_large",
            "the file holds more than an import reads: 64 sheets of 60000 rows and 1000 columns, "
            "2000000 cells of 102400 bytes, a file of 32 MB and 160 MB unpacked"},
    Wording{"workbook_damaged", "the workbook is damaged here"},
    Wording{
        "cell_without_value",
        "the file does not hold what the formula gives; open and save it in Excel, or write the "
        "text itself"},
    Wording{"cell_error", "the cell holds an error of Excel's"},
    // XForms
    Wording{"xml_malformed", "the file is no XML from here on"},
    Wording{"xml_doctype", "the file declares a document type, which no form needs"},
    Wording{"no_model", "there is no model in the head: this is no XForm"},
    Wording{"no_instance", "the model has no primary instance"},
    Wording{"no_body", "there is no body"},
    Wording{"bad_event", "there is no such event, or not here"},
    Wording{"bad_submission", "there is no such way to submit"},
    Wording{"bad_expression", "an expression is missing or cannot be used here"},
    Wording{"bad_range",
            "start, end and step of a range are numbers, and the step leads from start to end"},
    Wording{"duplicate_node", "an element stands twice and is no repeat"},
    Wording{"unknown_node", "the form's instance has no such element"},
    Wording{"unbound_type", "the type is of an element that the instance does not have"},
    Wording{"second_control", "the node has a control already; this one is left out"},
    Wording{"unsupported_element", "the element has no meaning here and is left out"},
    Wording{"unsupported_attribute", "attributes of the instance are left out"},
    Wording{"unsupported_media",
            "files other than pictures, sound, films and PDF are not accepted"},
    Wording{"unsupported_preload", "what the device knows of itself is not asked for"},
    Wording{"external_data", "the data lie in another file, which is not read"},
    Wording{"duplicate_instance", "another instance has this id; this one is left out"},
    Wording{"bad_choice", "a choice has no value or one with blanks, and is left out"},
    Wording{"empty_itemset", "no rows with a value are found by this path"},
    Wording{"second_bind", "another bind of the node says something else; this one counts"},
    Wording{"no_choices", "the question has no choices and becomes text"},
    Wording{"media_text", "pictures and sounds of labels are left out"},
    Wording{"unknown_language", "the language has no code; this one was made for it"},
    Wording{"event_never_fires", "the event never happens here"},
    Wording{"unlabelled_group", "the group belongs to no node; only its questions are taken"},
    Wording{"entity", "entities are not created"},
    // sheets and columns
    Wording{"missing_sheet", "there is no such sheet"},
    Wording{"missing_column", "this column is missing"},
    Wording{"duplicate_column", "two columns mean the same"},
    Wording{"unknown_column", "the column is unknown; its cells are carried as they are"},
    Wording{"column_of_package",
            "packages use this word themselves; call the column otherwise, its cells are left out"},
    Wording{"duplicate_sheet", "another sheet has this name"},
    Wording{"unknown_sheet", "no sheet of a form has this name; it is not read"},
    Wording{"settings_row_unused", "only the first row of settings counts; this one is not read"},
    Wording{"text_in_two_columns",
            "another column has this text in the same language; this one is left out"},
    Wording{"bad_column", "a column's name cannot hold blanks; its cells are left out"},
    Wording{"cell_without_heading", "the cell stands under no heading and is left out"},
    Wording{"media_not_shown",
            "pictures, sounds and films beside labels are not shown here; the names of the files "
            "are carried along; cells of this column that have one"},
    Wording{"unknown_default_language",
            "no text of the form is in this language; those of another stand in"},
    Wording{"column_unused", "the cell has no meaning in this row"},
    Wording{"setting_conflict", "this setting cannot stand together with another"},
    Wording{"setting_unread", "yes or no is wanted here; the usual value is taken"},
    Wording{"setting_unused", "the setting is not used: sealing and sending are the agency's"},
    Wording{"language_without_tag",
            "the language has no code, as in \"French (fr)\"; this one was made for it"},
    Wording{"missing_translation",
            "texts of this sheet are missing in a language, from here on, and another stands in; "
            "the language, the one that stands in, and how many"},
    Wording{"form_id_changed", "the form's id cannot be written this way; it becomes"},
    // rows
    Wording{"row_disabled", "the row is switched off"},
    Wording{"external_app", "no other app is called from here; the question is asked as it is"},
    Wording{"repeat_count_limit", "a repeat cannot have as many instances; it has"},
    Wording{"no_questions", "the form has no questions"},
    Wording{"yes_no_wanted", "yes, no or an expression is wanted here"},
    Wording{"invisible_character", "the name has a character that nobody sees"},
    Wording{"row_without_type", "the row has neither type nor name and is passed over"},
    Wording{"missing_type", "the row has no type"},
    Wording{"missing_name", "a name is missing"},
    Wording{"missing_label", "a label, hint or picture is missing"},
    Wording{"missing_calculation", "a calculation is missing"},
    Wording{"reserved_name", "the name is reserved"},
    Wording{"similar_name", "the name differs from another only in capitals"},
    Wording{"duplicate_repeat", "another repeat of the form has this name"},
    Wording{"unmatched_begin", "this group, repeat or loop is not closed"},
    Wording{"unmatched_end", "nothing is open here that this could close"},
    Wording{"required_group", "a group or repeat cannot be required; require the questions in it"},
    Wording{"loop_without_list", "a loop needs a list of choices"},
    Wording{"loop_with_group", "a loop cannot hold groups, repeats or loops"},
    Wording{"choice_with_blank", "choices of a multiple select cannot have blanks in their names"},
    Wording{"duplicate_choice", "the list has this choice twice"},
    Wording{"unlisted_choice", "the choice belongs to no list and is left out"},
    Wording{"bad_extension", "a data file ends in .csv, .xml or .geojson, a list's name does not"},
    Wording{"filter_with_other", "\"or other\" cannot stand together with a choice filter"},
    Wording{"filter_in_table", "a table-list cannot have a choice filter"},
    Wording{"table_lists_differ", "the questions of a table-list need the same list of choices"},
    Wording{"dataset_twice", "another data file, or a list of choices, has this name"},
    Wording{"dataset_in_repeat", "a data file cannot be declared inside a repeat"},
    Wording{"parameter_malformed", "parameters are written key=value"},
    Wording{"parameter_unknown", "the question's type takes no such parameter"},
    Wording{"parameter_value", "the parameter cannot have this value"},
    Wording{"parameter_missing", "another parameter is needed"},
    Wording{"parameter_appearance", "the parameter does not go with this appearance"},
    Wording{"tick_label", "the choice is no value of the range"},
    Wording{"bad_trigger", "a trigger is ${question}, or several with commas between"},
    Wording{"trigger_not_shown", "a trigger must be a question that people see"},
    Wording{"unwanted_calculation", "this type takes no calculation"},
    // references
    Wording{"bad_reference", "a reference is written ${name}"},
    Wording{"unknown_reference", "no question has this name"},
    Wording{"ambiguous_reference", "several questions have this name"},
    Wording{"last_saved_empty", "nothing is kept of earlier forms: the reference is always empty"},
    Wording{"text_by_key", "the expression gives the name of a choice, not its words"},
    // entities
    Wording{"entities_not_created", "entities are not created here; the columns are carried along"},
    Wording{"entity_column", "the sheet has no such column"},
    Wording{"entity_label", "an entity that is created needs a label"},
    Wording{"entity_id", "an entity that is updated needs entity_id"},
    Wording{"entity_update", "create_if and entity_id together need update_if"},
    Wording{"entity_dataset", "no data file of this name is declared, which updating needs"},
    Wording{"entity_scope", "the entity takes its values from repeats that do not lie in one"},
    Wording{"entity_place", "the groups and repeats have no place for all entities"},
    Wording{"save_to_group", "a group or repeat cannot be saved to an entity"},
    Wording{"save_to_malformed", "save_to is property, or list#property"},
    Wording{"save_to_without_entity", "the form declares no entity"},
    Wording{"save_to_unknown", "no entity of this name is declared"},
    Wording{"save_to_twice", "the entity has this property from another row"},
    // what is not to be had
    Wording{"unsupported_type", "questions of this type are not supported"},
    Wording{"kobo_type",
            "this is KoboToolbox's own way to write a matrix or ranking; write a ranking as one "
            "question rank LIST, a matrix or rating as a group with the appearance table-list and "
            "a select_one LIST for each of its rows"},
    Wording{"blank_in_choice",
            "the choice's name has a blank: selected() and lists of several choices take it for "
            "two; write it with _"},
    Wording{"xml_rows",
            "rows are read from CSV and not from XML: save them as a table with one column for "
            "each element, beside the form or in the package's folder data/; lay there"},
    Wording{"unsupported_choices", "choices from earlier answers are not supported"},
    Wording{"choices_in_order", "the choices are shown in their own order, not in a random one"},
    Wording{"unsupported_search",
            "search() in this form is not supported; use select_one_from_file"},
    Wording{"search_converted", "search() becomes a select from this data file"},
    Wording{"searched_list", "the list names columns of a data file for search(), not choices"},
    Wording{"file_needed", "the data file is not beside the form; lay it there and import again"},
    Wording{"unsupported_file", "data files of this kind are not supported"},
    Wording{"unsupported_reference", "this name is not supported"},
    Wording{"asked_as_text", "questions of this type are asked as text"},
    Wording{"not_collected", "nothing is read from the device; the value stays empty"},
    Wording{"default_left_out", "a file cannot be a default; it is left out"},
    Wording{"file_wanted",
            "the data file is not beside the form; lay it there and import again, or into the "
            "package's folder data/"},
};

}  // namespace

std::string_view import_sentence(std::string_view code) {
  const auto found = std::find_if(kWordings.begin(), kWordings.end(),
                                  [&](const Wording& wording) { return wording.code == code; });
  return found == kWordings.end() ? lint_sentence(code) : found->sentence;
}

std::string import_problem_line(const std::string& file, const ImportProblem& problem) {
  std::string line = file;
  if (!problem.sheet.empty()) line += ": " + problem.sheet;
  if (problem.row != 0) line += fmt::format(" row {}", problem.row);
  if (!problem.column.empty()) line += fmt::format(", column {}", problem.column);
  line += problem.severity == Severity::error ? ": error: " : ": warning: ";
  line += import_sentence(problem.code);
  if (!problem.detail.empty()) line += ": " + problem.detail;
  return line + " [" + problem.code + "]";
}

Json import_problem_json(const ImportProblem& problem) {
  return {{"sheet", problem.sheet},
          {"row", problem.row},
          {"column", problem.column},
          {"code", problem.code},
          {"severity", problem.severity == Severity::error ? "error" : "warning"},
          {"detail", problem.detail}};
}

}  // namespace landfall
