// Actions, secondary instances and initial answers: what an XForm has besides a sheet's columns.

#include <doctest/doctest.h>

#include <string>

#include "shared/form/data_tree.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

// A form with more members than survey rows: `more` is ,"actions":[…] and the like.
Package package_of(std::string_view survey, std::string_view more) {
  PackageSources sources = sources_with(survey);
  sources.form.insert(sources.form.size() - 1, more);
  Result<Package> package = package_of_sources(sources);
  INFO(error_name(package.ok() ? ErrorCode::internal : package.error().code));
  REQUIRE(package.ok());
  return std::move(package).value();
}

void add(OpenForm& form, const std::string& path) {
  CHECK(set_json(*form.engine, R"j({"path":")j" + path + R"j(","add":true})j").ok());
}

constexpr const char* kRows =
    R"j({"type":"text","name":"source","label":"a"},)j"
    R"j({"type":"hidden","name":"copy"},)j"
    R"j({"type":"begin_repeat","name":"rows","label":"b"},)j"
    R"j({"type":"text","name":"a","label":"c"},{"type":"hidden","name":"b"},)j"
    R"j({"type":"end_repeat"})j";

TEST_CASE("an action runs when its question has another value, and not for the same again") {
  const Package package =
      package_of(kRows, R"j(,"actions":[{"event":"xforms-value-changed","on":"source",)j"
                        R"j("target":"/data/copy","value":"concat(., '+', /data/source)"}])j");
  OpenForm form = open_on(package);

  CHECK(member_of(form, "copy", "value") == "null");
  (void)set(form, "source", R"j("x")j");
  CHECK(member_of(form, "copy", "value") == R"j("+x")j");
  (void)set(form, "source", R"j("x")j");
  CHECK(member_of(form, "copy", "value") == R"j("+x")j");
  (void)set(form, "source", R"j("y")j");
  CHECK(member_of(form, "copy", "value") == R"j("+x+y")j");
}

TEST_CASE("an action inside a repeat sets the question of its own instance") {
  const Package package =
      package_of(kRows, R"j(,"actions":[{"event":"xforms-value-changed","on":"rows/a",)j"
                        R"j("target":"/data/rows/b","value":"../a"},)j"
                        R"j({"event":"odk-new-repeat","on":"rows","target":"/data/rows/a",)j"
                        R"j("value":"concat('n', position(..))"}])j");
  OpenForm form = open_on(package);

  add(form, "rows");
  add(form, "rows");
  CHECK(member_of(form, "rows[2]/a", "value") == R"j("n2")j");
  CHECK(member_of(form, "rows[2]/b", "value") == R"j("n2")j");
  (void)set(form, "rows[1]/a", R"j("x")j");
  CHECK(member_of(form, "rows[1]/b", "value") == R"j("x")j");
  CHECK(member_of(form, "rows[2]/b", "value") == R"j("n2")j");
}

TEST_CASE("what happens once on a new form does not happen again when its answers are put back") {
  const Package package = package_of(
      kRows, R"j(,"actions":[{"event":"odk-instance-first-load","target":"/data/source",)j"
             R"j("value":"'first'"},{"event":"odk-instance-load","target":"/data/copy",)j"
             R"j("value":"concat(., '!')"}])j");

  CHECK(member_of(open_on(package), "source", "value") == R"j("first")j");
  CHECK(member_of(open_on(package), "copy", "value") == R"j("!")j");
  const OpenForm again = open_on(package, R"j(,"answers":{"copy":"c"})j");
  CHECK(member_of(again, "source", "value") == "null");
}

TEST_CASE("two questions that set each other come to an end") {
  const Package package =
      package_of(kRows, R"j(,"actions":[{"event":"xforms-value-changed","on":"source",)j"
                        R"j("target":"/data/copy","value":"concat(., 'x')"},)j"
                        R"j({"event":"xforms-value-changed","on":"copy","target":"/data/source",)j"
                        R"j("value":"concat(substring-after(., 'x'), 'y')"}])j");
  OpenForm form = open_on(package);

  CHECK(set(form, "source", R"j("z")j").find("source") != std::string::npos);
}

