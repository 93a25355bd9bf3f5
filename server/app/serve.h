// The life of a server process: open everything, answer until asked to stop, close in order.

#ifndef LANDFALL_SERVER_APP_SERVE_H_
#define LANDFALL_SERVER_APP_SERVE_H_

#include "server/app/config.h"

namespace landfall {

enum class ServeEnd { stopped, not_started };

// Serves until SIGTERM or SIGINT. Prints "listening on http://HOST:PORT" to standard output once it
// can be reached; why it could not start goes to standard error.
//
// REQUIRES: called once, from the only thread of the process.
[[nodiscard]] ServeEnd run_server(const ServeOptions& options);

}  // namespace landfall

#endif  // LANDFALL_SERVER_APP_SERVE_H_
