// What the owner of a vault signs and sends, for tests of backups.

#ifndef LANDFALL_TESTS_SERVER_SUPPORT_VAULT_OWNER_H_
#define LANDFALL_TESTS_SERVER_SUPPORT_VAULT_OWNER_H_

#include <cstdint>
#include <string>

#include "server/intake/digest.h"
#include "shared/submission/backup.h"
#include "tests/server/support/exchange.h"
#include "tests/server/support/intake_fixture.h"

namespace landfall {

inline const std::string kId(64, 'a');
inline const std::string kOctets = "application/octet-stream";

[[nodiscard]] std::string path_of(const std::string& id);

// The ETag of `bytes`.
[[nodiscard]] std::string etag_of(const std::string& bytes);

// What `applicant` signs to have `bytes` kept as version `counter` of `id`.
[[nodiscard]] std::string statement_for(const TestApplicant& applicant, std::uint64_t counter,
                                        const std::string& bytes, const std::string& id = kId);

[[nodiscard]] std::string deletion_by(const TestApplicant& applicant, std::uint64_t counter,
                                      const std::string& id = kId);

// The headers of a PUT where nothing is kept, and of one in place of what `etag` names.
[[nodiscard]] Fields first_put(const std::string& statement);
[[nodiscard]] Fields later_put(const std::string& statement, const std::string& etag);

// Puts `bytes` as the first version of kId.
void put_first(IntakeFixture& intake, const TestApplicant& applicant, const std::string& bytes);

// All of the stored body; empty when there is none.
[[nodiscard]] std::string text_of_stored(const HttpResponse& response);

// What GET gives.
std::string kept_bytes(IntakeFixture& intake, const std::string& id = kId);

// How many files lie in the folder of backups.
[[nodiscard]] int vault_files(const IntakeFixture& intake);

}  // namespace landfall

#endif  // LANDFALL_TESTS_SERVER_SUPPORT_VAULT_OWNER_H_
