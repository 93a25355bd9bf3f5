// The signed index in a file, which says which receipt keys the agency stands for.

#ifndef LANDFALL_SERVER_CLI_RECEIPT_KEYS_H_
#define LANDFALL_SERVER_CLI_RECEIPT_KEYS_H_

#include <string>
#include <string_view>

#include "server/cli/outcome.h"
#include "server/cli/trust.h"
#include "shared/sealing/keys.h"
#include "shared/submission/index.h"

namespace landfall {

// The index in the file `path`, by a root that may publish now; agency.certs beside it says which
// have followed on those of `trust`. From then on that root and its index decide for `trust` who
// speaks for the agency. Fails with kExitNo for one that none of them signed, kExitCouldNot for
// what cannot be read.
[[nodiscard]] Outcome<Index> load_current_index(const std::string& path, TrustedRoots& trust);

// The same for the index `text`, which `what` names, and with the certificates that `trust` has.
[[nodiscard]] Outcome<Index> believe_current_index(std::string_view text, std::string_view what,
                                                   TrustedRoots& trust);

// The index in the file `path`, by any root that spoke for the agency when it was issued: for
// reading what was published then.
// The certificates beside it are added to those of `trust`.
[[nodiscard]] Outcome<Index> load_past_index(const std::string& path, TrustedRoots& trust);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_RECEIPT_KEYS_H_
