#include <array>

#include "tests/conformance/operations/operations.h"

namespace landfall::conformance {
namespace {

// A suite is added here, together with its file in CMakeLists.txt, when its operation is written.
constexpr std::array<OperationEntry, 0> kOperations{};

}  // namespace

std::span<const OperationEntry> operations() { return kOperations; }

}  // namespace landfall::conformance
