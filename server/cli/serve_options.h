// The options of `landfall serve`, also of commands that do a server's work on its data folder.

#ifndef LANDFALL_SERVER_CLI_SERVE_OPTIONS_H_
#define LANDFALL_SERVER_CLI_SERVE_OPTIONS_H_

#include "server/app/config.h"
#include "server/cli/options.h"
#include "server/cli/outcome.h"

namespace landfall {

// What --config says, and what the other options say over it. Fails with kExitUsage.
[[nodiscard]] Outcome<ServeOptions> serve_options(const Options& given);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_SERVE_OPTIONS_H_
