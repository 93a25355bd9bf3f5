// Everything the server answers: the routes of openapi.yaml, the portal's files, the headers.

#ifndef LANDFALL_SERVER_HTTP_API_H_
#define LANDFALL_SERVER_HTTP_API_H_

#include <string_view>

#include "server/http/message.h"
#include "server/http/router.h"
#include "server/http/static_site.h"
#include "server/http/tus.h"
#include "server/intake/accept_submission.h"
#include "server/intake/clock.h"
#include "server/intake/keep_vaults.h"
#include "server/intake/published_files.h"
#include "server/intake/receive_parts.h"
#include "server/intake/store.h"

namespace landfall {

// What the routes of intake work on.
struct IntakeServices {
  AcceptSubmission& submissions;
  ReceiveParts& parts;
  const Store& store;
  const PublishedFiles& published;
  KeepVaults& vaults;
  std::uint64_t max_upload_bytes;
};

// Thread rule: any thread.
class Api {
 public:
  // `intake` may be null (--role static: files, health and contract only). All must outlive this.
  Api(const IntakeServices* intake, const StaticSite& site, const Clock& clock);

  // The complete answer, with Date, security and cross-origin headers.
  [[nodiscard]] HttpResponse handle(const HttpRequest& request);

  [[nodiscard]] const Router& router() const { return router_; }

 private:
  const StaticSite& site_;
  const Clock& clock_;
  Router router_;
};

// The routes that need intake, which must outlive them.
[[nodiscard]] std::vector<Route> intake_routes(const IntakeServices& intake);

// The backups of vaults. `vaults` must outlive them.
[[nodiscard]] std::vector<Route> vault_routes(KeepVaults& vaults);

// /healthz, /readyz and /openapi.json. `intake` may be null.
[[nodiscard]] std::vector<Route> service_routes(const IntakeServices* intake);

// The answer of /readyz when everything but the room for parts is fine: 507 when not even a
// submission of text would fit.
[[nodiscard]] HttpResponse answer_room(std::uint64_t free_bytes);

// openapi.yaml as JSON, embedded by the build.
[[nodiscard]] std::string_view openapi_json();

}  // namespace landfall

#endif  // LANDFALL_SERVER_HTTP_API_H_
