// The exported surface: arguments are written into room(), compute() leaves the answer at answer().

#include <cstdint>
#include <string>
#include <string_view>

#include "wasm/functions/module_answer.h"

namespace landfall {
namespace {

constexpr std::uint32_t kFunctionsVersion = 1;

struct Exchange {
  std::string arguments;
  std::string answer;
};

Exchange& exchange() {
  static Exchange exchange;
  return exchange;
}

}  // namespace

extern "C" {

std::uint32_t lf_functions_version() { return kFunctionsVersion; }

// Where `size` bytes of arguments go, valid until the next call.
char* lf_functions_room(std::uint32_t size) {
  exchange().arguments.assign(size, '\0');
  return exchange().arguments.data();
}

// Answers the arguments and forgets them; returns how long the answer is. `what` is a Computation.
std::uint32_t lf_functions_compute(std::uint32_t what) {
  Exchange& e = exchange();
  e.answer = module_answer(static_cast<Computation>(what), e.arguments);
  std::string().swap(e.arguments);
  return static_cast<std::uint32_t>(e.answer.size());
}

// Where the answer lies, valid until the next call.
const char* lf_functions_answer() { return exchange().answer.data(); }

}  // extern "C"

}  // namespace landfall
