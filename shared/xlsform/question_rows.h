// Checks one question of a survey by itself: its type, list, parameters and the cells it needs.

#ifndef LANDFALL_SHARED_XLSFORM_QUESTION_ROWS_H_
#define LANDFALL_SHARED_XLSFORM_QUESTION_ROWS_H_

#include <string>
#include <string_view>

#include "shared/xlsform/structure.h"

namespace landfall {

// What the rows before and the other sheets say.
struct QuestionPlace {
  const FormSheets& sheets;
  const ChoiceLists& choices;
  const ChoiceLists& external_choices;
  bool in_repeat = false;
};

// Where a question's problems go: column of the package's vocabulary, code, name at fault.
class QuestionReport {
 public:
  QuestionReport(const Table& table, const TableRow& row, std::vector<ImportProblem>& problems)
      : table_(table), row_(row), problems_(problems) {}

  void error(std::string_view column, std::string_view code, std::string_view detail = {}) {
    add(column, code, Severity::error, detail);
  }
  void warning(std::string_view column, std::string_view code, std::string_view detail = {}) {
    add(column, code, Severity::warning, detail);
  }

 private:
  void add(std::string_view column, std::string_view code, Severity severity,
           std::string_view detail);

  const Table& table_;
  const TableRow& row_;
  std::vector<ImportProblem>& problems_;
};

// Completes `item` (parameters, is_shown, and what its type becomes) and reports what is wrong:
// unknown_type, unsupported_type, unsupported_choices (from earlier answers), unsupported_search,
// unknown_list, missing_sheet, bad_extension, choice_with_blank, filter_with_other, parameter_*,
// missing_calculation, yes_no_wanted, missing_label, bad_trigger, unwanted_calculation,
// dataset_in_repeat; and the warnings external_app, choices_in_order, asked_as_text, not_collected,
// default_left_out.
void check_question(const Table& survey, const TableRow& row, const QuestionPlace& place,
                    SurveyItem& item, QuestionReport& report);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_QUESTION_ROWS_H_
