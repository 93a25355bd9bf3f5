#include <memory>
#include <string>

#include "server/http/api.h"
#include "server/http/limits.h"
#include "server/http/problem.h"

namespace landfall {
namespace {

HttpResponse json_response(std::string body) {
  HttpResponse response;
  response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}};
  response.body = std::move(body);
  return response;
}

// Ready to take submissions: the database answers, something is published, and there is room.
HttpResponse answer_readiness(const IntakeServices* intake) {
  if (intake != nullptr) {
    const Result<Done> ready = intake->store.check_ready();
    if (!ready.ok()) return problem_response(ready.error());
    if (intake->published.index() == nullptr) {
      return problem_response(Error{ErrorCode::storage_unavailable});
    }
    return answer_room(intake->parts.free_bytes());
  }
  return json_response(R"({"status":"ok"})");
}

}  // namespace

HttpResponse answer_room(std::uint64_t free_bytes) {
  if (free_bytes < kMaxBundleBodyBytes) return problem_response(Error{ErrorCode::storage_full});
  return json_response(R"({"free_bytes":)" + std::to_string(free_bytes) + R"(,"status":"ok"})");
}

std::vector<Route> service_routes(const IntakeServices* intake) {
  return {
      {"GET", "/healthz",
       [](const HttpRequest&, std::string_view) { return json_response(R"({"status":"ok"})"); }},
      {"GET", "/readyz",
       [intake](const HttpRequest&, std::string_view) { return answer_readiness(intake); }},
      {"GET", "/openapi.json",
       [](const HttpRequest&, std::string_view) {
         HttpResponse response = json_response(std::string(openapi_json()));
         response.headers.set("Cache-Control", "no-cache");
         return response;
       }},
  };
}

}  // namespace landfall
