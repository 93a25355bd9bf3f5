// Where a verifier's trust starts: the agency root key it goes by.

#ifndef LANDFALL_SERVER_CLI_TRUST_H_
#define LANDFALL_SERVER_CLI_TRUST_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/cli/options.h"
#include "server/cli/outcome.h"
#include "shared/sealing/keys.h"
#include "shared/submission/agency_roots.h"

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

// The root keys that a command goes by, and what says who else is one: certificates, and, once an
// index was believed, the root that signed it and what it revokes.
struct TrustedRoots {
  std::vector<Ed25519PublicKey> own;
  std::vector<std::string> certificates;
  std::optional<Ed25519PublicKey> current;
  std::vector<std::string> revoked;
  bool is_development_file = false;

  // Adds certificates that are not there yet.
  void add(const std::vector<std::string>& more);

  // Those that speak for the agency to `audience`, at least one. Fails with kExitNo: the
  // certificates do not lead from `own` to `current`, or are too many; all roots are revoked.
  [[nodiscard]] Outcome<std::vector<AgencyRoot>> speaking(std::string_view audience) const;
};

// As find_root; --trust may be repeated, and the certificates are those of the file
// --certificates.
[[nodiscard]] Outcome<TrustedRoots> find_roots(const Options& options);

// Says on standard error what a person must know about `root` before believing anything.
void announce(const TrustedRoot& root, std::string_view command_name);
void announce(const TrustedRoots& roots, std::string_view command_name);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_TRUST_H_
