#include "server/app/request_log.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>

namespace landfall {
namespace {

// Comes from the request line, so only what we answer is repeated.
std::string_view known_method(std::string_view method) {
  constexpr std::array<std::string_view, 7> kKnown = {"GET",   "HEAD",   "POST",   "PUT",
                                                      "PATCH", "DELETE", "OPTIONS"};
  for (const std::string_view known : kKnown) {
    if (known == method) return known;
  }
  return "other";
}

}  // namespace

std::string format_request_line(const AnsweredRequest& request, Instant now) {
  return fmt::format(
      R"({{"time":"{}","method":"{}","route":"{}","status":{},"ms":{:.1f},"in":{},"out":{}}})"
      "\n",
      format_instant(now), known_method(request.method), request.route, request.status,
      request.milliseconds, request.received_bytes, request.sent_bytes);
}

void write_log_line(std::string_view line) {
  // One call for the whole line, so that lines of several threads do not mix. A log that cannot be
  // written must not stop the server.
  const ssize_t written = write(STDERR_FILENO, line.data(), line.size());
  static_cast<void>(written);
}

}  // namespace landfall
