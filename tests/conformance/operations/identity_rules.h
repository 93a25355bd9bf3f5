// The files of the identity suite that are not lists of single values.

#ifndef LANDFALL_TESTS_CONFORMANCE_OPERATIONS_IDENTITY_RULES_H_
#define LANDFALL_TESTS_CONFORMANCE_OPERATIONS_IDENTITY_RULES_H_

#include "tests/conformance/operations/operations.h"

namespace landfall::conformance {

[[nodiscard]] Outcome run_identity_names(const Row& row);
[[nodiscard]] Outcome run_date_rules(const Row& row);
[[nodiscard]] Outcome run_roc_calendar(const Row& row);

// Rows about the forms; the runner gives the package with them.
[[nodiscard]] Outcome run_form_case(const Row& row);
[[nodiscard]] Outcome run_fees(const Row& row);
[[nodiscard]] Outcome run_fines(const Row& row);
[[nodiscard]] Outcome run_attachments(const Row& row);

}  // namespace landfall::conformance

#endif  // LANDFALL_TESTS_CONFORMANCE_OPERATIONS_IDENTITY_RULES_H_
