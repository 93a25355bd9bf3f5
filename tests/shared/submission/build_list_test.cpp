#include "shared/submission/build_list.h"

#include <doctest/doctest.h>

#include <string>

#include "shared/codec/hex.h"
#include "shared/sealing/signed_document.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

BuildList sample_list() {
  return {std::string(kAudience),
          "2026-11-21T00:00:00Z",
          false,
          {{"assets/page-1a2b.js", 12, digest_of('a')}, {"index.html", 0, digest_of('b')}}};
}

ErrorCode refusal_of(std::string_view text, const SigningKey& root, std::string_view audience) {
  const Result<BuildList> list = verify_build_list(text, root.public_key(), audience);
  return list.ok() ? ErrorCode::internal : list.error().code;
}

TEST_CASE("a list says what was signed, to whoever has the root key") {
  const std::string text = sign_build_list(sample_list(), agency_key()).value();
  const Result<BuildList> read = verify_build_list(text, agency_key().public_key(), std::nullopt);

  REQUIRE(read.ok());
  CHECK(read.value() == sample_list());
  CHECK(refusal_of(text, sample_key(1), kAudience) == ErrorCode::jws_key_wrong);
  CHECK(refusal_of(text, agency_key(), "other/log") == ErrorCode::jws_audience_wrong);
}

TEST_CASE("another document by the same key is no list") {
  const std::string receipt =
      sign_short_receipt(sample_receipt_body(), kAudience, agency_key()).value();

  CHECK(refusal_of(receipt, agency_key(), kAudience) == ErrorCode::jws_type_wrong);
}

TEST_CASE("a list without files, or with files out of order or twice, is neither signed nor read") {
  BuildList empty = sample_list();
  empty.files.clear();
  BuildList turned = sample_list();
  std::swap(turned.files[0], turned.files[1]);
  BuildList twice = sample_list();
  twice.files.push_back(twice.files.back());
  BuildList outside = sample_list();
  outside.files[0].path = "../index.html";

  int refused = 0;
  for (const BuildList& list : {empty, turned, twice, outside}) {
    CHECK(sign_build_list(list, agency_key()).error() == Error{ErrorCode::json_shape});
    ++refused;
  }
  CHECK(refused == 4);
  const Json payload = {{"aud", kAudience},
                        {"issued", "2026-11-21T00:00:00Z"},
                        {"development", false},
                        {"files", Json::array()}};
  const std::string text = sign_document(document_type::kBuild, payload, agency_key()).value();
  CHECK(refusal_of(text, agency_key(), kAudience) == ErrorCode::json_shape);
}

TEST_CASE("a path of a list stays below the site's root") {
  CHECK(is_site_path("index.html"));
  CHECK(is_site_path("assets/a.b-c_d.js"));
  CHECK_FALSE(is_site_path(""));
  CHECK_FALSE(is_site_path("/index.html"));
  CHECK_FALSE(is_site_path("assets//a.js"));
  CHECK_FALSE(is_site_path("assets/"));
  CHECK_FALSE(is_site_path("./a.js"));
  CHECK_FALSE(is_site_path("a/../b.js"));
  CHECK_FALSE(is_site_path("a?b"));
  CHECK_FALSE(is_site_path(std::string(301, 'a')));
}

}  // namespace
}  // namespace landfall
