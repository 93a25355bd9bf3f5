// The signed index of a server that runs, believed by a root key that speaks for the agency.

#ifndef LANDFALL_SERVER_CLI_SERVED_INDEX_H_
#define LANDFALL_SERVER_CLI_SERVED_INDEX_H_

#include <string>

#include "server/cli/outcome.h"
#include "server/cli/trust.h"
#include "shared/submission/index.h"

namespace landfall {

// Asks the server at `url` (without a slash at its end) for its index. It is believed by a root
// that `roots` knows, or by one that the server's certificates lead to, which are then added to
// `roots`, with what the index revokes.
//
// Fails with kExitCouldNot: not reached; kExitNo: not genuine.
[[nodiscard]] Outcome<Index> fetch_index(const std::string& url, TrustedRoots& roots);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_SERVED_INDEX_H_
