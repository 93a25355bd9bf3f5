// The headers that every answer carries, and those for pages and for other origins.

#ifndef LANDFALL_SERVER_HTTP_SECURITY_HEADERS_H_
#define LANDFALL_SERVER_HTTP_SECURITY_HEADERS_H_

#include <string_view>

#include "server/http/message.h"

namespace landfall {

// What pages may do: scripts, styles and connections of their own origin, nothing else.
inline constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

// For everything that is not a page.
inline constexpr std::string_view kNothingPolicy = "default-src 'none'; frame-ancestors 'none'";

// Adds nosniff, no-referrer, the permissions, the isolation and the content policy.
void add_security_headers(HttpResponse& response);

// Lets pages of any origin use the API: static files may come from another origin, and no cookie
// or other ambient right exists that such a page could abuse.
void add_cors_headers(const HttpRequest& request, HttpResponse& response);

// True for a preflight request (OPTIONS with Origin and Access-Control-Request-Method).
[[nodiscard]] bool is_preflight(const HttpRequest& request);

}  // namespace landfall

#endif  // LANDFALL_SERVER_HTTP_SECURITY_HEADERS_H_
