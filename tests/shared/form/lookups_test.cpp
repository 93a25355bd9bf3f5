#include <doctest/doctest.h>

#include <string>

#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

PackageSources with_member(PackageSources sources, const std::string& member) {
  sources.form.insert(sources.form.size() - 1, "," + member);
  return sources;
}

// A data set "towns" of `rows` rows: code, county and as many more columns as `filling` says.
std::string towns(int rows, int filling) {
  std::string json = R"j("datasets":{"towns":{"columns":["code","county")j";
  for (int i = 0; i < filling; ++i) json += ",\"f" + std::to_string(i) + "\"";
  json += "],\"rows\":[";
  for (int i = 0; i < rows; ++i) {
    const std::string n = std::to_string(i);
    json += (i > 0 ? ",[\"t" : "[\"t") + n + "\",\"c" + std::to_string(i % 100) + "\"]";
  }
  return json + "]}}";
}

std::string calculate(const std::string& name, const std::string& expression) {
  return R"j(,{"type":"calculate","name":")j" + name + R"j(","calculation":")j" + expression +
         "\"}";
}

constexpr const char* kKey = R"j({"type":"text","name":"key","label":"a"})j";

TEST_CASE("a row of forty thousand is pulled within the steps of one expression, by its index") {
  const Result<Package> package = package_of_sources(with_member(
      sources_with(kKey + calculate("pulled", "pulldata('towns','county','code',${key})") +
                   calculate("found",
                             "instance('towns')/root/item[code = ${key} and count(*) > 2]"
                             "/county") +
                   calculate("tried",
                             "instance('towns')/root/item[concat(code, '') = ${key} or "
                             "count(*) < 2]/county")),
      towns(40000, 20)));
  REQUIRE(package.ok());
  OpenForm form = open_on(package.value());

  (void)set(form, "key", R"j("t39999")j");

  CHECK(member_of(form, "pulled", "value") == R"j("c99")j");
  CHECK(member_of(form, "found", "value") == R"j("c99")j");
  // Without an index the expression runs out of steps: what the others are spared.
  CHECK(member_of(form, "tried", "value") == "null");
}

TEST_CASE("rows found by an index are those that trying each row finds") {
  const std::string pairs[][2] = {
      {"count(instance('towns')/root/item[county = ${key}])",
       "count(instance('towns')/root/item[concat(county, '') = ${key}])"},
      {"join(' ', instance('towns')/root/item[${key} = county and code != 't7']/code)",
       "join(' ', instance('towns')/root/item[concat(county, '') = ${key} and code != 't7']/code)"},
      {"instance('towns')/root/item[county = ${key}][2]/code",
       "instance('towns')/root/item[concat(county, '') = ${key}][2]/code"},
      {"join(' ', instance('towns')/root/item[county = ${key} and position() < 250]/code)",
       "join(' ', instance('towns')/root/item[concat(county, '') = ${key} and position() < "
       "250]/code)"},
      {"instance('towns')/root/item[county = ${key}][last()]/code",
       "instance('towns')/root/item[concat(county, '') = ${key}][last()]/code"},
      {"instance('towns')/root/*[county = /data/key]/code",
       "instance('towns')/root/*[concat(county, '') = /data/key]/code"},
      {"count(instance('towns')/root/nothing[county = ${key}])", "0"},
      {"count(instance('towns')/root/item[county = 5])",
       "count(instance('towns')/root/item[concat(county, '') = 5])"},
      {"count(instance('towns')/root/item[f0 = ${key}])",
       "count(instance('towns')/root/item[concat(f0, '') = ${key}])"},
  };
  int compared = 0;

  for (const auto& [indexed, tried] : pairs) {
    const Result<Package> package = package_of_sources(
        with_member(sources_with(kKey + calculate("indexed", indexed) + calculate("tried", tried)),
                    towns(300, 1)));
    INFO(indexed);
    REQUIRE(package.ok());
    OpenForm form = open_on(package.value());
    for (const char* key : {R"j("c7")j", R"j("c99")j", R"j("none")j", "null"}) {
      (void)set(form, "key", key);
      CHECK(member_of(form, "indexed", "value") == member_of(form, "tried", "value"));
      ++compared;
    }
  }

  CHECK(compared == 36);
}

