#include "server/http/static_site.h"

namespace landfall {

bool is_app_route(std::string_view path) { return path == "/"; }

std::string_view cache_control_of(std::string_view path) {
  const bool has_hash = path.starts_with("assets/");
  return has_hash ? "public, max-age=31536000, immutable" : "no-cache";
}

std::optional<HttpResponse> StaticSite::serve(const HttpRequest& request) const {
  if (!request.path.starts_with("/")) return std::nullopt;
  const std::string_view name =
      is_app_route(request.path) ? "index.html" : std::string_view(request.path).substr(1);
  const auto file = files_.find(name);
  if (file == files_.end()) return std::nullopt;
  return serve_asset(file->second, request);
}

}  // namespace landfall
