// The answers to compute(), wherever they are made.

#ifndef LANDFALL_SHARED_FUNCTIONS_ANSWER_H_
#define LANDFALL_SHARED_FUNCTIONS_ANSWER_H_

#include <string>
#include <string_view>

#include "shared/functions/compute.h"

namespace landfall {

// The answer of compute(); empty for arguments that are too short to be any.
[[nodiscard]] std::string answer_to(Computation what, std::string_view arguments);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FUNCTIONS_ANSWER_H_
