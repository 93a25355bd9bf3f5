// Which root keys speak for the agency to a server: its own, and whom the certificates vouch for.

#ifndef LANDFALL_SERVER_APP_SERVER_ROOTS_H_
#define LANDFALL_SERVER_APP_SERVER_ROOTS_H_

#include <span>
#include <string>
#include <vector>

#include "server/intake/store.h"
#include "shared/base/result.h"
#include "shared/sealing/keys.h"
#include "shared/submission/agency_roots.h"

namespace landfall {

// Every name that the stored log has or had, and `origin`. Errors: storage_unavailable
[[nodiscard]] Result<std::vector<std::string>> stored_log_names(const Store& store,
                                                                const std::string& origin);

// `root` first, then those that the files agency.certs in `folders` prove for a log of one of
// `names`: what was signed before the agency handed its root key over, or before a restore, is
// believed by the root of then. Files that are missing or wrong prove nothing.
[[nodiscard]] std::vector<AgencyRoot> server_roots(const Ed25519PublicKey& root,
                                                   std::span<const std::string> folders,
                                                   std::span<const std::string> names);

}  // namespace landfall

#endif  // LANDFALL_SERVER_APP_SERVER_ROOTS_H_
