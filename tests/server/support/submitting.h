// What tests of submissions do again and again.

#ifndef LANDFALL_TESTS_SERVER_SUPPORT_SUBMITTING_H_
#define LANDFALL_TESTS_SERVER_SUPPORT_SUBMITTING_H_

#include <string>
#include <string_view>
#include <vector>

#include "shared/submission/receipt.h"
#include "tests/server/support/intake_fixture.h"

namespace landfall {

void bring_part(IntakeFixture& intake, const TestApplicant& applicant, const std::string& bytes);

// The receipt's facts, once everything about it has been verified.
VerifiedReceipt verified(const IntakeFixture& intake, std::string_view receipt,
                         const std::string& manifest);

// The bundle of a manifest and its parts.
[[nodiscard]] std::string tar_of(const std::string& manifest,
                                 const std::vector<std::string>& parts);

}  // namespace landfall

#endif  // LANDFALL_TESTS_SERVER_SUPPORT_SUBMITTING_H_
