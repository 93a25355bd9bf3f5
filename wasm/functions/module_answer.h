// What a module of functions answers: each of them says it in a file of its own.

#ifndef LANDFALL_WASM_FUNCTIONS_MODULE_ANSWER_H_
#define LANDFALL_WASM_FUNCTIONS_MODULE_ANSWER_H_

#include <string>
#include <string_view>

#include "shared/functions/compute.h"

namespace landfall {

// The answer to `arguments`; empty for a computation of another module.
[[nodiscard]] std::string module_answer(Computation what, std::string_view arguments);

}  // namespace landfall

#endif  // LANDFALL_WASM_FUNCTIONS_MODULE_ANSWER_H_
