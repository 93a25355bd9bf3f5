// The conformance operations: what the core makes of one row of a public vector suite.
//
// tests/conformance/rows.mjs cuts the suite's files into rows; the native runner and the test build
// of the wasm module hand each row to the operation of its suite, and the two must answer alike.

#ifndef LANDFALL_TESTS_CONFORMANCE_OPERATIONS_OPERATIONS_H_
#define LANDFALL_TESTS_CONFORMANCE_OPERATIONS_OPERATIONS_H_

#include <span>
#include <string>
#include <string_view>

#include "shared/codec/json.h"

namespace landfall::conformance {

// One row. `file` is the file's name without its folder ("vectors.json"). `group` is the list the
// row stands in ("cases", "valid", "invalid", "normalised"; "rows" or "lines" for bare lists and
// text files). `row` is the row itself (a text line is a JSON string). `file_members` are the
// members of the row's file that are not lists of rows ("key_x", "reference_date", …). `given` is
// what the runner adds from the repository for rows about a form (packages.mjs); null otherwise.
struct Row {
  std::string_view suite;
  std::string_view file;
  std::string_view group;
  const Json& row;
  const Json& file_members;
  const Json& given;
};

// `passed`: the core did what the row expects. `observed`: what it did, in full (a value, a digest
// of a long one, or an error code with its offset): native and wasm must observe the same text.
struct Outcome {
  bool passed = false;
  std::string observed;
};

using Operation = Outcome (*)(const Row& row);

// `file` empty: every file of the suite.
struct OperationEntry {
  std::string_view suite;
  std::string_view file;
  Operation run;
};

// Every operation there is; the list is registry.cpp.
[[nodiscard]] std::span<const OperationEntry> operations();

// One function per suite, each in the file of its name (age.cpp, jose_eddsa.cpp, …).
[[nodiscard]] Outcome run_age(const Row& row);
[[nodiscard]] Outcome run_jose_eddsa(const Row& row);
[[nodiscard]] Outcome run_rfc8785_jcs(const Row& row);
[[nodiscard]] Outcome run_json_parsing(const Row& row);
[[nodiscard]] Outcome run_form_engine_scenarios(const Row& row);
[[nodiscard]] Outcome run_identity(const Row& row);
[[nodiscard]] Outcome run_ed25519_edge(const Row& row);
[[nodiscard]] Outcome run_wycheproof(const Row& row);
[[nodiscard]] Outcome run_merkle_tlog(const Row& row);
[[nodiscard]] Outcome run_mrz_icao9303(const Row& row);
[[nodiscard]] Outcome run_names(const Row& row);
[[nodiscard]] Outcome run_naughty_strings(const Row& row);
[[nodiscard]] Outcome run_xpath_odk(const Row& row);
[[nodiscard]] Outcome run_xlsform(const Row& row);

}  // namespace landfall::conformance

#endif  // LANDFALL_TESTS_CONFORMANCE_OPERATIONS_OPERATIONS_H_
