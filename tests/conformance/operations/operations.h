// The conformance suites as pure functions: the native runner and the wasm test build link the same
// objects, so both run the identical cases and only the machine under them differs.

#ifndef LANDFALL_TESTS_CONFORMANCE_OPERATIONS_OPERATIONS_H_
#define LANDFALL_TESTS_CONFORMANCE_OPERATIONS_OPERATIONS_H_

#include <string>
#include <string_view>
#include <vector>

namespace landfall::conformance {

// Cuts one file of a suite into its cases, each a JSON text with at least "id" and "group". Takes
// {"cases": […]}, {"valid": […], "invalid": […], …}, {"rows": […]}, .jsonl and the number lines of
// es6_numbers.txt, as the suite needs. `file` is the path below the suite's folder. A file without
// cases for us (SOURCE.txt, an unknown suite) gives none.
[[nodiscard]] std::vector<std::string> split_cases(std::string_view suite, std::string_view file,
                                                   std::string_view text);

// Runs one case as split_cases() gave it.
//
// Result: canonical JSON {"id", "group", "pass": bool, "got": what we produced, for comparison and
// for the reader of a failure}. A suite or case nobody here implements fails with
// "got": {"error": "no_operation"}.
[[nodiscard]] std::string run_case(std::string_view suite, std::string_view file,
                                   std::string_view case_json);

}  // namespace landfall::conformance

#endif  // LANDFALL_TESTS_CONFORMANCE_OPERATIONS_OPERATIONS_H_
