// One conformance case, from the runner's JSON line to the answer's.

#ifndef LANDFALL_TESTS_CONFORMANCE_OPERATIONS_CASE_H_
#define LANDFALL_TESTS_CONFORMANCE_OPERATIONS_CASE_H_

#include <string>
#include <string_view>

namespace landfall::conformance {

// Runs the operation for `line`, one JSON object {suite, file, group, row, file_members, given?},
// and returns one JSON object: {"passed":bool,"observed":text}, {"missing":true} for a suite no
// operation exists for, or {"malformed":true} for a line of another shape.
[[nodiscard]] std::string run_case(std::string_view line);

}  // namespace landfall::conformance

#endif  // LANDFALL_TESTS_CONFORMANCE_OPERATIONS_CASE_H_
