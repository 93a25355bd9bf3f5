// What is looked at in a document of each kind, in which order, and which error belongs to which
// step.

#ifndef LANDFALL_SHARED_SUBMISSION_VERDICT_STEPS_H_
#define LANDFALL_SHARED_SUBMISSION_VERDICT_STEPS_H_

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "shared/base/error.h"
#include "shared/submission/verdict.h"

namespace landfall {

// The steps of a document of `kind`: those before the one that `refusal` belongs to held, those
// after it were not looked at, nor were those in `skipped`. An error of no step is one of shape.
[[nodiscard]] std::vector<VerificationStep> steps_of(std::string_view kind,
                                                     std::optional<ErrorCode> refusal,
                                                     std::span<const std::string_view> skipped);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_VERDICT_STEPS_H_
