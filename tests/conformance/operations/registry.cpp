#include <array>

#include "tests/conformance/operations/operations.h"

namespace landfall::conformance {
namespace {

// A suite is added here, together with its file in CMakeLists.txt, when its operation is written.
constexpr auto kOperations = std::to_array<OperationEntry>({
    {"age", "", run_age},
    {"ed25519-edge", "", run_ed25519_edge},
    {"jose-eddsa", "", run_jose_eddsa},
    {"merkle-tlog", "", run_merkle_tlog},
    {"wycheproof", "", run_wycheproof},
});

}  // namespace

std::span<const OperationEntry> operations() { return kOperations; }

}  // namespace landfall::conformance
