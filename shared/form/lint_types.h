// What an expression does with values of a type that it cannot mean.

#ifndef LANDFALL_SHARED_FORM_LINT_TYPES_H_
#define LANDFALL_SHARED_FORM_LINT_TYPES_H_

#include <string_view>
#include <vector>

#include "shared/form/lint.h"
#include "shared/form/package_builder.h"

namespace landfall {

// Whether the first argument of the function `name` is a date.
[[nodiscard]] bool takes_date(std::string_view name);

// time_compared: the answer of a `time` question beside <, <=, > or >=, or equal to a text: times
// are no numbers and are written in several ways. no_number: a literal that is none where one is
// wanted. constant_text: a rule that is nothing but a text, which is always true. no_repeat,
// not_in_repeat: of indexed-repeat(). choice_name_question: jr:choice-name() whose question is not
// quoted. time_as_date: a time where a date is wanted. blank_in_sum: what is summed up may be
// without an answer in one instance. Names that are not bound are passed over.
// Source: XPath 1.0 sections 3.4 and 3.5; ODK XForms specification, indexed-repeat, choice-name.
[[nodiscard]] std::vector<LintProblem> find_type_errors(PackageBuilder& builder);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_LINT_TYPES_H_
