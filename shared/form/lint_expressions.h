// What lint says of expressions besides what compiling them does.

#ifndef LANDFALL_SHARED_FORM_LINT_EXPRESSIONS_H_
#define LANDFALL_SHARED_FORM_LINT_EXPRESSIONS_H_

#include <string_view>
#include <vector>

#include "shared/codec/json.h"
#include "shared/form/lint.h"
#include "shared/form/package_builder.h"

namespace landfall {

// Gives each problem of an expression that has no detail the words at fault: where they begin, as
// they stand in the survey of `form`; of an unknown function its name.
void quote_expressions(const Json& form, std::vector<LintProblem>& problems);

// Problems of expressions that can be evaluated and would give nothing: unknown_instance,
// unknown_choice_question, xpath_type where nodes are wanted and none can be, impossible_date of a
// constant, and date_pattern of a letter that formats nothing.
[[nodiscard]] std::vector<LintProblem> find_vain_expressions(PackageBuilder& builder);

// The name of what find_call_problem() found in `source`: the error's, or digest_kind.
[[nodiscard]] std::string_view code_of_call(const Error& error, std::string_view source);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_LINT_EXPRESSIONS_H_
