// compute() for programs that hold the functions themselves.

#include "shared/functions/answer.h"
#include "shared/functions/compute.h"
#include "shared/functions/identity_answer.h"

namespace landfall {

std::optional<std::string> compute(Computation what, std::string_view arguments) {
  return what < Computation::check_identity ? answer_to(what, arguments)
                                            : identity_answer_to(what, arguments);
}

}  // namespace landfall
