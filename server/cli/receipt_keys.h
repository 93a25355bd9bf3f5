// Which receipt keys an agency's signed index still stands for, and what they signed.

#ifndef LANDFALL_SERVER_CLI_RECEIPT_KEYS_H_
#define LANDFALL_SERVER_CLI_RECEIPT_KEYS_H_

#include <span>
#include <string>
#include <string_view>

#include "server/cli/outcome.h"
#include "shared/sealing/keys.h"
#include "shared/submission/checkpoint.h"
#include "shared/submission/index.h"

namespace landfall {

// The index in the file `path`. Fails with kExitNo for one that `root` did not sign, kExitCouldNot
// for what cannot be read.
[[nodiscard]] Outcome<Index> load_index(const std::string& path, const Ed25519PublicKey& root);

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

#endif  // LANDFALL_SERVER_CLI_RECEIPT_KEYS_H_
