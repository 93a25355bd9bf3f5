// Whether a portal, in a folder or as a server serves it, is the one that the agency signed.

#ifndef LANDFALL_SERVER_CLI_VERIFY_BUILD_H_
#define LANDFALL_SERVER_CLI_VERIFY_BUILD_H_

#include <string>

#include "server/cli/outcome.h"
#include "server/cli/trust.h"
#include "server/cli/verification.h"

namespace landfall {

// True for the operands that name a portal: a folder, and a URL of no more than a folder
// (https://apply.example/).
[[nodiscard]] bool names_portal(const std::string& operand);

// Compares the portal at `place` with its build.jws: each listed file, also as it is sent
// compressed; and what is there and not listed, which a server tells only of its entrance and its
// service worker. Each difference is a line of `details`.
//
// Fails with kExitCouldNot: a file cannot be read, or the server not be reached.
[[nodiscard]] Outcome<Verification> verify_portal(const std::string& place,
                                                  const TrustedRoots& roots,
                                                  const VerificationTrust& trust);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_VERIFY_BUILD_H_
