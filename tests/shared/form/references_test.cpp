// Whatever way an expression looks at nodes, a change reaches it: after each edit the state equals
// that of a form opened on the same answers.

#include "shared/form/references.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "shared/codec/json.h"
#include "shared/form/lint.h"
#include "tests/shared/form/chance.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

// A text, a number and a group at the top; a repeat in a repeat; a list and a data set. `cells` are
// put where a place is marked: in the outer repeat, in the inner one, and at the top.
struct Cells {
  std::string outer;
  std::string inner;
  std::string top;
};

PackageSources sources_of_form(const Cells& cells) {
  PackageSources sources = sources_with(
      R"j({"type":"text","name":"a","label":"l"},{"type":"integer","name":"n","label":"l"},)j"
      R"j({"type":"begin_group","name":"g","label":"l","relevant":"not(${n} = 3)"},)j"
      R"j({"type":"text","name":"t","label":"l"},{"type":"select_one c","name":"s","label":"l"},)j"
      R"j({"type":"end_group"},)j"
      R"j({"type":"begin_repeat","name":"r","label":"l"},)j"
      R"j({"type":"integer","name":"x","label":"l"},{"type":"text","name":"y","label":"l"},)j"
      R"j({"type":"begin_repeat","name":"q","label":"l","relevant":"${x} != 2"},)j"
      R"j({"type":"integer","name":"z","label":"l"})j" +
          cells.inner + R"j(,{"type":"end_repeat"})j" + cells.outer +
          R"j(,{"type":"end_repeat"})j" + cells.top,
      R"j({"list_name":"c","name":"1","label":"l"},{"list_name":"c","name":"k","label":"m"})j");
  sources.form.insert(sources.form.size() - 1,
                      R"j(,"datasets":{"posts":{"columns":["code","city"],)j"
                      R"j("rows":[["1","one"],["k","kay"],["","none"],["1","again"]]}})j");
  return sources;
}

std::string quoted(const std::string& expression) {
  std::string cell;
  for (const char c : expression) cell += c == '"' ? std::string("\\\"") : std::string(1, c);
  return "\"" + cell + "\"";
}

std::string calculation(const std::string& expression) {
  return R"j(,{"type":"calculate","name":"made","calculation":)j" + quoted(expression) + "}";
}

std::string random_edit(Chance& chance) {
  constexpr const char* kValues[] = {R"("1")", R"("k")", "2", "3", R"("")", R"(" two words ")"};
  const std::string r = "r[" + std::to_string(1 + chance.below(3)) + "]";
  const std::string q = r + "/q[" + std::to_string(1 + chance.below(2)) + "]";
  const std::string paths[] = {"a", "n", "g/t", "g/s", r + "/x", r + "/y", q + "/z"};
  switch (chance.below(12)) {
    case 0:
      return R"j({"add":true,"path":"r"})j";
    case 1:
      return R"j({"add":true,"path":")j" + r + R"j(/q"})j";
    case 2:
      return R"j({"path":")j" + r + R"j(","remove":true})j";
    case 3:
      return R"j({"path":")j" + q + R"j(","remove":true})j";
    default:
      return R"j({"path":")j" + paths[chance.below(std::size(paths))] + R"j(","value":)j" +
             kValues[chance.below(std::size(kValues))] + "}";
  }
}

// Makes edits and compares after each; the number of comparisons.
int compare_edits(const Package& package, const std::string& what, std::uint64_t seed) {
  Chance chance(seed);
  OpenForm form = open_on(package);
  int compared = 0;
  std::string edits;
  for (int step = 0; step < 60; ++step) {
    const std::string edit = random_edit(chance);
    if (!set_json(*form.engine, edit).ok()) continue;
    edits += edit + "\n";
    const OpenForm again = open_on(package, R"j(,"answers":)j" + all_answers_json(*form.engine));
    INFO(what << " after\n" << edits);
    const bool is_same = state_json(*form.engine) == state_json(*again.engine);
    CHECK(is_same);
    if (!is_same) return compared;
    ++compared;
  }
  return compared;
}

// Compares on a form whose calculation stands at each of the places where it may.
int compare_at_every_place(const std::string& expression) {
  int forms = 0;
  int compared = 0;
  const std::string cell = calculation(expression);
  for (const Cells& cells : {Cells{cell, "", ""}, Cells{"", cell, ""}, Cells{"", "", cell}}) {
    const Result<Package> package = package_of_sources(sources_of_form(cells));
    // A path that leads nowhere from here, or in a circle, is refused.
    if (!package.ok()) continue;
    compared += compare_edits(package.value(), expression, 7 + static_cast<std::uint64_t>(forms));
    ++forms;
  }
  INFO(expression);
  CHECK(forms > 0);
  return compared;
}

TEST_CASE("functions that read the context node without an argument are found in predicates") {
  constexpr const char* kExpressions[] = {
      "count(//x[string() = '2'])",
      "count(//y[string-length() > 1])",
      "count(//x[number() > 1])",
      "count(//y[normalize-space() = 'two words'])",
      "concat(//y[normalize-space() != ''])",
      "count(/data/g[string-length() > 1])",
      "count(/data/r[string() = '21'])",
      "count(/data/r[string-length() > 1]/x)",
      "string-length(string(/data/g))",
  };
  int compared = 0;

  for (const char* expression : kExpressions) compared += compare_at_every_place(expression);

  CHECK(compared > 500);
}

