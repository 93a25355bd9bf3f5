// Verdicts by any of the root keys that speak for the agency, and by which one.

#ifndef LANDFALL_SHARED_SUBMISSION_ROOT_VERDICT_H_
#define LANDFALL_SHARED_SUBMISSION_ROOT_VERDICT_H_

#include <functional>
#include <optional>
#include <span>

#include "shared/sealing/keys.h"
#include "shared/submission/agency_roots.h"
#include "shared/submission/verdict.h"

namespace landfall {

// Judges a document by one root key.
using JudgeByRoot = std::function<Verdict(const Ed25519PublicKey& root)>;

// The verdict by the first of `roots` that signed the document, directly or through a key that it
// certified, and whose statements of the document's own date count; of an index, by one that may
// publish. A genuine one then has the fact "root" {"kid", "standing", "certified_by"?,
// "not_after"?} wherever a root had a part in it. A refusal is that of the first root, unless
// another one gives a nearer reason than that a root signed it which is none of them. `roots` must
// not be empty.
[[nodiscard]] Verdict judge_by_roots(std::span<const AgencyRoot> roots, const JudgeByRoot& judge);

// "own", "successor", "former".
[[nodiscard]] std::string_view root_standing_name(RootStanding standing);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_ROOT_VERDICT_H_
