#include <array>

#include "tests/conformance/operations/operations.h"

namespace landfall::conformance {
namespace {

// A suite is added here, together with its file in CMakeLists.txt, when its operation is written.
constexpr auto kOperations = std::to_array<OperationEntry>({
    {"age", "", run_age},
    {"ed25519-edge", "", run_ed25519_edge},
    {"form-engine-scenarios", "", run_form_engine_scenarios},
    {"identity", "", run_identity},
    {"jose-eddsa", "", run_jose_eddsa},
    {"json-parsing", "", run_json_parsing},
    {"merkle-tlog", "", run_merkle_tlog},
    {"mrz-icao9303", "", run_mrz_icao9303},
    {"names", "", run_names},
    {"naughty-strings", "", run_naughty_strings},
    {"own-xpath", "", run_xpath_odk},
    {"rfc8785-jcs", "", run_rfc8785_jcs},
    {"wycheproof", "", run_wycheproof},
    {"xpath-odk", "", run_xpath_odk},
    {"xlsform", "", run_xlsform},
});

}  // namespace

std::span<const OperationEntry> operations() { return kOperations; }

}  // namespace landfall::conformance
