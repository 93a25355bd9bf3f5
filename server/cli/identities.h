// Who may open and for whom is sealed: recipients and identities as people name them in options.

#ifndef LANDFALL_SERVER_CLI_IDENTITIES_H_
#define LANDFALL_SERVER_CLI_IDENTITIES_H_

#include <span>
#include <string>
#include <vector>

#include "server/cli/outcome.h"
#include "shared/sealing/envelope.h"
#include "shared/sealing/key_document.h"
#include "shared/sealing/keys.h"

namespace landfall {

// The recipients written out in `texts` ("age1…") and listed in the files `paths`, one a line.
//
// Fails with kExitUsage for a bad text, kExitCouldNot for a bad file.
[[nodiscard]] Outcome<std::vector<X25519Recipient>> load_recipients(
    std::span<const std::string> texts, std::span<const std::string> paths);

// The identities in the files `paths`. A file is an age identity file (one AGE-SECRET-KEY-1… a
// line,
// '#' begins a comment), the same sealed by a passphrase, or a Landfall key file that can open. The
// passphrase for a sealed one is read from `passphrase_path`, or asked for when that is empty.
//
// Fails with kExitCouldNot: unreadable, none of these shapes, or a key that only signs.
[[nodiscard]] Outcome<Identities> load_identities(std::span<const std::string> paths,
                                                  const std::string& passphrase_path);

// A Landfall key file, as `keygen` writes it.
//
// Fails with kExitCouldNot: unreadable, or not such a file.
[[nodiscard]] Outcome<KeyDocument> load_key_document(const std::string& path);

// The passphrase from the file at `path`, or asked for at the terminal when `path` is empty.
[[nodiscard]] Outcome<Passphrase> obtain_passphrase(const std::string& path, bool twice);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_IDENTITIES_H_
