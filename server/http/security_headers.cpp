#include "server/http/security_headers.h"

namespace landfall {

void add_security_headers(HttpResponse& response) {
  const bool is_page = response.headers.find("Content-Type").value_or("").starts_with("text/html");
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("Referrer-Policy", "no-referrer");
  response.headers.set("Cross-Origin-Resource-Policy", "same-origin");
  // Workers are subject to the policy of their own answer, so scripts carry the page's.
  const bool is_script =
      response.headers.find("Content-Type").value_or("").starts_with("text/javascript");
  response.headers.set("Content-Security-Policy",
                       std::string(is_page || is_script ? kContentSecurityPolicy : kNothingPolicy));
  if (is_page || is_script) {
    response.headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  }
  if (is_page) {
    response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
    response.headers.set("Permissions-Policy",
                         "camera=(self), microphone=(), geolocation=(self), payment=(), usb=()");
  }
}

bool is_preflight(const HttpRequest& request) {
  return request.method == "OPTIONS" && request.headers.find("Origin").has_value() &&
         request.headers.find("Access-Control-Request-Method").has_value();
}

void add_cors_headers(const HttpRequest& request, HttpResponse& response) {
  if (!request.headers.find("Origin")) return;
  response.headers.set("Access-Control-Allow-Origin", "*");
  response.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
  response.headers.set("Access-Control-Expose-Headers",
                       "Date, ETag, Link, Location, Retry-After, Tus-Resumable, Tus-Version, "
                       "Tus-Extension, Tus-Max-Size, Tus-Checksum-Algorithm, Upload-Offset, "
                       "Upload-Length, Upload-Metadata, Upload-Expires, Vault-Expires, "
                       "Vault-Statement");
  if (!is_preflight(request)) return;
  response.headers.set("Access-Control-Allow-Methods",
                       "GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS");
  response.headers.set("Access-Control-Allow-Headers",
                       "Content-Type, If-Match, If-None-Match, Tus-Resumable, Upload-Length, "
                       "Upload-Offset, Upload-Metadata, Upload-Checksum, Vault-Statement, "
                       "X-HTTP-Method-Override");
  response.headers.set("Access-Control-Max-Age", "86400");
}

}  // namespace landfall
