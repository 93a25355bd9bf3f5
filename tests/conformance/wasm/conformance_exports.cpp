// The one export more of the test build: a conformance case, answered like every other call.

#include "tests/conformance/operations/case.h"
#include "wasm/bridge/result.h"

extern "C" landfall::bridge::Handle lf_conformance_case(const std::uint8_t* line,
                                                        std::uint32_t size) {
  using namespace landfall::bridge;  // NOLINT(google-build-using-namespace): one function
  return answer(std::string_view(landfall::conformance::run_case(text_at(line, size))));
}
