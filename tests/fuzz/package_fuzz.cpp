#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/invariant.h"
#include "shared/codec/json.h"
#include "shared/form/package.h"
#include "shared/form/state_json.h"
#include "tests/fuzz/sample_form.h"

namespace {

using namespace landfall;  // NOLINT: a harness of its own

constexpr std::string_view kValues[] = {"\"x\"", "3", "true", "[\"a\"]", "null"};
constexpr std::size_t kMostQuestions = 12;

// Whatever opens can be filled in, described and written.
void check_open(const OpenForm& form) {
  const Package& package = *form.package;
  require(parse_json(description_json(package)).ok(), "a description is JSON");
  std::size_t value = 0;
  for (std::size_t i = 1; i < package.nodes.size() && i <= kMostQuestions; ++i) {
    const std::string path = package.nodes[i].path;
    const std::string change =
        "{\"path\":\"" + path + "\",\"value\":" + std::string(kValues[value++ % 5]) + "}";
    const Result<std::string> changes = set_json(*form.engine, change);
    require(!changes.ok() || parse_json(changes.value()).ok(), "a difference is JSON");
  }
  fuzzing::check_form(form);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Result<OpenForm> form = open_form({data, size}, std::string(fuzzing::kSampleOptions) + "}");
  if (form.ok()) check_open(form.value());
  return 0;
}
