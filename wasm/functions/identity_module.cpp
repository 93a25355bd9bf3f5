// The module of identity.

#include "shared/functions/identity_answer.h"
#include "wasm/functions/module_answer.h"

namespace landfall {

std::string module_answer(Computation what, std::string_view arguments) {
  return identity_answer_to(what, arguments);
}

}  // namespace landfall
