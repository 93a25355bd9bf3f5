// The open forms, and what a submission needs to know of one.

#ifndef LANDFALL_WASM_BRIDGE_OPEN_FORMS_H_
#define LANDFALL_WASM_BRIDGE_OPEN_FORMS_H_

#include <optional>
#include <string>
#include <vector>

#include "shared/base/finding.h"
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

}  // namespace landfall::bridge

#endif  // LANDFALL_WASM_BRIDGE_OPEN_FORMS_H_
