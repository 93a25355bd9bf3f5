// The folder of an agency's keys, as `landfall package sign` and the development scripts lay it
// out.

#ifndef LANDFALL_SERVER_CLI_KEY_FOLDER_H_
#define LANDFALL_SERVER_CLI_KEY_FOLDER_H_

#include <optional>
#include <string>
#include <vector>

#include "server/cli/outcome.h"
#include "shared/sealing/keys.h"

namespace landfall {

// agency.json signs; agency.certs, where it is, holds the certificates of earlier root keys; of the
// others only the public halves are used, so that NAME.pub (one line, as
// `keygen --public` writes it) will do in place of NAME.json: receipt, case-office, helpdesk.
struct AgencyKeys {
  SigningKey root;
  bool development = false;
  Ed25519PublicKey receipt{};
  std::string case_office;              // "age1…"
  std::optional<std::string> helpdesk;  // "age1…"
  std::vector<std::string> root_certificates;
};

// The agency's signing key alone.
struct AgencySigner {
  SigningKey key;
  bool development = false;
};

// Reads agency.json. Fails with kExitCouldNot: it is missing or damaged, or has another role.
[[nodiscard]] Outcome<AgencySigner> load_agency_signer(const std::string& folder);

// Fails with kExitCouldNot: a key is missing or damaged, has another role, or a development key
// lies beside a production one.
[[nodiscard]] Outcome<AgencyKeys> load_agency_keys(const std::string& folder);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_KEY_FOLDER_H_
