// Where the receipt log is read from: a server that runs, or a server's data folder.

#ifndef LANDFALL_SERVER_CLI_LOG_SOURCE_H_
#define LANDFALL_SERVER_CLI_LOG_SOURCE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/cli/outcome.h"
#include "server/cli/trust.h"
#include "shared/sealing/keys.h"
#include "shared/submission/checkpoint.h"
#include "shared/submission/index.h"
#include "shared/submission/log_link.h"
#include "shared/submission/merkle_log.h"

namespace landfall {

// A log that is asked for its head and for proofs.
class LogSource {
 public:
  virtual ~LogSource() = default;

  // The newest checkpoint, signed by a key that the agency's root vouches for and has not revoked;
  // `note` is its text. `revoked` are the ids of the keys that are known to be; absent where nobody
  // said so. `warning` is a line for people, or "". `links` say what the log was called before,
  // each signed by such a key.
  struct Head {
    std::string note;
    Checkpoint checkpoint;
    std::optional<std::vector<std::string>> revoked;
    std::string warning;
    std::vector<LogLink> links;
    std::vector<AgencyRoot> roots;  // those that speak for the agency to this log
  };

  // Fails with kExitNo when the signature does not hold, or the folder disagrees with itself;
  // kExitCouldNot when it cannot be read.
  virtual Outcome<Head> head() = 0;

  // Proofs, which prove nothing before they are verified against the head.
  // Fail with kExitNo for a place the log does not have, kExitCouldNot when it cannot be read.
  virtual Outcome<std::vector<LogHash>> inclusion(std::uint64_t index, std::uint64_t size) = 0;
  virtual Outcome<std::vector<LogHash>> consistency(std::uint64_t from, std::uint64_t to) = 0;

  // What reading this source proves beyond the signature, as a line for people; "" for nothing.
  [[nodiscard]] virtual std::string finding() const = 0;
};

// Whom a log is believed: the root keys that a command goes by, and an index that the caller has,
// which says what was revoked.
struct LogTrust {
  TrustedRoots roots;
  std::optional<Index> index;
};

// The log of the server at `url`, whose signed index names the keys. What either index revokes is
// revoked.
[[nodiscard]] std::unique_ptr<LogSource> served_log(std::string url, LogTrust trust);

// The log in `data_folder`, checked against its database. Fails with kExitCouldNot when
// there is none.
[[nodiscard]] Outcome<std::unique_ptr<LogSource>> stored_log(const std::string& data_folder,
                                                             LogTrust trust);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_LOG_SOURCE_H_
