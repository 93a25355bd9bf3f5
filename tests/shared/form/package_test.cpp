#include <doctest/doctest.h>

#include <string>

#include "shared/codec/canonical_json.h"
#include "shared/codec/json.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

Error error_with(std::string_view survey, std::string_view choices = "") {
  Result<Package> package = package_of_sources(sources_with(survey, choices));
  REQUIRE_FALSE(package.ok());
  return package.error();
}

TEST_CASE("a survey becomes nodes in form order, groups with what they hold") {
  const Package package = package_with(
      R"j({"type":"begin group","name":"g","label":"a"},{"type":"text","name":"t","label":"b"},)j"
      R"j({"type":"end group"},{"type":"note","name":"n","label":"c"})j");

  REQUIRE(package.nodes.size() == 4);
  CHECK(package.nodes[1].path == "g");
  CHECK(package.nodes[1].end == 3);
  CHECK(package.nodes[2].path == "g/t");
  CHECK(package.nodes[3].kind == NodeKind::note);
}

TEST_CASE("a mistake in the survey names its row") {
  CHECK(error_with(R"j({"type":"text","name":"a","label":"x"},{"type":"magic","name":"b"})j") ==
        Error{ErrorCode::package_malformed, 2});
  CHECK(error_with(R"j({"type":"text","name":"a","label":"x","relevant":"1 +"})j") ==
        Error{ErrorCode::package_expression, 1});
  CHECK(error_with(R"j({"type":"text","name":"a","label":"x","relevant":"${nobody} = 1"})j") ==
        Error{ErrorCode::package_expression, 1});
  CHECK(error_with(R"j({"type":"text","name":"a","label":"x"},{"type":"text","name":"a"})j") ==
        Error{ErrorCode::package_malformed, 2});
  CHECK(error_with(R"j({"type":"begin_group","name":"g","label":"x"})j") ==
        Error{ErrorCode::package_malformed, 1});
  CHECK(error_with(R"j({"type":"end_group"})j") == Error{ErrorCode::package_malformed, 1});
  CHECK(error_with(R"j({"type":"select_one nothing","name":"a"})j") ==
        Error{ErrorCode::package_malformed, 1});
}

TEST_CASE("expressions that wait for each other are refused") {
  CHECK(error_with(R"j({"type":"text","name":"a","label":"x","relevant":"${b} = 1"},)j"
                   R"j({"type":"text","name":"b","label":"y","relevant":"${a} = 1"})j")
            .code == ErrorCode::package_cycle);
  CHECK(error_with(R"j({"type":"text","name":"a","label":"x","relevant":". = 1"})j").code ==
        ErrorCode::package_cycle);
  CHECK(error_with(R"j({"type":"calculate","name":"a","calculation":"${b} + 1"},)j"
                   R"j({"type":"calculate","name":"b","calculation":"${a} + 1"})j")
            .code == ErrorCode::package_cycle);
}

TEST_CASE("a calculation may look at what it gave before") {
  const Package package =
      package_with(R"j({"type":"calculate","name":"a","calculation":"once('x')"})j");

  CHECK(package.nodes.size() == 2);
}

TEST_CASE(
    "a calculation that reads itself is computed once for each change of what else it reads") {
  const Package package = package_with(
      R"j({"type":"integer","name":"n","label":"a"},{"type":"text","name":"other","label":"b"},)j"
      R"j({"type":"calculate","name":"sum","calculation":"coalesce(${sum}, 0) + coalesce(${n}, 0)"},)j"
      R"j({"type":"calculate","name":"alone","calculation":"${alone} + 1"},)j"
      R"j({"type":"calculate","name":"counted","calculation":"coalesce(../counted, 0) + 1"},)j"
      R"j({"type":"calculate","name":"twice","calculation":"2 * ${sum}"})j");
  OpenForm form = open_on(package);

  // On opening it has given nothing yet, and is computed one time; nothing plus one is no number.
  CHECK(member_of(form, "sum", "value") == "0");
  CHECK(member_of(form, "alone", "value") == "null");
  CHECK(member_of(form, "counted", "value") == "1");

  (void)set(form, "n", "5");
  CHECK(member_of(form, "sum", "value") == "5");
  CHECK(member_of(form, "twice", "value") == "10");
  (void)set(form, "other", R"j("x")j");
  (void)set(form, "n", "5");
  CHECK(member_of(form, "sum", "value") == "5");
  (void)set(form, "n", "7");
  CHECK(member_of(form, "sum", "value") == "12");
  CHECK(member_of(form, "counted", "value") == "1");

  const OpenForm draft = open_on(package, R"j(,"answers":)j" + all_answers_json(*form.engine));
  CHECK(state_json(*draft.engine) == state_json(*form.engine));
}