TEST_CASE("paths, predicates, current(), position(), count() and indexed-repeat() are found") {
  constexpr const char* kExpressions[] = {
      "../x",
      "../../a",
      "/data/g/t",
      "/data/r/x",
      "/data/r[x > 1]/y",
      "/data/r[position() = 2]/x",
      "/data/r[last()]/x",
      "//z",
      "sum(//z)",
      "sum(/data/r/q/z)",
      "/data/*[2]",
      "count(/data/r/*)",
      "count(//node())",
      "position(..)",
      "position(../..)",
      "count(${r})",
      "count(${q})",
      "count(../q)",
      "sum(${x})",
      "count(${r}[x > 1])",
      "count-non-empty(//y)",
      "string(${g})",
      "concat(${r})",
      "boolean(${g})",
      "${g} = 'k'",
      "join(',', ${y})",
      "min(${x}, ${n})",
      "current()/../x",
      "count(/data/r[x = current()/../x])",
      "count(/data/r[x = current()/../../n])",
      "indexed-repeat(${x}, ${r}, 2)",
      "indexed-repeat(${x}, ${r}, ${n})",
      "indexed-repeat(${x}, ${r}, position(..) - 1)",
      "indexed-repeat(${z}, ${r}, 1, ${q}, 2)",
      "sum(indexed-repeat(${z}, ${r}, 1, ${q}, 1))",
      "../preceding-sibling::r[1]/x",
      "count(../following-sibling::*)",
      "count(ancestor::*)",
      "../descendant::z",
      "/data/a | /data/n",
      "count(/data/r[../n = x])",
      "count(/data/r[q/z = 2])",
      "/data/r[q[z > 1]]/y",
      "if(${n} = 2, ${a}, ../../a)",
      "name(..)",
  };
  int compared = 0;

  for (const char* expression : kExpressions) compared += compare_at_every_place(expression);

  CHECK(compared > 2000);
}

TEST_CASE("once(), coalesce() and cells of lists and data sets are found") {
  constexpr const char* kExpressions[] = {
      "once(${n})",
      "once(concat(${a}, position(..)))",
      "coalesce(${a}, ${t})",
      "coalesce(., ${n})",
      "pulldata('posts', 'city', 'code', ${a})",
      "pulldata('posts', 'city', 'code', ../y)",
      "pulldata('posts', ${t}, 'code', '1')",
      "instance('posts')/root/item[code = ${a}]/city",
      "instance('posts')/root/item[code = current()/../y]/city",
      "instance('posts')/root/item[code = ${y} and city != ${a}]/city",
      "instance('posts')/root/item[${a} = code][2]/city",
      "instance('posts')/root/item[code = ${x}][last()]/city",
      "count(instance('posts')/root/item[code = /data/r/y])",
      "count(instance('posts')/root/item[code = ${n} or code = 'k'])",
      "instance('c')/root/item[name = ${s}]/label",
      "jr:choice-name(${s}, '${s}')",
      "jr:choice-name(../y, '${s}')",
      "count(instance(${a})/root/item)",
  };
  int compared = 0;

  for (const char* expression : kExpressions) compared += compare_at_every_place(expression);

  CHECK(compared > 800);
}

TEST_CASE("relevance, rules, filters, read-only, counts and quotes hear of what they look at") {
  struct Row {
    const char* column;
    const char* expression;
  };
  constexpr Row kRows[] = {
      {"relevant", "string-length(string(${g})) > 1"},
      {"relevant", "count(/data/r[string() = '2']) > 0"},
      {"relevant", "${g} != ''"},
      {"required", "count(//y[string-length() > 0]) > 1"},
      {"required", "string(/data/g) = 'k'"},
      {"readonly", "sum(//z) > 3"},
      {"constraint", "string-length() > 1 or number() > ${n}"},
      {"constraint", ". != ${a} and string() != string(${g})"},
      {"constraint", "count(/data/r[y = current()]) < 2"},
      {"outputs", "concat(string(/data/g), count(//x[. > 1]))"},
  };
  int compared = 0;

  for (const Row& row : kRows) {
    const std::string column(row.column);
    const std::string cell = column == "outputs"
                                 ? R"j("outputs":{"o":)j" + quoted(row.expression) + "}"
                                 : "\"" + column + "\":" + quoted(row.expression);
    const Result<Package> package = package_of_sources(sources_of_form(
        {"", "", R"j(,{"type":"text","name":"made","label":"l","default":"k",)j" + cell + "}"}));
    INFO(row.expression);
    REQUIRE(package.ok());
    compared += compare_edits(package.value(), column + " " + row.expression, 11);
  }

  CHECK(compared > 300);
}

TEST_CASE("a calculation may not read the text of a group that it is in") {
  for (const char* expression : {"string(..)", "concat(/data/r)", "string-length(/)"}) {
    const std::vector<LintProblem> problems =
        lint_package(sources_of_form({calculation(expression), "", ""}));

    INFO(expression);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0] == LintProblem{"survey", 13, "calculation", "cycle", 0, "made → made"});
  }
}

}  // namespace
}  // namespace landfall
