#include <doctest/doctest.h>

#include <array>
#include <set>
#include <string>

#include "server/http/chunked_body.h"
#include "server/http/problem.h"
#include "server/http/security_headers.h"
#include "shared/codec/json.h"
#include "tests/server/support/exchange.h"
#include "tests/server/support/intake_fixture.h"

namespace landfall {
namespace {

std::set<std::string> contract_operations() {
  std::set<std::string> operations;
  const Json contract = parse_json(openapi_json()).value();
  for (const auto& [path, item] : find_member(contract, "paths")->items()) {
    for (const auto& [method, operation] : item.items()) {
      if (method == "parameters") continue;
      std::string name = method;
      for (char& c : name) c = static_cast<char>(c - 'a' + 'A');
      operations.insert(name + " " + path);
    }
  }
  return operations;
}

TEST_CASE("the route table is the contract's list of paths and methods") {
  IntakeFixture intake;
  std::set<std::string> routes;

  for (const Route& route : intake.api->router().routes()) {
    routes.insert(std::string(route.method) + " " + std::string(route.pattern));
  }

  CHECK(routes.size() > 10);
  CHECK(routes == contract_operations());
}

TEST_CASE("the contract is served as JSON") {
  IntakeFixture intake;

  const HttpResponse response =
      Exchange{
          "GET", "/openapi.json", {}, std::nullopt, 200, {{"Content-Type", "application/json"}}, ""}
          .run(*intake.api);

  CHECK(member_text_or(parse_json(response.body).value(), "openapi", "") == "3.1.0");
}

TEST_CASE("health and readiness answer") {
  IntakeFixture intake;

  Exchange{"GET", "/healthz", {}, std::nullopt, 200, {{"Cache-Control", "no-store"}}, ""}.run(
      *intake.api);
  Exchange{"GET", "/readyz", {}, std::nullopt, 200, {}, ""}.run(*intake.api);
}

TEST_CASE("readiness says how much room there is, and 507 when nothing would fit") {
  IntakeFixture intake;
  const HttpResponse ready =
      Exchange{"GET", "/readyz", {}, std::nullopt, 200, {}, ""}.run(*intake.api);
  const Json body = parse_json(ready.body).value();

  CHECK(integer_value(*find_member(body, "free_bytes")).value() > 0);
  CHECK(answer_room(std::uint64_t{1} << 30).status == 200);
  CHECK(answer_room(0).status == 507);
  CHECK(answer_room(1000).body.find("storage_full") != std::string::npos);
}

TEST_CASE("an unknown path is 404, a known one with another method 405 with what is allowed") {
  IntakeFixture intake;

  for (const std::string path :
       {"/nothing", "/api/v1", "/api/v1/submissions/x/y/receipt", "/api/v1/packages/", "//healthz",
        "/healthz/", "/../etc/passwd", "/API/v1/packages"}) {
    Exchange{"GET", path, {}, std::nullopt, 404, {}, "not_found"}.run(*intake.api);
  }
  Exchange{"GET",
           "/api/v1/submissions",
           {},
           std::nullopt,
           405,
           {{"Allow", "POST"}},
           "method_not_allowed"}
      .run(*intake.api);
  Exchange{"PUT", "/healthz", {}, std::nullopt, 405, {{"Allow", "GET"}}, "method_not_allowed"}.run(
      *intake.api);
}

TEST_CASE("every answer carries the security headers, refusals too") {
  IntakeFixture intake;
  int cases = 0;

  for (const std::string path : {"/healthz", "/nothing", "/api/v1/packages", "/openapi.json"}) {
    HttpRequest request;
    request.method = "GET";
    request.path = path;
    const HttpResponse response = intake.api->handle(request);
    CHECK(header_of(response, "X-Content-Type-Options") == "nosniff");
    CHECK(header_of(response, "Referrer-Policy") == "no-referrer");
    CHECK(header_of(response, "Content-Security-Policy") == kNothingPolicy);
    CHECK(header_of(response, "Cross-Origin-Resource-Policy") == "same-origin");
    CHECK(header_of(response, "Date") == "Sat, 21 Nov 2026 09:00:00 GMT");
    ++cases;
  }

  CHECK(cases == 4);
}

TEST_CASE("a page of another origin may use the API and is told so") {
  IntakeFixture intake;
  const Fields asking = {{"Origin", "https://portal.example"},
                         {"Access-Control-Request-Method", "POST"}};

  const HttpResponse preflight = Exchange{"OPTIONS", "/api/v1/submissions",
                                          asking,    std::nullopt,
                                          204,       {{"Access-Control-Allow-Origin", "*"}},
                                          ""}
                                     .run(*intake.api);
  const HttpResponse parts =
      Exchange{"OPTIONS", "/api/v1/parts", asking, std::nullopt, 204, {{"Tus-Version", "1.0.0"}},
               ""}
          .run(*intake.api);

  int methods = 0;
  for (const char* method : {"POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    CHECK(header_of(preflight, "Access-Control-Allow-Methods").find(method) != std::string::npos);
    CHECK(header_of(parts, "Access-Control-Allow-Methods").find(method) != std::string::npos);
    ++methods;
  }
  CHECK(methods == 6);
  CHECK(header_of(preflight, "Access-Control-Expose-Headers").find("Upload-Offset") !=
        std::string::npos);
  CHECK(header_of(preflight, "Access-Control-Allow-Credentials").empty());
}

TEST_CASE("a package is served by its digest, for ever, in the encoding that is taken") {
  IntakeFixture intake;
  const std::string path = "/api/v1/packages/" + std::string(64, '1');

  const HttpResponse plain = Exchange{"GET",
                                      path,
                                      {},
                                      std::nullopt,
                                      200,
                                      {{"Content-Type", "application/json"},
                                       {"Cache-Control", "public, max-age=31536000, immutable"},
                                       {"Content-Encoding", "-"},
                                       {"ETag", "\"" + std::string(64, '1') + "\""}},
                                      ""}
                                 .run(*intake.api);
  const HttpResponse small = Exchange{"GET",
                                      path,
                                      {{"Accept-Encoding", "gzip, br"}},
                                      std::nullopt,
                                      200,
                                      {{"Content-Encoding", "br"}},
                                      ""}
                                 .run(*intake.api);

  CHECK(plain.body_view() == "{}");
  CHECK(small.body_view() == "brotli bytes");
  Exchange{"GET", path, {{"If-None-Match", "\"" + std::string(64, '1') + "\""}}, std::nullopt, 304,
           {},    ""}
      .run(*intake.api);
  Exchange{"GET",      "/api/v1/packages/" + std::string(64, '0'), {}, std::nullopt, 404, {},
           "not_found"}
      .run(*intake.api);
}

TEST_CASE(
    "the certificates between root keys are served beside the index, not taken for a package") {
  IntakeFixture intake;

  const HttpResponse answer = Exchange{"GET",
                                       "/api/v1/packages/certificates",
                                       {},
                                       std::nullopt,
                                       200,
                                       {{"Content-Type", "text/plain; charset=utf-8"},
                                        {"Cache-Control", "no-cache"},
                                        {"ETag", "\"certs-digest\""}},
                                       ""}
                                  .run(*intake.api);

  CHECK(answer.body_view() == "d.e.f\n");
}

TEST_CASE("every error code makes a problem of at most one kibibyte with a 4xx or 5xx status") {
  int count = 0;
#define LANDFALL_ERROR(name, http_status)                                       \
  {                                                                             \
    const HttpResponse response = problem_response(Error{ErrorCode::name, 77}); \
    CHECK(response.status >= 400);                                              \
    CHECK(response.status < 600);                                               \
    CHECK(response.body.size() <= kMaxProblemBytes);                            \
    ++count;                                                                    \
  }
#include "shared/base/error_codes.def"
#include "shared/base/server_error_codes.def"
#undef LANDFALL_ERROR
  CHECK(count > 40);
}

// What read_chunked_body makes of `text`, and what it leaves of it.
struct Chunked {
  SourceEnd end;
  std::string content;
  std::string rest;
};

Chunked read_chunked(std::string text) {
  Chunked result{SourceEnd::broken, "", ""};
  std::size_t at = 0;
  result.end = read_chunked_body(
      [&](char* data, std::size_t size) {
        const std::size_t count = text.copy(data, size, at);
        at += count;
        return static_cast<std::ptrdiff_t>(count);
      },
      [&](ByteView piece) {
        result.content += text_of(piece);
        return true;
      });
  result.rest = text.substr(at);
  return result;
}

TEST_CASE("a chunked body is read to its end and not a byte further") {
  const Chunked plain = read_chunked("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\nGET / HTTP/1.1");
  const Chunked trailed = read_chunked("B;x=y\r\nhello world\r\n000\r\nA: b\r\n\r\nrest");

  CHECK(plain.end == SourceEnd::complete);
  CHECK(plain.content == "hello world");
  CHECK(plain.rest == "GET / HTTP/1.1");
  CHECK(trailed.end == SourceEnd::complete);
  CHECK(trailed.content == "hello world");
  CHECK(trailed.rest == "rest");
}

TEST_CASE("a chunked body that could be read in two ways is refused") {
  int cases = 0;

  for (const std::string text :
       {"-2\r\nab\r\n0\r\n\r\n", "+2\r\nab\r\n0\r\n\r\n", "0x2\r\nab\r\n0\r\n\r\n",
        " 2\r\nab\r\n0\r\n\r\n", "2\nab\r\n0\r\n\r\n", "2\r\nab\n0\r\n\r\n",
        "2\r\nabc\r\n0\r\n\r\n", "\r\n0\r\n\r\n", "g\r\n", "123456789\r\n", "2\r\nab\r\n0\r\n",
        "2\r\na", "2\rx\nab\r\n", ""}) {
    INFO(text);
    CHECK(read_chunked(text).end == SourceEnd::broken);
    ++cases;
  }

  CHECK(cases == 14);
  CHECK(read_chunked("2;" + std::string(300, 'x') + "\r\nab\r\n0\r\n\r\n").end ==
        SourceEnd::broken);
}

}  // namespace
}  // namespace landfall
