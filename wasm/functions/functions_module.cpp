// The module of functions.

#include "shared/functions/answer.h"
#include "wasm/functions/module_answer.h"

namespace landfall {

std::string module_answer(Computation what, std::string_view arguments) {
  return what < Computation::check_identity ? answer_to(what, arguments) : std::string();
}

}  // namespace landfall
