// What a phone makes of a log's links: those it kept, and those that the log's server hands out.

#ifndef LANDFALL_SHARED_SUBMISSION_FOLLOWED_LINKS_H_
#define LANDFALL_SHARED_SUBMISSION_FOLLOWED_LINKS_H_

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "shared/base/result.h"
#include "shared/submission/log_link.h"

namespace landfall {

// Two genuine links that cannot both be true, as they were signed; the first was there before.
using LinkContradiction = std::pair<std::string, std::string>;

struct FollowedLinks {
  // Each former log's link once: those to go by, and to keep. `texts` are their signed texts.
  std::vector<LogLink> links;
  std::vector<std::string> texts;
  // A reason for alarm; then nothing is to be followed.
  std::optional<LinkContradiction> contradiction;
};

// Verifies the links of `fetched` and adds them to those `kept` from an earlier look. A kept one
// that proves nothing any more, its key having been revoked, is dropped; one that is no longer
// handed out stays. Two say the same of a former log when origin, size and root are the same,
// whenever they were signed.
//
// Errors:
//   too_large   more than kMaxLogLinks of either
//   and those of verify_log_link, for a link of `fetched`
[[nodiscard]] Result<FollowedLinks> follow_log_links(std::span<const std::string> kept,
                                                     std::span<const std::string> fetched,
                                                     const LogLinkTrust& trust);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_FOLLOWED_LINKS_H_
