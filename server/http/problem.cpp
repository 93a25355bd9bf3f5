#include "server/http/problem.h"

#include <algorithm>

#include "shared/codec/canonical_json.h"

namespace landfall {
namespace {

// "parts_missing" → "Parts missing": the wording people read is translated on the client.
std::string title_of(std::string_view code) {
  std::string title(code);
  std::replace(title.begin(), title.end(), '_', ' ');
  if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') {
    title[0] = static_cast<char>(title[0] - 'a' + 'A');
  }
  return title;
}

Json problem_json(ErrorCode code, int status) {
  const std::string name(error_name(code));
  return {{"type", "urn:landfall:problem:" + name},
          {"title", title_of(name)},
          {"status", status},
          {"code", name}};
}

std::string text_of(const Json& problem) {
  Result<std::string> text = write_canonical_json(problem);
  return text.ok() ? std::move(text).value() : std::string("{}");
}

HttpResponse response_with(Error error, const Json& problem) {
  HttpResponse response;
  response.status = error_http_status(error.code);
  response.headers.add("Content-Type", "application/problem+json");
  response.headers.add("Cache-Control", "no-store");
  const bool may_pass = response.status == 429 || response.status == 503 || response.status == 507;
  if (may_pass) response.headers.add("Retry-After", "30");
  response.body = text_of(problem);
  return response;
}

}  // namespace

HttpResponse problem_response(Error error) {
  Json problem = problem_json(error.code, error_http_status(error.code));
  if (error.offset != 0) problem["offset"] = error.offset;
  return response_with(error, problem);
}

HttpResponse problem_response(const SubmissionRefusal& refusal) {
  if (refusal.missing.empty()) return problem_response(refusal.error);
  Json problem = problem_json(refusal.error.code, error_http_status(refusal.error.code));
  const std::size_t listed = std::min(refusal.missing.size(), kMaxMissingListed);
  problem["missing"] = Json(std::vector<std::string>(
      refusal.missing.begin(), refusal.missing.begin() + static_cast<std::ptrdiff_t>(listed)));
  problem["missing_count"] = refusal.missing.size();
  return response_with(refusal.error, problem);
}

std::string problem_document(ErrorCode code, int status) {
  return text_of(problem_json(code, status));
}

}  // namespace landfall
