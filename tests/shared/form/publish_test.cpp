#include <doctest/doctest.h>

#include <string>

#include "shared/codec/canonical_json.h"
#include "shared/codec/json.h"
#include "shared/form/publish.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

TEST_CASE("a published package is canonical, names its texts by digest and opens") {
  const Result<PublishedPackage> published = publish_package(sources_of("hkmo_entry"), fake_digest);

  REQUIRE(published.ok());
  CHECK(published.value().form_id == "hkmo_entry");
  CHECK(is_canonical(published.value().bytes));
  CHECK(published.value().digest == fake_digest(bytes_of(published.value().bytes)));
  const Result<Json> package = parse_json(published.value().bytes);
  const Json& texts = *find_member(package.value(), "texts");
  CHECK(texts.size() == published.value().texts.size());
  for (const TextBundle& bundle : published.value().texts) {
    CHECK(member_text_or(*find_member(texts, bundle.locale), "digest", "") == bundle.digest);
    CHECK(is_canonical(bundle.bytes));
  }
  const Result<OpenForm> form = open_form(bytes_of(published.value().bytes),
                                          R"j({"as_of":"2026-11-21","time_zone":"Asia/Taipei"})j");
  CHECK(form.ok());
}

TEST_CASE("a warning of lint keeps no package from being published, an error does") {
  const std::string_view row = R"j({"type":"integer","name":"a","label":"a","default":"many"})j";
  const std::string_view typo = R"j({"type":"integre","name":"a","label":"a"})j";

  CHECK(publish_package(sources_with(row), fake_digest).ok());
  CHECK_FALSE(publish_package(sources_with(typo), fake_digest).ok());
}

TEST_CASE("publishing twice gives the same bytes") {
  const Result<PublishedPackage> first = publish_package(sources_of("hkmo_entry"), fake_digest);
  const Result<PublishedPackage> second = publish_package(sources_of("hkmo_entry"), fake_digest);

  CHECK(first.value().bytes == second.value().bytes);
}

TEST_CASE("a bundle takes from the shared texts those that the form uses") {
  PackageSources sources = sources_with(R"j({"type":"text","name":"a","label":"country.TWN"})j");
  sources.locales = {
      {"en", R"j({"title":"T"})j", R"j({"country.TWN":"Taiwan","country.JPN":"Japan"})j"}};

  const Result<PublishedPackage> published = publish_package(sources, fake_digest);

  CHECK(published.value().texts[0].bytes == R"j({"country.TWN":"Taiwan","title":"T"})j");
}

TEST_CASE("a package with a mistake is not published") {
  const PackageSources sources = sources_with(R"j({"type":"wrong","name":"a"})j");

  CHECK(publish_package(sources, fake_digest).error().code == ErrorCode::package_malformed);
}

}  // namespace
}  // namespace landfall
