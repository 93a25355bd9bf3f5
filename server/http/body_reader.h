// Reading a request's whole body into memory, up to a limit we count ourselves.

#ifndef LANDFALL_SERVER_HTTP_BODY_READER_H_
#define LANDFALL_SERVER_HTTP_BODY_READER_H_

#include <cstddef>
#include <string>

#include "server/http/message.h"
#include "shared/base/result.h"

namespace landfall {

// Errors:
//   too_large            more than `max_bytes`, announced or sent
//   request_incomplete   the sender went away
//   request_too_slow
[[nodiscard]] Result<std::string> read_body(const HttpRequest& request, std::size_t max_bytes);

}  // namespace landfall

#endif  // LANDFALL_SERVER_HTTP_BODY_READER_H_
