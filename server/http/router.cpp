#include "server/http/router.h"

#include <optional>

#include "server/http/problem.h"

namespace landfall {
namespace {

// What `path` has in place of the pattern's parameter: never empty, never with a slash. An empty
// view for a pattern without one; nullopt when it does not fit.
std::optional<std::string_view> match(std::string_view pattern, std::string_view path) {
  const std::size_t open = pattern.find('{');
  if (open == std::string_view::npos) {
    return path == pattern ? std::optional(std::string_view()) : std::nullopt;
  }
  const std::string_view before = pattern.substr(0, open);
  const std::string_view after = pattern.substr(pattern.find('}') + 1);
  if (!path.starts_with(before) || !path.ends_with(after) ||
      path.size() <= before.size() + after.size()) {
    return std::nullopt;
  }
  const std::string_view value =
      path.substr(before.size(), path.size() - before.size() - after.size());
  return value.find('/') == std::string_view::npos ? std::optional(value) : std::nullopt;
}

bool is_method(std::string_view wanted, std::string_view method) {
  return wanted == method || (wanted == "GET" && method == "HEAD");
}

}  // namespace

HttpResponse Router::dispatch(const HttpRequest& request) const {
  std::string allowed;
  std::string_view pattern = "none";
  for (const Route& route : routes_) {
    const std::optional<std::string_view> parameter = match(route.pattern, request.path);
    if (!parameter) continue;
    pattern = route.pattern;
    if (is_method(route.method, request.method)) {
      HttpResponse response = route.handler(request, *parameter);
      response.route = route.pattern;
      return response;
    }
    if (!allowed.empty()) allowed += ", ";
    allowed += route.method;
  }
  HttpResponse response = problem_response(
      Error{allowed.empty() ? ErrorCode::not_found : ErrorCode::method_not_allowed});
  if (!allowed.empty()) response.headers.add("Allow", allowed);
  response.route = pattern;
  return response;
}

}  // namespace landfall
