#include <cstddef>
#include <cstdint>

#include "shared/base/bytes.h"
#include "tests/fuzz/sample_form.h"

// Answers from anywhere are restored or refused, and what was restored is restored again the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace landfall;  // NOLINT: a harness of its own
  if (size == 0) return 0;
  const Result<OpenForm> form = fuzzing::open_sample(text_of({data, size}));
  if (!form.ok()) return 0;
  fuzzing::check_form(form.value());
  fuzzing::check_reopening(form.value());
  return 0;
}