std::string tree_of_towns(int rows) {
  std::string json = R"j("instances":{"towns":{"name":"root","children":[)j";
  for (int i = 0; i < rows; ++i) {
    const std::string n = std::to_string(i);
    json += std::string(i > 0 ? "," : "") +
            R"j({"name":"item","children":[{"name":"code","text":"t)j" + n +
            R"j("},{"name":"county","text":"c)j" + std::to_string(i % 100) + R"j("}]})j";
  }
  return json + "]}}";
}

TEST_CASE("a secondary instance has indexes too, for what paths look up") {
  std::string choices;
  for (int i = 0; i < 1000; ++i) {
    const std::string n = std::to_string(i);
    choices += std::string(i > 0 ? "," : "") + R"j({"list_name":"l","name":"t)j" + n +
               R"j(","label":"x","instance_place":")j" + std::to_string(2 + 3 * i) + "\"}";
  }
  const auto select = [](const char* name, const char* filter) {
    return std::string(R"j(,{"type":"select_one l","name":")j") + name +
           R"j(","label":"b","choice_instance":"towns","choice_filter":")j" + filter + "\"}";
  };
  const Result<Package> package = package_of_sources(with_member(
      sources_with(kKey + select("fast", "county = /data/key") +
                       select("slow", "concat(county, '') = /data/key") +
                       calculate("found", "instance('towns')/root/item[code = ${key}]/county"),
                   choices),
      tree_of_towns(1000)));
  REQUIRE(package.ok());
  OpenForm form = open_on(package.value());
  CHECK(package.value().trees[0].indexes.size() == 2);

  (void)set(form, "key", R"j("c7")j");
  const std::string offered = member_of(form, "fast", "choices");
  CHECK(offered == member_of(form, "slow", "choices"));
  CHECK(offered.substr(0, 13) == R"j(["t7","t107",)j");

  (void)set(form, "key", R"j("t998")j");
  CHECK(member_of(form, "found", "value") == R"j("c98")j");
}

TEST_CASE(
    "rows of an instance with a cell twice, deeper, or missing are offered as without an index") {
  const char* tree =
      R"j("instances":{"t":{"name":"root","children":[)j"
      R"j({"name":"item","children":[{"name":"c","text":"x"},{"name":"c","text":"x"}]},)j"
      R"j({"name":"item","children":[{"name":"c","text":"y"},{"name":"c","text":"x"}]},)j"
      R"j({"name":"item","children":[{"name":"sub","children":[{"name":"c","text":"x"}]}]},)j"
      R"j({"name":"item","children":[]},{"name":"other","children":[{"name":"c","text":"x"}]},)j"
      R"j({"name":"item","children":[{"name":"c","text":"x"}]}]}})j";
  // The places of the five items among all elements of the tree.
  const int places[] = {2, 5, 8, 11, 14};
  std::string choices;
  for (int i = 0; i < 5; ++i) {
    choices += std::string(i > 0 ? "," : "") + R"j({"list_name":"l","name":"i)j" +
               std::to_string(i) + R"j(","label":"x","instance_place":")j" +
               std::to_string(places[i]) + "\"}";
  }
  const auto select = [](const char* name, const char* filter) {
    return std::string(R"j(,{"type":"select_one l","name":")j") + name +
           R"j(","label":"b","choice_instance":"t","choice_filter":")j" + filter + "\"}";
  };
  const Result<Package> package = package_of_sources(with_member(
      sources_with(kKey + select("fast", "c = ${key}") + select("slow", "c = ${key} or false()"),
                   choices),
      tree));
  REQUIRE(package.ok());
  OpenForm form = open_on(package.value());
  CHECK(package.value().trees[0].indexes.size() == 1);

  (void)set(form, "key", R"j("x")j");
  CHECK(member_of(form, "fast", "choices") == R"j(["i0","i1","i4"])j");
  CHECK(member_of(form, "slow", "choices") == R"j(["i0","i1","i4"])j");
  for (const char* key : {R"j("y")j", R"j("z")j", "null"}) {
    (void)set(form, "key", key);
    CHECK(member_of(form, "fast", "choices") == member_of(form, "slow", "choices"));
  }
}

}  // namespace
}  // namespace landfall
