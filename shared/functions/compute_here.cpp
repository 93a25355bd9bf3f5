// compute() for programs that hold the functions themselves.

#include "shared/functions/answer.h"
#include "shared/functions/compute.h"

namespace landfall {

std::optional<std::string> compute(Computation what, std::string_view arguments) {
  return answer_to(what, arguments);
}

}  // namespace landfall
