// Asks one thing of a server over HTTP or HTTPS; what an answer proves, its signature says.

#ifndef LANDFALL_SERVER_CLI_HTTP_CLIENT_H_
#define LANDFALL_SERVER_CLI_HTTP_CLIENT_H_

#include <cstdint>
#include <string>

#include "server/cli/files.h"
#include "server/cli/outcome.h"
#include "shared/base/bytes.h"

namespace landfall {

// `content_encoding` is the header's value, "" without one; the body is as it came.
struct HttpAnswer {
  int status = 0;
  Bytes body;
  std::string content_encoding;
};

// True for texts that begin with http:// or https://.
[[nodiscard]] bool is_url(std::string_view text);

// The body at `url`, at most `max_bytes`, within half a minute between two pieces. Redirections are
// not followed; a server's certificate is checked against the system's authorities.
//
// Fails with kExitUsage for a text that is no such URL; kExitCouldNot: unreachable, another status
// than 200, broken off, or too long.
[[nodiscard]] Outcome<Bytes> http_get(const std::string& url, std::size_t max_bytes);

// The answer to a GET of `url` that asks for the content coding `accepted` ("br", "gzip" or
// "identity"), whatever its status. Fails as http_get() where none comes.
[[nodiscard]] Outcome<HttpAnswer> http_ask(const std::string& url, std::string_view accepted,
                                           std::size_t max_bytes);

// Sends the rest of `content`, which is `size_bytes` long, to `url` and gives the answer, whatever
// its status. Fails as http_get(), and with kExitCouldNot for a file that is shorter.
[[nodiscard]] Outcome<HttpAnswer> http_post(const std::string& url, std::string_view media_type,
                                            InputFile& content, std::uint64_t size_bytes,
                                            std::size_t max_bytes);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_HTTP_CLIENT_H_
