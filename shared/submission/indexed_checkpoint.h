// Checkpoints believed by the receipt keys that an agency's signed index still stands for.

#ifndef LANDFALL_SHARED_SUBMISSION_INDEXED_CHECKPOINT_H_
#define LANDFALL_SHARED_SUBMISSION_INDEXED_CHECKPOINT_H_

#include <span>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/submission/checkpoint.h"
#include "shared/submission/index.h"

namespace landfall {

// Verifies a checkpoint of the log `origin` by the receipt keys of `index`. One whose time is over
// still proves what it signed; one that is in `revoked` proves nothing, for whoever stole it could
// have signed at any time.
//
// Errors:
//   receipt_key_revoked   it is signed by such a key, and by no other of them
//   and those of verify_checkpoint
[[nodiscard]] Result<Checkpoint> verify_checkpoint_by_index(std::string_view note,
                                                            std::string_view origin,
                                                            const Index& index,
                                                            std::span<const std::string> revoked);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_INDEXED_CHECKPOINT_H_