TEST_CASE("an action on what is not there, or at no known event, is found by lint") {
  for (const char* more :
       {R"j(,"actions":[{"event":"odk-new-repeat","target":"/data/copy"}])j",
        R"j(,"actions":[{"event":"load","target":"/data/copy"}])j",
        R"j(,"actions":[{"event":"odk-instance-load"}])j",
        R"j(,"actions":[{"event":"odk-instance-load","on":"nobody","target":"/data/copy"}])j"}) {
    PackageSources sources = sources_with(kRows);
    sources.form.insert(sources.form.size() - 1, more);
    CHECK_FALSE(package_of_sources(sources).ok());
  }
}

TEST_CASE("expressions see the elements and attributes of a secondary instance") {
  const Package package = package_of(
      R"j({"type":"text","name":"which","label":"a"},)j"
      R"j({"type":"calculate","name":"age","calculation":)j"
      R"j("instance('pets')/root/cat[name = /data/which][@kind = 'x']/age"},)j"
      R"j({"type":"calculate","name":"all","calculation":"count(instance('pets')/root/*)"})j",
      R"j(,"instances":{"pets":{"name":"root","children":[)j"
      R"j({"name":"cat","attributes":{"kind":"y"},"children":[{"name":"name","text":"V"},)j"
      R"j({"name":"age","text":"3"}]},)j"
      R"j({"name":"cat","attributes":{"kind":"x"},"children":[{"name":"name","text":"V"},)j"
      R"j({"name":"age","text":"12"}]},{"name":"dog"}]}})j");
  OpenForm form = open_on(package);

  (void)set(form, "which", R"j("V")j");
  CHECK(member_of(form, "age", "value") == R"j("12")j");
  CHECK(member_of(form, "all", "value") == "3");
}

TEST_CASE("a secondary instance of another shape, too many elements or too deep is refused") {
  const Result<Json> odd = parse_json(R"j({"name":"a","children":[{"text":"x"}]})j");
  CHECK(data_tree_of_json("t", odd.value(), 10).error().code == ErrorCode::json_shape);
  const Result<Json> two = parse_json(R"j({"name":"a","children":[{"name":"b"},{"name":"c"}]})j");
  CHECK(data_tree_of_json("t", two.value(), 3).error().code == ErrorCode::too_large);
  Json deep = Json::object({{"name", "a"}});
  for (std::size_t i = 0; i < kMaxDataDepth; ++i) {
    deep = Json::object({{"name", "a"}, {"children", Json::array({deep})}});
  }
  CHECK(data_tree_of_json("t", deep, 1000).error().code == ErrorCode::too_large);
}

TEST_CASE("a form may begin with instances, and an application may have fewer") {
  const Package package =
      package_of(kRows, R"j(,"initial":{"rows":[{"a":"1"},{"a":"2"},{"a":"3"}]})j");

  CHECK(member_of(open_on(package), "rows", "count") == "3");
  CHECK(member_of(open_on(package), "rows[3]/a", "value") == R"j("3")j");
  const OpenForm again = open_on(package, R"j(,"answers":{"rows":[{"a":"x"}]})j");
  CHECK(member_of(again, "rows", "count") == "1");
}

TEST_CASE("what a form begins with and somebody took away stays away; its constants stay") {
  const Package package =
      package_of(std::string(kRows) + R"j(,{"type":"text","name":"t","label":"a"},)j"
                                      R"j({"type":"hidden","name":"office"})j",
                 R"j(,"initial":{"office":"Taipei","t":"x","rows":[{"a":"1"}]})j");
  OpenForm form = open_on(package);
  CHECK(member_of(form, "t", "value") == R"j("x")j");
  (void)set(form, "t", R"j("")j");
  CHECK(set_json(*form.engine, R"j({"path":"rows[1]","remove":true})j").ok());

  const OpenForm again = open_on(package, R"j(,"answers":)j" + all_answers_json(*form.engine));

  CHECK(member_of(again, "office", "value") == R"j("Taipei")j");
  CHECK(member_of(again, "t", "value") == "null");
  CHECK(member_of(again, "rows", "count") == "0");
  const OpenForm given = open_on(package, R"j(,"answers":{"source":"y"})j");
  CHECK(member_of(given, "office", "value") == R"j("Taipei")j");
}

TEST_CASE("each instance of a repeat has its own relevance") {
  const Package package =
      package_of(R"j({"type":"integer","name":"from","label":"a"},)j"
                 R"j({"type":"begin_repeat","name":"rows","label":"b",)j"
                 R"j("relevant":"position(current()) > /data/from"},)j"
                 R"j({"type":"text","name":"a","label":"c"},{"type":"end_repeat"})j",
                 R"j(,"initial":{"from":1,"rows":[{"a":"1"},{"a":"2"}]})j");
  OpenForm form = open_on(package);

  CHECK(member_of(form, "rows[1]/a", "relevant") == "false");
  CHECK(member_of(form, "rows[2]/a", "relevant") == "true");
  (void)set(form, "from", "2");
  CHECK(member_of(form, "rows", "relevant") == "false");
  (void)set(form, "from", "0");
  CHECK(member_of(form, "rows", "relevant") == "true");
  CHECK(member_of(form, "rows[1]/a", "relevant") == "true");
}

TEST_CASE("what stands in a read-only group is read-only") {
  const Package package =
      package_with(R"j({"type":"boolean","name":"done","label":"a"},)j"
                   R"j({"type":"begin_group","name":"g","label":"b","readonly":"${done}"},)j"
                   R"j({"type":"text","name":"a","label":"c"},{"type":"end_group"})j");
  OpenForm form = open_on(package);

  (void)set(form, "done", "true");
  CHECK(member_of(form, "g/a", "readonly") == "true");
  CHECK(set(form, "g/a", R"j("x")j") == "answer_readonly");
  (void)set(form, "done", "false");
  CHECK(member_of(form, "g/a", "readonly") == "false");
}

TEST_CASE("an absolute path from within a repeat means the same instance") {
  const Package package =
      package_with(R"j({"type":"begin_repeat","name":"rows","label":"b","parameters":{"min":2}},)j"
                   R"j({"type":"integer","name":"a","label":"c"},)j"
                   R"j({"type":"calculate","name":"b","calculation":"/data/rows/a * 2"},)j"
                   R"j({"type":"calculate","name":"n","calculation":"count(/data/rows)"},)j"
                   R"j({"type":"end_repeat"},)j"
                   R"j({"type":"calculate","name":"all","calculation":"sum(/data/rows/a)"})j");
  OpenForm form = open_on(package);

  (void)set(form, "rows[1]/a", "1");
  (void)set(form, "rows[2]/a", "5");
  CHECK(member_of(form, "rows[1]/b", "value") == "2");
  CHECK(member_of(form, "rows[2]/b", "value") == "10");
  CHECK(member_of(form, "rows[2]/n", "value") == "2");
  CHECK(member_of(form, "all", "value") == "6");
}

TEST_CASE("a repeat may ask in each instance whether there is one more") {
  const Package package = package_with(
      R"j({"type":"calculate","name":"count","calculation":"count(/data/rows)"},)j"
      R"j({"type":"calculate","name":"wanted","calculation":)j"
      R"j("if(/data/count = 0 or /data/rows[position() = /data/count]/more = 'yes',)j"
      R"j( /data/count + 1, /data/count)"},)j"
      R"j({"type":"begin_repeat","name":"rows","label":"b","repeat_count":"/data/wanted"},)j"
      R"j({"type":"text","name":"more","label":"c"},{"type":"end_repeat"})j");
  OpenForm form = open_on(package);

  CHECK(member_of(form, "rows", "count") == "1");
  (void)set(form, "rows[1]/more", R"j("yes")j");
  CHECK(member_of(form, "rows", "count") == "2");
}

}  // namespace
}  // namespace landfall
