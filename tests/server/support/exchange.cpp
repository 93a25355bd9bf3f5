#include "tests/server/support/exchange.h"

#include <doctest/doctest.h>

#include "server/http/problem.h"
#include "shared/base/error.h"
#include "shared/codec/json.h"

namespace landfall {
namespace {

// What every problem document must be, whoever made it.
void check_problem(const HttpResponse& response, const std::string& code) {
  CHECK(response.body_view().size() <= kMaxProblemBytes);
  CHECK(header_of(response, "Content-Type") == "application/problem+json");
  const Result<Json> problem = parse_json(response.body_view());
  REQUIRE(problem.ok());
  const Json& document = problem.value();
  CHECK(has_only_members(
      document, {"type", "title", "status", "code", "offset", "missing", "missing_count"}));
  const std::string_view named = member_text_or(document, "code", "");
  CHECK(member_text_or(document, "type", "") == "urn:landfall:problem:" + std::string(named));
  CHECK(member_integer(document, "status").value() == response.status);
  if (!code.empty()) CHECK(named == code);
}

}  // namespace

std::string header_of(const HttpResponse& response, std::string_view name) {
  return std::string(response.headers.find(name).value_or(""));
}

HttpResponse Exchange::run(Api& api) const {
  HttpRequest request;
  request.method = method;
  const std::size_t question = path.find('?');
  request.path = path.substr(0, question);
  if (question != std::string::npos) {
    std::string_view query = std::string_view(path).substr(question + 1);
    while (!query.empty()) {
      const std::string_view pair = query.substr(0, query.find('&'));
      query.remove_prefix(std::min(query.size(), pair.size() + 1));
      const std::size_t equals = pair.find('=');
      request.query.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    }
  }
  for (const auto& [name, value] : headers) request.headers.add(name, value);
  const std::string bytes = body.value_or("");
  MemorySource source(bytes_of(bytes));
  if (body) request.body = &source;

  HttpResponse response = api.handle(request);

  INFO(method, " ", path, " answered ", std::string(response.body_view()));
  CHECK(response.status == status);
  for (const std::pair<std::string, std::string>& field : expected) {
    INFO("header ", field.first);
    const bool is_there = response.headers.find(field.first).has_value();
    CHECK((is_there ? header_of(response, field.first) : "-") == field.second);
  }
  CHECK(header_of(response, "X-Content-Type-Options") == "nosniff");
  if (response.status >= 400) check_problem(response, code);
  return response;
}

SourceEnd BrokenSource::read(const std::function<bool(ByteView)>& receive) {
  const std::string arrived = bytes_.substr(0, arrives_);
  return receive(bytes_of(arrived)) ? end_ : SourceEnd::refused;
}

}  // namespace landfall
