// Judging a document by whichever root key speaks for the agency.

#ifndef LANDFALL_SERVER_CLI_ROOT_JUDGE_H_
#define LANDFALL_SERVER_CLI_ROOT_JUDGE_H_

#include <functional>
#include <string_view>

#include "server/cli/outcome.h"
#include "server/cli/trust.h"
#include "server/cli/verification.h"
#include "shared/submission/verdict.h"

namespace landfall {

// Judges a document by the root key in `trust`.
using JudgeDocument = std::function<Verdict(const VerificationTrust& trust)>;

// What was found, and `root`, the key it was found by. `is_revoked`: not genuine, and only because
// the index revokes the root that signed it.
struct Judged {
  Verdict verdict;
  Ed25519PublicKey root{};
  bool is_revoked = false;
};

// Judges a document for `audience` by each of `roots` that speaks to it. `trust.root` is filled in
// for each try. Fails as TrustedRoots::speaking.
[[nodiscard]] Outcome<Judged> judge_by(const TrustedRoots& roots, VerificationTrust trust,
                                       std::string_view audience, const JudgeDocument& judge);

// What was found, in words.
[[nodiscard]] Verification verification_of(Judged judged);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_ROOT_JUDGE_H_
