// What a person at a terminal is asked and spared: passphrases without echo, no binary on screen.

#ifndef LANDFALL_SERVER_CLI_TERMINAL_H_
#define LANDFALL_SERVER_CLI_TERMINAL_H_

#include <string>
#include <string_view>

#include "server/cli/outcome.h"
#include "shared/base/bytes.h"

namespace landfall {

[[nodiscard]] bool output_is_terminal();

// True when `bytes` hold control characters other than tab and line ends: shown on a terminal they
// could change it, or hide what they do.
[[nodiscard]] bool looks_binary(ByteView bytes);

// The JSON text `json` with every character that changes how a terminal shows the others (C1
// controls, DEL, bidirectional and zero-width marks) written as an escape: the same JSON value.
// Other text is shown the same way.
[[nodiscard]] std::string visible_json(std::string_view json);

// `text` with every such character, and every C0 control, written as \uXXXX: for messages and lines
// that are not JSON.
[[nodiscard]] std::string visible_text(std::string_view text);

// Asks for a passphrase on the controlling terminal, without echo; with `twice`, until both agree.
//
// Fails with kExitCouldNot: there is no terminal, or nothing was typed; with kExitUsage: the two
// differ.
[[nodiscard]] Outcome<std::string> ask_passphrase(std::string_view prompt, bool twice);

// The first line of `path`, for programs that cannot type.
//
// Fails with kExitCouldNot: unreadable or empty.
[[nodiscard]] Outcome<std::string> load_passphrase(const std::string& path);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_TERMINAL_H_
