// Fetches one document over HTTP or HTTPS; what it proves, its signature says, not its sender.

#ifndef LANDFALL_SERVER_CLI_HTTP_GET_H_
#define LANDFALL_SERVER_CLI_HTTP_GET_H_

#include <string>

#include "server/cli/outcome.h"
#include "shared/base/bytes.h"

namespace landfall {

// True for texts that begin with http:// or https://.
[[nodiscard]] bool is_url(std::string_view text);

// The body at `url`, at most `max_bytes`, within half a minute between two pieces. Redirections are
// not followed; a server's certificate is checked against the system's authorities.
//
// Fails with kExitUsage for a text that is no such URL; kExitCouldNot: unreachable, another status
// than 200, broken off, or too long.
[[nodiscard]] Outcome<Bytes> http_get(const std::string& url, std::size_t max_bytes);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_HTTP_GET_H_
