// compute() asks the module of functions, through whoever loaded both.

#include "shared/functions/compute.h"

#include <algorithm>

namespace landfall {
namespace {

// Writes the answer to `answer` and returns its length; negative while there is no such module.
__attribute__((import_module("landfall"), import_name("compute"))) extern "C" std::int32_t
landfall_compute(std::uint32_t what, const char* arguments, std::size_t size, char* answer,
                 std::size_t room);

}  // namespace

std::optional<std::string> compute(Computation what, std::string_view arguments) {
  std::string answer(longest_answer(arguments.size()), '\0');
  const std::int32_t size = landfall_compute(static_cast<std::uint32_t>(what), arguments.data(),
                                             arguments.size(), answer.data(), answer.size());
  if (size < 0) return std::nullopt;
  answer.resize(std::min(answer.size(), static_cast<std::size_t>(size)));
  return answer;
}

}  // namespace landfall
