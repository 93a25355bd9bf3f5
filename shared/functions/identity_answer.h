// The answers to the computations of identity, wherever they are made.

#ifndef LANDFALL_SHARED_FUNCTIONS_IDENTITY_ANSWER_H_
#define LANDFALL_SHARED_FUNCTIONS_IDENTITY_ANSWER_H_

#include <string>
#include <string_view>

#include "shared/functions/compute.h"

namespace landfall {

// The answer to `arguments`; empty for arguments of another shape than `what` says.
[[nodiscard]] std::string identity_answer_to(Computation what, std::string_view arguments);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FUNCTIONS_IDENTITY_ANSWER_H_
