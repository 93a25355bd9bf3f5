// Whether two checkpoints of the receipt log can both be true, and whether a log holds a receipt.

#ifndef LANDFALL_SHARED_SUBMISSION_LOG_COMPARISON_H_
#define LANDFALL_SHARED_SUBMISSION_LOG_COMPARISON_H_

#include <optional>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/codec/json.h"
#include "shared/submission/checkpoint.h"
#include "shared/submission/receipt.h"

namespace landfall {

// same: one tree. grown: the larger continues the smaller. rewritten: there are two logs of one
// name, or one was changed. unproven: a proof is needed for an answer. other_log: their origins
// differ, so that they say nothing of each other. empty: the smaller holds nothing to continue.
enum class LogRelation { same, grown, rewritten, unproven, other_log, empty };

// Compares two checkpoints that were verified, in any order; `proof` is the consistency proof from
// the smaller to the larger.
[[nodiscard]] LogRelation compare_checkpoints(const Checkpoint& one, const Checkpoint& other,
                                              const std::optional<std::vector<LogHash>>& proof);

// "same", "grown" …
[[nodiscard]] std::string_view relation_name(LogRelation relation);

// held: the log has the receipt at its place. absent: it has something else there. unproven: a
// proof is needed. too_short: the checkpoint is older than the receipt. other_log: its origin
// differs.
enum class ReceiptPlace { held, absent, unproven, too_short, other_log };

// Looks for a verified receipt in the log of a verified `checkpoint`; `proof` is the inclusion
// proof of its entry in a tree of the checkpoint's size. REQUIRES: a full receipt.
[[nodiscard]] ReceiptPlace find_receipt(const VerifiedReceipt& receipt,
                                        const Checkpoint& checkpoint,
                                        const std::optional<std::vector<LogHash>>& proof);

// "held", "absent" …
[[nodiscard]] std::string_view place_name(ReceiptPlace place);

// A proof as the server sends it: hashes in hexadecimal, at most 64 of them.
//
// Errors:
//   json_shape   anything else
[[nodiscard]] Result<std::vector<LogHash>> parse_log_proof(const Json& hashes);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_LOG_COMPARISON_H_
