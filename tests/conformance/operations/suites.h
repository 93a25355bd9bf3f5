// The suites behind run_case(): one pair of functions and one .cpp file per suite.

#ifndef LANDFALL_TESTS_CONFORMANCE_OPERATIONS_SUITES_H_
#define LANDFALL_TESTS_CONFORMANCE_OPERATIONS_SUITES_H_

#include <string>
#include <string_view>
#include <vector>

#include "shared/codec/json.h"

namespace landfall::conformance {

// What running a case gave; `got` is canonical JSON material (no NaN, valid UTF-8).
struct Outcome {
  bool pass = false;
  Json got;
};

// One suite: `split` gives the cases of one file, each an object with "id" and "group"; `run` runs
// one of them. `file` is the path below the suite's folder.
struct Suite {
  std::string_view name;
  std::vector<Json> (*split)(std::string_view file, std::string_view text);
  Outcome (*run)(std::string_view file, const Json& test_case);
};

// Each suite's own file defines one; operations.cpp lists them.
[[nodiscard]] Suite rfc8785_jcs_suite();
[[nodiscard]] Suite json_parsing_suite();
[[nodiscard]] Suite identity_suite();
[[nodiscard]] Suite mrz_icao9303_suite();
[[nodiscard]] Suite age_suite();
[[nodiscard]] Suite jose_eddsa_suite();

// For `split`: the members of "cases", each given `group` where it names none. Nothing for a text
// that is not of that shape.
[[nodiscard]] std::vector<Json> cases_of_document(std::string_view text, std::string_view group);

// One case per line of a .jsonl file.
[[nodiscard]] std::vector<Json> cases_of_lines(std::string_view text, std::string_view group);

// `file` without folder and extension.
[[nodiscard]] std::string group_of_file(std::string_view file);

// Decodes a padded base64 member; empty when there is none.
[[nodiscard]] std::string bytes_member(const Json& test_case, std::string_view key);

}  // namespace landfall::conformance

#endif  // LANDFALL_TESTS_CONFORMANCE_OPERATIONS_SUITES_H_
