// Handing the agency's root over: the certificates between the old root key and its successor.

#ifndef LANDFALL_SERVER_CLI_ROOT_ROTATION_H_
#define LANDFALL_SERVER_CLI_ROOT_ROTATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "server/cli/options.h"
#include "server/cli/outcome.h"
#include "shared/sealing/key_document.h"

namespace landfall {

// The certificates in the file `path`; none when there is no such file. Fails with kExitCouldNot:
// unreadable, or too many.
[[nodiscard]] Outcome<std::vector<std::string>> load_root_certificates(const std::string& path);

// Where a key's certificates lie: agency.certs beside it.
[[nodiscard]] std::string root_certificates_beside(const std::string& path);

// One handover, as the options --certified-by, --certificates, --aud, --days and --overlap of
// `keygen agency` ask for it.
struct RootHandover {
  KeyDocument old_root;
  std::vector<std::string> earlier;  // certificates of the handovers before
  std::string path;                  // where all of them go
  bool replaces = false;             // `path` is where the earlier ones lie
  std::string audience;
  std::int64_t valid_days = 0;
  std::int64_t overlap_days = 0;
};

// Reads what the handover takes, so that nothing is written when it cannot be done. Fails with
// kExitUsage: no place for the certificates, a number out of range, --certified-by names no agency
// key, or one that is not as `development` as the new; kExitCouldNot: a file exists or cannot be
// read.
[[nodiscard]] Outcome<RootHandover> read_handover(const Options& options, bool development);

// Writes the certificates of the old root for `fresh`, and of `fresh` for the old root.
[[nodiscard]] Outcome<Done> save_handover(const RootHandover& handover, const KeyDocument& fresh);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_ROOT_ROTATION_H_
