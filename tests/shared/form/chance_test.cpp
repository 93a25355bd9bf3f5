#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string>

#include "shared/form/chance_stream.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

constexpr const char* kDrawing =
    R"j({"type":"text","name":"who","label":"a"},)j"
    R"j({"type":"calculate","name":"id","calculation":"uuid()"},)j"
    R"j({"type":"calculate","name":"lot","calculation":"if(${who} = '', 0, random())"},)j"
    R"j({"type":"calculate","name":"first","calculation":"once(${who})"},)j"
    R"j({"type":"text","name":"code","label":"b","default":"uuid(8)"})j";

TEST_CASE("the stream is the key stream of ChaCha20") {
  ChanceStream stream("");
  std::array<std::uint8_t, 72> bytes{};

  stream.fill(bytes);

  // RFC 8439 appendix A.1, test vectors 1 and 2: the key of zeros, blocks 0 and 1.
  CHECK(bytes[0] == 0x76);
  CHECK(bytes[1] == 0xb8);
  CHECK(bytes[2] == 0xe0);
  CHECK(bytes[63] == 0x86);
  CHECK(bytes[64] == 0x9f);
  CHECK(bytes[65] == 0x07);
  CHECK(bytes[71] == 0x7a);
}

TEST_CASE("one seed gives one form, another seed another, and none draws nothing") {
  const Package package = package_with(kDrawing);

  const OpenForm a = open_on(package, R"j(,"seed":"a")j");
  const OpenForm again = open_on(package, R"j(,"seed":"a")j");
  const OpenForm b = open_on(package, R"j(,"seed":"b")j");
  const OpenForm none = open_on(package);

  CHECK(member_of(a, "id", "value").size() == 38);
  CHECK(member_of(a, "code", "value").size() == 10);
  CHECK(state_json(*a.engine) == state_json(*again.engine));
  CHECK(member_of(a, "id", "value") != member_of(b, "id", "value"));
  CHECK(member_of(none, "id", "value") == "null");
  // That is no failure of the form.
  CHECK(findings_of(none).find("expression_failed") == std::string::npos);
}

TEST_CASE("what was drawn stays in the draft and at the desk, which draws nothing") {
  const Package package = package_with(kDrawing);
  OpenForm form = open_on(package, R"j(,"seed":"a")j");
  (void)set(form, "who", R"j("x")j");
  const std::string id = member_of(form, "id", "value");
  const std::string lot = member_of(form, "lot", "value");

  const OpenForm draft =
      open_on(package, R"j(,"seed":"b","answers":)j" + all_answers_json(*form.engine));
  const OpenForm desk = open_on(package, R"j(,"answers":)j" + answers_json(*form.engine));

  CHECK(lot != "0");
  CHECK(member_of(draft, "id", "value") == id);
  CHECK(member_of(draft, "lot", "value") == lot);
  CHECK(state_json(*draft.engine) == state_json(*form.engine));
  CHECK(answers_json(*desk.engine) == answers_json(*form.engine));
}

TEST_CASE("lots are drawn again when what the calculation looks at changes") {
  const Package package = package_with(kDrawing);
  OpenForm form = open_on(package, R"j(,"seed":"a")j");
  (void)set(form, "who", R"j("x")j");
  const std::string lot = member_of(form, "lot", "value");
  const std::string id = member_of(form, "id", "value");

  (void)set(form, "who", R"j("y")j");

  CHECK(member_of(form, "lot", "value") != lot);
  CHECK(member_of(form, "id", "value") == id);
  CHECK(member_of(form, "first", "value") == R"j("x")j");
}

TEST_CASE("a seed that is longer than a key is refused") {
  const Package package = package_with(kDrawing);

  const Result<OpenForm> form = open_form_on(
      package, R"j({"as_of":"2026-11-21","seed":"123456789012345678901234567890123"})j");

  REQUIRE_FALSE(form.ok());
  CHECK(form.error().code == ErrorCode::options_malformed);
}

TEST_CASE("a default is there before once() looks at it") {
  const Package package = package_with(
      R"j({"type":"integer","name":"a","label":"a","default":"5"},)j"
      R"j({"type":"text","name":"t","label":"b","default":"'it is'"},)j"
      R"j({"type":"calculate","name":"twice","calculation":"once(${a} * 2)"},)j"
      R"j({"type":"calculate","name":"said","calculation":"once(concat(${t}, '!'))"})j");

  const OpenForm form = open_on(package);

  CHECK(member_of(form, "twice", "value") == R"j("10")j");
  CHECK(member_of(form, "said", "value") == R"j("it is!")j");
}

}  // namespace
}  // namespace landfall
