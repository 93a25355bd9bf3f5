// What is wrong with a form package, found before it is published.

#ifndef LANDFALL_SHARED_FORM_LINT_H_
#define LANDFALL_SHARED_FORM_LINT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "shared/base/finding.h"
#include "shared/form/package_sources.h"

namespace landfall {

// `sheet` is survey, choices, settings, documents, fees, workflow or texts/<locale>; `row` counts
// from 1 within it (0: the sheet as a whole); `column` is the XLSForm column or member; `code` one
// of the names below; `offset` the byte within the cell; `detail` the name at fault, or what
// stands at the offset.
//
// Codes: the parser's (xpath_syntax, xpath_unknown_function, xpath_arity, regex_syntax …),
// digest_kind, unknown_instance (a list, data set or instance), unknown_choice_question (of
// jr:choice-name()), unknown_name, unknown_type, unknown_list, unknown_rule, duplicate_name,
// bad_name, cycle, missing_text, unused_text, unbalanced_group, malformed, missing_member,
// bad_date, group_too_deep, too_many_questions, too_many_choices, too_many_lists (the limit as
// detail), too_large; and the warnings absent_column, absent_choice, bad_default, impossible_date,
// date_pattern and those of shared/form/lint_types.h.
struct LintProblem {
  std::string sheet;
  std::uint32_t row = 0;
  std::string column;
  std::string code;
  std::uint32_t offset = 0;
  std::string detail;

  bool operator==(const LintProblem&) const = default;
};

// Every problem of `sources`, in the order of sheets and rows.
[[nodiscard]] std::vector<LintProblem> lint_package(const PackageSources& sources);

// Severity warning: the form works without what is written there, which is hardly what its author
// meant. A package is published with warnings, not with errors.
[[nodiscard]] Severity severity_of(const LintProblem& problem);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_LINT_H_
