// Refusals as RFC 9457 problem documents, at most 1 KiB each.

#ifndef LANDFALL_SERVER_HTTP_PROBLEM_H_
#define LANDFALL_SERVER_HTTP_PROBLEM_H_

#include <string>
#include <vector>

#include "server/http/message.h"
#include "server/intake/sequencer.h"
#include "shared/base/error.h"

namespace landfall {

inline constexpr std::size_t kMaxProblemBytes = 1024;
// More digests would not fit; the count says how many there are.
inline constexpr std::size_t kMaxMissingListed = 10;

// The answer for `error`: its status, and {type, title, status, code, offset?}. Statuses that may
// pass (429, 503, 507) carry Retry-After.
[[nodiscard]] HttpResponse problem_response(Error error);

// As above, with {missing, missing_count} where parts are missing.
[[nodiscard]] HttpResponse problem_response(const SubmissionRefusal& refusal);

// The document alone, for answers that the listener makes before there is a request.
[[nodiscard]] std::string problem_document(ErrorCode code, int status);

}  // namespace landfall

#endif  // LANDFALL_SERVER_HTTP_PROBLEM_H_
