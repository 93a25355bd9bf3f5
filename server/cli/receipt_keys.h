// The signed index in a file, which says which receipt keys the agency stands for.

#ifndef LANDFALL_SERVER_CLI_RECEIPT_KEYS_H_
#define LANDFALL_SERVER_CLI_RECEIPT_KEYS_H_

#include <string>

#include "server/cli/outcome.h"
#include "shared/sealing/keys.h"
#include "shared/submission/index.h"

namespace landfall {

// The index in the file `path`. Fails with kExitNo for one that `root` did not sign, kExitCouldNot
// for what cannot be read.
[[nodiscard]] Outcome<Index> load_index(const std::string& path, const Ed25519PublicKey& root);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_RECEIPT_KEYS_H_
