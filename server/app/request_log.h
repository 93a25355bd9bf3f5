// The structured log: one line of JSON for each answer, without ids, addresses or personal data.

#ifndef LANDFALL_SERVER_APP_REQUEST_LOG_H_
#define LANDFALL_SERVER_APP_REQUEST_LOG_H_

#include <string>
#include <string_view>

#include "server/app/http_listener.h"
#include "server/intake/clock.h"

namespace landfall {

// {"time","method","route","status","ms","in","out"}: the route is the pattern, never the path.
[[nodiscard]] std::string format_request_line(const AnsweredRequest& request, Instant now);

// Writes lines to standard error, each whole. Thread rule: any thread.
void write_log_line(std::string_view line);

}  // namespace landfall

#endif  // LANDFALL_SERVER_APP_REQUEST_LOG_H_