TEST_CASE("whatever reads itself besides a calculation is refused") {
  for (const char* column : {"relevant", "readonly", "required", "constraint", "calculation"}) {
    CAPTURE(column);
    const std::string row = R"j({"type":"text","name":"a","label":"x",")j" + std::string(column) +
                            R"j(":"${a} = 'x'"})j";
    const bool is_refused = package_of_sources(sources_with(row)).ok() == false;
    CHECK(is_refused == (std::string_view(column) == "relevant"));
  }
  CHECK(error_with(R"j({"type":"begin_group","name":"g","label":"x"},)j"
                   R"j({"type":"calculate","name":"a","calculation":"string(${g})"},)j"
                   R"j({"type":"end_group"})j")
            .code == ErrorCode::package_cycle);
}

TEST_CASE("bytes that are no published package are refused") {
  const auto code = [](std::string_view text) {
    return parse_package(bytes_of(text)).error().code;
  };

  CHECK(code("") == ErrorCode::json_malformed);
  CHECK(code("[]") == ErrorCode::package_malformed);
  CHECK(code(R"j({"format":"landfall-package/2"})j") == ErrorCode::package_malformed);
  CHECK(code(R"j({"format":"landfall-package/1","form":{},"documents":{},"workflow":{},"fees":{},)j"
             R"j("texts":{}})j") == ErrorCode::package_malformed);
  CHECK(code(std::string(100, '[')) == ErrorCode::json_too_deep);
}

TEST_CASE("a hostile package is refused by a limit, not by the machine") {
  std::string many = R"j({"type":"text","name":"a","label":"x"})j";
  for (int i = 0; i < 13000; ++i) many += R"j(,{"type":"note"})j";
  std::string deep;
  for (int i = 0; i < 100; ++i) {
    deep += R"j({"type":"begin_group","name":"g)j" + std::to_string(i) + R"j(","label":"x"},)j";
  }
  deep += R"j({"type":"note","name":"n","label":"x"})j";

  CHECK(error_with(many).code == ErrorCode::package_too_large);
  CHECK(error_with(deep).code == ErrorCode::package_too_large);
}

TEST_CASE("a description with everything in it is canonical JSON") {
  const Package package = package_with(
      R"j({"type":"begin_group","name":"g","label":"l.g","zz":1,"aa":{"b":2,"a":[]}},)j"
      R"j({"type":"image","name":"photo","label":"l.p","parameters":{"slot":"photo","max":1}},)j"
      R"j({"type":"select_one c","name":"q","label":"l.\"q\"","hint":"h.q","guidance_hint":"g.q",)j"
      R"j("appearance":"minimal","required":"yes","required_message":"r.q","constraint":". != ''",)j"
      R"j("constraint_message":"c.q","constraints":[)j"
      R"j({"code":"Z-1","expression":". = 'x'","message":"rule.Z-1"},)j"
      R"j({"code":"\uE000","expression":". = 'x'","message":"rule.E"},)j"
      R"j({"code":"\uD83D\uDE00","expression":". = 'x'","message":"rule.D"}]},)j"
      R"j({"type":"note","name":"n","label":"l.n"},{"type":"end_group"})j",
      R"j({"list_name":"c","name":"x","label":"c.x","extra":"e"})j");

  const std::string description = description_json(package);

  CHECK(is_canonical(description));
  for (const char* member : {"appearance",
                             "columns",
                             "constraint_message",
                             "guidance_hint",
                             "hint",
                             "kind",
                             "label",
                             "list",
                             "name",
                             "parameters",
                             "parent",
                             "path",
                             "required_message",
                             "rules",
                             "slot",
                             "type",
                             "choices",
                             "default_language",
                             "documents",
                             "form_id",
                             "locales",
                             "title",
                             "version"}) {
    CHECK_MESSAGE(description.find("\"" + std::string(member) + "\":") != std::string::npos,
                  member);
  }
}

TEST_CASE("the description holds what the page needs and no position") {
  const Package package = package_with(
      R"j({"type":"begin_repeat","name":"m","label":"l.m"},)j"
      R"j({"type":"select_one c","name":"q","label":"l.q","hint":"h.q","appearance":"minimal",)j"
      R"j("constraints":[{"code":"A-1","expression":". = 'x'","message":"rule.A-1"}]},)j"
      R"j({"type":"end_repeat"})j",
      R"j({"list_name":"c","name":"x","label":"c.x","extra":"e"})j");

  const Result<Json> description = parse_json(description_json(package));

  const Json& nodes = *find_member(description.value(), "nodes");
  const Json& question = nodes[1];
  CHECK(member_text_or(question, "path", "") == "m/q");
  CHECK(member_text_or(question, "parent", "") == "m");
  CHECK(member_text_or(question, "kind", "") == "question");
  CHECK(member_text_or(question, "list", "") == "c");
  CHECK(member_text_or(*find_member(question, "rules"), "A-1", "") == "rule.A-1");
  const Json& choice = (*find_member(*find_member(description.value(), "choices"), "c"))[0];
  CHECK(member_text_or(choice, "extra", "") == "e");
}

}  // namespace
}  // namespace landfall
