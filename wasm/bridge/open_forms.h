// The open forms, and what a submission needs to know of one.

#ifndef LANDFALL_WASM_BRIDGE_OPEN_FORMS_H_
#define LANDFALL_WASM_BRIDGE_OPEN_FORMS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/finding.h"
#include "shared/base/result.h"
#include "wasm/bridge/handles.h"

namespace landfall::bridge {

enum class FormStatus { incomplete, complete, with_warnings };

// `answers` is canonical JSON; `fee_code` is empty while the answers do not decide a fee.
struct FormOutcome {
  FormStatus status = FormStatus::incomplete;
  std::vector<Finding> findings;
  std::string answers;
  std::string fee_code;
};

// The outcome of the form behind `form`; nothing when there is no such form.
[[nodiscard]] std::optional<FormOutcome> form_outcome(Handle form);

// The outcome of a new form of the same package that holds only `answers`, the canonical ones: what
// whoever opens the sealed answers will find. It differs from the outcome of the open form where a
// warning was about how something was typed, which the canonical answers do not show any more.
//
// Errors: options_malformed; those of opening a form on answers.
[[nodiscard]] Result<FormOutcome> outcome_of_answers(Handle form, std::string_view answers,
                                                     std::string_view as_of,
                                                     std::string_view time_zone);

}  // namespace landfall::bridge

#endif  // LANDFALL_WASM_BRIDGE_OPEN_FORMS_H_
