// Where a verifier's trust starts: the agency root key it goes by.

#ifndef LANDFALL_SERVER_CLI_TRUST_H_
#define LANDFALL_SERVER_CLI_TRUST_H_

#include <optional>
#include <string>

#include "server/cli/options.h"
#include "server/cli/outcome.h"
#include "shared/sealing/keys.h"

namespace landfall {

// `origin` says where the key came from, for people.
struct TrustedRoot {
  Ed25519PublicKey key{};
  std::string origin;
  bool is_development_file = false;
};

// The root key, from the first of these that is there: the option --trust (a key, or a file that
// holds one), the key compiled into this build, the environment variable LANDFALL_TRUST (likewise),
// and build/dev-keys/root.pub below the current folder, which is a development root.
//
// Fails with kExitUsage: no root key anywhere, or --trust is none and names no file that holds one;
// kExitCouldNot: unreadable.
[[nodiscard]] Outcome<TrustedRoot> find_root(const Options& options);

// Says on standard error what a person must know about `root` before believing anything.
void announce(const TrustedRoot& root, std::string_view command_name);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_TRUST_H_
