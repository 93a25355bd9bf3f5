// The route table: which handler answers which method and path.

#ifndef LANDFALL_SERVER_HTTP_ROUTER_H_
#define LANDFALL_SERVER_HTTP_ROUTER_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.h"

namespace landfall {

// `parameter` is what stood in place of "{…}" in the pattern; empty when it has none.
using RouteHandler = std::function<HttpResponse(const HttpRequest&, std::string_view parameter)>;

// `pattern` is a path with at most one "{name}" segment, as in openapi.yaml. Both views are of
// literals.
struct Route {
  std::string_view method;
  std::string_view pattern;
  RouteHandler handler;
};

class Router {
 public:
  explicit Router(std::vector<Route> routes) : routes_(std::move(routes)) {}

  // The handler's answer, its `route` set; 404 when no pattern fits, 405 with Allow when another
  // method would. HEAD is answered as GET where it has no route of its own.
  [[nodiscard]] HttpResponse dispatch(const HttpRequest& request) const;

  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_HTTP_ROUTER_H_
