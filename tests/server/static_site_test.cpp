#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "server/app/load_site.h"
#include "server/http/assets.h"
#include "server/http/security_headers.h"
#include "tests/server/support/exchange.h"
#include "tests/server/support/intake_fixture.h"
#include "tests/server/support/temporary_folder.h"

namespace landfall {
namespace {

// A small build of the portal, served without intake.
struct SiteFixture {
  SiteFixture() {
    std::filesystem::create_directory(folder.path() + "/assets");
    save_text(folder.path() + "/index.html", "<!doctype html>");
    save_text(folder.path() + "/index.html.br", "br of index");
    save_text(folder.path() + "/index.html.gz", "gz of index");
    save_text(folder.path() + "/sw.js", "self");
    save_text(folder.path() + "/app.webmanifest", "{}");
    save_text(folder.path() + "/assets/core-1a2b.wasm", "wasm");
    save_text(folder.path() + "/assets/core-1a2b.wasm.br", "br of wasm");
    save_text(folder.path() + "/.secret", "not for the world");
    std::filesystem::create_symlink("/etc/passwd", folder.path() + "/link.txt");
    site = std::make_unique<StaticSite>(*load_site(folder.path()));
    api = std::make_unique<Api>(nullptr, *site, clock);
  }

  TemporaryFolder folder;
  TestClock clock;
  std::unique_ptr<StaticSite> site;
  std::unique_ptr<Api> api;
};

TEST_CASE("the portal's page comes with its policy and is asked for again each time") {
  SiteFixture fixture;

  for (const std::string path : {"/", "/index.html"}) {
    const HttpResponse page =
        Exchange{"GET",
                 path,
                 {},
                 std::nullopt,
                 200,
                 {{"Content-Type", "text/html; charset=utf-8"},
                  {"Content-Security-Policy", std::string(kContentSecurityPolicy)},
                  {"Cross-Origin-Opener-Policy", "same-origin"},
                  {"Cross-Origin-Embedder-Policy", "require-corp"},
                  {"Cache-Control", "no-cache"},
                  {"Vary", "Accept-Encoding"}},
                 ""}
            .run(*fixture.api);
    CHECK(page.body_view() == "<!doctype html>");
    CHECK(header_of(page, "Permissions-Policy").find("camera=(self)") != std::string::npos);
  }
}

TEST_CASE("the encoding is the best one the client takes") {
  SiteFixture fixture;
  struct Row {
    const char* accepted;
    const char* encoding;
  };
  constexpr std::array kRows = {
      Row{"", "-"},
      Row{"identity", "-"},
      Row{"br", "br"},
      Row{"gzip", "gzip"},
      Row{"gzip, deflate, br, zstd", "br"},
      Row{"br;q=0", "-"},
      Row{"br;q=0.0, gzip;q=0.1", "gzip"},
      Row{"BR; Q=1.0", "br"},
      Row{"*", "br"},
      Row{"*;q=0, gzip", "gzip"},
      Row{"br;q=0, *", "gzip"},
      Row{"x-br, gzipped", "-"},
      Row{",,;;q=,br", "br"},
  };
  int cases = 0;

  for (const Row& row : kRows) {
    INFO(row.accepted);
    Exchange{"GET",
             "/",
             {{"Accept-Encoding", row.accepted}},
             std::nullopt,
             200,
             {{"Content-Encoding", row.encoding}},
             ""}
        .run(*fixture.api);
    ++cases;
  }

  CHECK(cases == 13);
}

TEST_CASE("files have their types, and those with a hash in their name are kept for ever") {
  SiteFixture fixture;

  Exchange{"GET",
           "/assets/core-1a2b.wasm",
           {},
           std::nullopt,
           200,
           {{"Content-Type", "application/wasm"},
            {"Cache-Control", "public, max-age=31536000, immutable"}},
           ""}
      .run(*fixture.api);
  Exchange{"GET", "/app.webmanifest",
           {},    std::nullopt,
           200,   {{"Content-Type", "application/manifest+json"}},
           ""}
      .run(*fixture.api);
  Exchange{
      "GET", "/sw.js",
      {},    std::nullopt,
      200,   {{"Content-Type", "text/javascript; charset=utf-8"}, {"Cache-Control", "no-cache"}},
      ""}
      .run(*fixture.api);
}

TEST_CASE("a page that did not change is answered with 304 and nothing else") {
  SiteFixture fixture;
  const HttpResponse page = Exchange{"GET", "/", {}, std::nullopt, 200, {}, ""}.run(*fixture.api);
  const std::string etag = header_of(page, "ETag");

  for (const std::string& condition : {etag, "W/" + etag, "\"x\", " + etag, std::string("*")}) {
    const HttpResponse same =
        Exchange{"GET", "/", {{"If-None-Match", condition}}, std::nullopt, 304, {{"ETag", etag}},
                 ""}
            .run(*fixture.api);
    CHECK(same.body_view().empty());
  }
  Exchange{"GET", "/", {{"If-None-Match", "\"other\""}}, std::nullopt, 200, {}, ""}.run(
      *fixture.api);
}

TEST_CASE("a 304 has exactly the headers of the 200, so that a browser's copy keeps its policies") {
  SiteFixture fixture;
  int cases = 0;

  for (const std::string path : {"/", "/sw.js", "/app.webmanifest", "/assets/core-1a2b.wasm"}) {
    INFO(path);
    const HttpResponse fresh =
        Exchange{"GET", path, {}, std::nullopt, 200, {}, ""}.run(*fixture.api);
    const HttpResponse same =
        Exchange{"GET", path, {{"If-None-Match", header_of(fresh, "ETag")}}, std::nullopt, 304,
                 {},    ""}
            .run(*fixture.api);
    CHECK(Fields(same.headers.begin(), same.headers.end()) ==
          Fields(fresh.headers.begin(), fresh.headers.end()));
    CHECK(!header_of(same, "Content-Security-Policy").empty());
    ++cases;
  }

  CHECK(cases == 4);
}

TEST_CASE("ranges are not offered and a range changes nothing") {
  SiteFixture fixture;

  Exchange{"GET",
           "/",
           {{"Range", "bytes=0-3"}},
           std::nullopt,
           200,
           {{"Accept-Ranges", "none"}, {"Content-Range", "-"}},
           ""}
      .run(*fixture.api);
}

TEST_CASE("nothing outside the site is served, and no page stands in for a missing file") {
  SiteFixture fixture;
  int cases = 0;

  for (const std::string path :
       {"/.secret", "/link.txt", "/../etc/passwd", "/assets/../.secret", "/assets", "/assets/",
        "/index.html.br", "/missing.js", "/draft/1", "index.html", "/%2e%2e/etc/passwd"}) {
    Exchange{"GET", path, {}, std::nullopt, 404, {}, "not_found"}.run(*fixture.api);
    ++cases;
  }

  CHECK(cases == 11);
}

TEST_CASE("a server of files only has no intake") {
  SiteFixture fixture;

  Exchange{"POST", "/api/v1/submissions", {}, "x", 404, {}, "not_found"}.run(*fixture.api);
  Exchange{"GET", "/healthz", {}, std::nullopt, 200, {}, ""}.run(*fixture.api);
  Exchange{"GET", "/readyz", {}, std::nullopt, 200, {}, ""}.run(*fixture.api);
}

TEST_CASE("a folder without a page is no portal") {
  TemporaryFolder folder;

  CHECK_FALSE(load_site(folder.path()).has_value());
  CHECK_FALSE(load_site(folder.path() + "/missing").has_value());
}

}  // namespace
}  // namespace landfall
