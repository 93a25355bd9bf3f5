#include "server/http/api.h"

#include <utility>

#include "server/http/problem.h"
#include "server/http/security_headers.h"

namespace landfall {
namespace {

std::vector<Route> all_routes(const IntakeServices* intake) {
  std::vector<Route> routes = service_routes(intake);
  if (intake == nullptr) return routes;
  for (Route& route : intake_routes(*intake)) routes.push_back(std::move(route));
  return routes;
}

bool is_api_path(std::string_view path) { return path.starts_with("/api/"); }

}  // namespace

Api::Api(const IntakeServices* intake, const StaticSite& site, const Clock& clock)
    : site_(site), clock_(clock), router_(all_routes(intake)) {}

HttpResponse Api::handle(const HttpRequest& request) {
  HttpResponse response;
  const bool is_read = request.method == "GET" || request.method == "HEAD";
  std::optional<HttpResponse> file;
  if (is_read && !is_api_path(request.path)) file = site_.serve(request);
  if (file) {
    response = *std::move(file);
    response.route = "file";
  } else {
    response = router_.dispatch(request);
    // A browser asks before it sends a manifest from another origin, on routes without OPTIONS too.
    const bool is_asking = is_preflight(request) && is_api_path(request.path);
    if (is_asking && response.status == 405)
      response = {204, {}, {}, nullptr, nullptr, response.route};
  }
  add_security_headers(response);
  if (is_api_path(request.path)) add_cors_headers(request, response);
  response.headers.set("Date", format_http_date(clock_.now()));
  return response;
}

}  // namespace landfall
