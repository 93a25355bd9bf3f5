// The built portal, held in memory: exact names only, so no path can lead out of it.

#ifndef LANDFALL_SERVER_HTTP_STATIC_SITE_H_
#define LANDFALL_SERVER_HTTP_STATIC_SITE_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/http/assets.h"
#include "server/http/message.h"

namespace landfall {

class StaticSite {
 public:
  // The files by their path from the site's root ("assets/app-1a2b.js"), without the compressed
  // siblings, which are in each asset.
  explicit StaticSite(std::map<std::string, Asset, std::less<>> files) : files_(std::move(files)) {}

  // The answer to a GET or HEAD; nullopt when the path names neither a file nor a page of the app.
  [[nodiscard]] std::optional<HttpResponse> serve(const HttpRequest& request) const;

  [[nodiscard]] bool is_empty() const { return files_.empty(); }

 private:
  std::map<std::string, Asset, std::less<>> files_;
};

// How long a file may be kept: for ever under assets/, whose names change with their content; all
// others are asked for again each time, the service worker above all.
[[nodiscard]] std::string_view cache_control_of(std::string_view path);

// True for the addresses the portal shows a page for. Its own routing is in the fragment, which no
// server sees, so there is one; anything else that is no file is a 404 and not a page.
[[nodiscard]] bool is_app_route(std::string_view path);

}  // namespace landfall

#endif  // LANDFALL_SERVER_HTTP_STATIC_SITE_H_
