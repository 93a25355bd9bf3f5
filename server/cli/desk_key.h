// The key of a desk, and the agency's certificate that lies beside it.

#ifndef LANDFALL_SERVER_CLI_DESK_KEY_H_
#define LANDFALL_SERVER_CLI_DESK_KEY_H_

#include <optional>
#include <string>

#include "server/cli/options.h"
#include "server/cli/outcome.h"
#include "server/desk/tell_applicant.h"
#include "shared/sealing/key_document.h"

namespace landfall {

// The certificate that `keygen desk --certified-by` is to write, decided before any key is.
struct DeskCertificate {
  SigningKey root;
  std::string audience;
  std::string path;
  std::int64_t valid_days = 0;
};

// Reads --certified-by (an agency key), --aud, --days and --out, or --certificates for the place.
//
// Fails with kExitUsage: development and production keys mixed, no place to write to;
// kExitCouldNot: the agency key is unreadable, the file exists.
[[nodiscard]] Outcome<DeskCertificate> read_desk_certificate(const Options& options,
                                                             bool development);

// Fails with kExitCouldNot: cannot be written.
[[nodiscard]] Outcome<Done> save_desk_certificate(const DeskCertificate& wanted,
                                                  const KeyDocument& desk);

// The key file --desk, with the certificate beside it: the same name, ending in .cert. What is
// signed with it, the agency's root key (--trust, as `landfall verify` takes it) must vouch for.
//
// Fails with kExitUsage: no root key is known; kExitCouldNot: unreadable, not a desk's key, or not
// certified by the agency for now.
[[nodiscard]] Outcome<DeskKey> load_desk_key(const Options& options);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_DESK_KEY_H_
