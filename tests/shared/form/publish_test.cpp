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

constexpr const char* kPaying =
    R"j({"type":"select_one c","name":"pay","label":"pay"},)j"
    R"j({"type":"calculate","name":"said","calculation":"jr:choice-name(${pay}, '${pay}')"},)j"
    R"j({"type":"calculate","name":"looked_up",)j"
    R"j("calculation":"instance('c')/root/item[name = ${pay}]/label"},)j"
    R"j({"type":"note","name":"told","label":"told",)j"
    R"j("outputs":{"a":"${said}","b":"/data/said","c":"concat(${said}, '!')"}},)j"
    R"j({"type":"text","name":"why","label":"why","relevant":"contains(${said}, '{cash}')"},)j"
    R"j({"type":"select_one c or_other","name":"more","label":"pay"},)j"
    R"j({"type":"calculate","name":"other","calculation":"jr:choice-name('other', '${more}')"})j";
constexpr const char* kPayments = R"j({"list_name":"c","name":"1","label":"c.1","kind":"x"},)j"
                                  R"j({"list_name":"c","name":"2","label":"c.2"})j";
constexpr const char* kPaymentTexts =
    R"j({"title":"T","pay":"Pay","told":"{a}{b}{c}","why":"Why?","c.1":"It''s '{cash}'",)j"
    R"j("c.2":"Card","choice.other":"Other","question.specify_other":"Which?"})j";

OpenForm open_published(const PackageSources& sources) {
  const Result<PublishedPackage> published = publish_package(sources, fake_digest);
  REQUIRE(published.ok());
  Result<OpenForm> form = open_form(bytes_of(published.value().bytes),
                                    R"j({"as_of":"2026-11-21","time_zone":"Asia/Taipei"})j");
  REQUIRE(form.ok());
  return std::move(form).value();
}

TEST_CASE("expressions read a choice's label in the form's own language, and pages its key") {
  PackageSources sources = sources_with(kPaying, kPayments);
  sources.locales = {{"en", kPaymentTexts, "{}"}, {"th", kPaymentTexts, "{}"}};
  OpenForm form = open_published(sources);

  (void)set(form, "pay", R"j("1")j");

  CHECK(member_of(form, "said", "value") == R"j("It's {cash}")j");
  CHECK(member_of(form, "looked_up", "value") == R"j("It's {cash}")j");
  CHECK(member_of(form, "why", "relevant") == "true");
  CHECK(member_of(form, "other", "value") == R"j("Other")j");
  // What is plainly a choice is said in the reader's language.
  CHECK(member_of(form, "told", "outputs") == R"j({"a":"c.1","b":"c.1","c":"It's {cash}!"})j");
  CHECK(description_json(*form.package).find(R"j({"kind":"x","label":"c.1","name":"1"})j") !=
        std::string::npos);
  (void)set(form, "pay", R"j("2")j");
  CHECK(member_of(form, "why", "relevant") == "false");
  (void)set(form, "pay", "null");
  CHECK(member_of(form, "told", "outputs") == R"j({"a":"","b":"","c":"!"})j");
}

TEST_CASE("a form that looks at no label is published without the words of its choices") {
  PackageSources sources =
      sources_with(R"j({"type":"select_one c","name":"pay","label":"pay"})j", kPayments);
  sources.locales = {{"en", R"j({"title":"T","pay":"Pay","c.1":"A","c.2":"B"})j", "{}"}};

  const Result<PublishedPackage> published = publish_package(sources, fake_digest);

  REQUIRE(published.ok());
  CHECK(published.value().bytes.find("\"words\"") == std::string::npos);
}

TEST_CASE("a package with a mistake is not published") {
  const PackageSources sources = sources_with(R"j({"type":"wrong","name":"a"})j");

  CHECK(publish_package(sources, fake_digest).error().code == ErrorCode::package_malformed);
}

}  // namespace
}  // namespace landfall
