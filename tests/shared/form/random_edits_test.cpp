#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "shared/codec/canonical_json.h"
#include "shared/codec/json.h"
#include "tests/shared/form/chance.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

constexpr const char* kTexts[] = {R"("2026-12-20")",
                                  R"("2030-01-01")",
                                  R"("1990-05-17")",
                                  R"("2012-03-04")",
                                  R"("陳大文")",
                                  R"("CHAN")",
                                  R"j("A123456(3)")j",
                                  R"("H01234567")",
                                  R"("51234567")",
                                  R"("a@qq.com")",
                                  "5",
                                  "91",
                                  R"("臺北市100號")",
                                  R"("\ufeff\u202ex")",
                                  R"("")",
                                  "true",
                                  "false",
                                  R"("not a value")"};

std::string random_value(Chance& chance, const Package& package, const NodeDefinition& node) {
  if (node.list != kNone && chance.below(8) != 0) {
    const ChoiceList& list = package.lists[node.list];
    // Mostly the first rows: the conditions of the form are about them.
    const std::size_t rows = chance.below(3) == 0 ? list.row_count() : 6;
    const auto row =
        static_cast<std::uint32_t>(chance.below(std::min<std::size_t>(rows, list.row_count())));
    return "\"" + list.cell(row, 0) + "\"";
  }
  if (node.shape == AnswerShape::boolean) return chance.below(2) == 0 ? "true" : "false";
  return kTexts[chance.below(std::size(kTexts))];
}

using Mirror = std::map<std::string, std::string>;

Mirror mirror_of(const OpenForm& form) {
  Mirror mirror;
  const Result<Json> state = parse_json(state_json(*form.engine));
  for (const Json& node : *find_member(state.value(), "nodes")) {
    mirror[std::string(member_text_or(node, "path", ""))] = write_canonical_json(node).value();
  }
  return mirror;
}

TEST_CASE("after random edits the reported differences add up to the whole state") {
  const Result<Package> package = package_of_sources(sources_of("hkmo_entry"));
  OpenForm form = open_on(package.value());
  Mirror mirror = mirror_of(form);
  Chance chance(20261121);
  int applied = 0;

  for (int step = 0; step < 600; ++step) {
    const auto index =
        static_cast<std::uint32_t>(1 + chance.below(package.value().nodes.size() - 1));
    const NodeDefinition& node = package.value().nodes[index];
    std::string text = R"({"path":")" + node.path + R"(","value":)" +
                       random_value(chance, package.value(), node) + "}";
    const Result<std::string> changes = set_json(*form.engine, text);
    if (!changes.ok()) continue;
    const Result<Json> parsed = parse_json(changes.value());
    for (const Json& state : *find_member(parsed.value(), "changes")) {
      mirror[std::string(member_text_or(state, "path", ""))] = write_canonical_json(state).value();
    }
    ++applied;
    if (step % 20 == 0) REQUIRE(mirror == mirror_of(form));
  }

  CHECK(applied > 200);
  CHECK(mirror == mirror_of(form));
}

TEST_CASE("after random edits the state equals that of a form opened on the same answers") {
  const Result<Package> package = package_of_sources(sources_of("hkmo_entry"));
  Chance chance(7);
  int compared = 0;

  for (int round = 0; round < 10; ++round) {
    OpenForm form = open_on(package.value());
    for (int step = 0; step < 80; ++step) {
      const auto index =
          static_cast<std::uint32_t>(1 + chance.below(package.value().nodes.size() - 1));
      const NodeDefinition& node = package.value().nodes[index];
      // Clearing what a calculation fills is not visible in the answers, so it is left out here.
      const std::string value = random_value(chance, package.value(), node);
      if (node.calculation != kNone || value == R"j("")j") continue;
      // A question within the repeat is reached through its first instance, when there is one.
      const bool is_repeated = node.repeat != kNone;
      (void)set(form, is_repeated ? "person/former_names[1]/former_name" : node.path, value);
    }
    const OpenForm again =
        open_on(package.value(), R"j(,"answers":)j" + all_answers_json(*form.engine));
    CHECK(state_json(*again.engine) == state_json(*form.engine));
    ++compared;
  }

  CHECK(compared == 10);
}

}  // namespace
}  // namespace landfall
