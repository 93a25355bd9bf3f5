#include "shared/form/lint_cycles.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "shared/form/graph.h"

namespace landfall {
namespace {

constexpr int kMostCycles = 50;  // a person mends the first ones

// Problems that leave an expression out and the form as it is.
bool leaves_form(const LintProblem& problem) {
  constexpr std::string_view kCodes[] = {"unknown_name", "dead_path", "cycle", "unknown_list",
                                         "unknown_rule"};
  return problem.sheet != "survey" || problem.code.rfind("xpath_", 0) == 0 ||
         problem.code.rfind("regex_", 0) == 0 ||
         std::find(std::begin(kCodes), std::end(kCodes), problem.code) != std::end(kCodes);
}

// Takes the expression in `column` out of the node that the circle is told of; false where there
// is none to take.
bool open_circle(Package& package, std::uint32_t row, const Circle& circle) {
  const std::string name = circle.names.substr(0, circle.names.find(" → "));
  for (NodeDefinition& node : package.nodes) {
    if (node.row != row || node.name != name) continue;
    std::uint32_t& expression = circle.column == "relevant"       ? node.relevant
                                : circle.column == "repeat_count" ? node.repeat_count
                                                                  : node.calculation;
    if (expression != kNone) return std::exchange(expression, kNone) != kNone;
  }
  return false;
}

}  // namespace

std::vector<LintProblem> find_more_cycles(PackageBuilder& builder) {
  std::vector<LintProblem> found;
  const std::vector<LintProblem>& known = builder.problems();
  if (known.empty() || !std::all_of(known.begin(), known.end(), leaves_form)) return found;
  const auto is_told = [&](const LintProblem& cycle) {
    return std::any_of(known.begin(), known.end(), [&](const LintProblem& other) {
      return other.code == cycle.code && other.row == cycle.row && other.detail == cycle.detail;
    });
  };
  for (int i = 0; i < kMostCycles; ++i) {
    Circle circle;
    const Result<Graph> graph = build_graph(builder.package(), circle);
    if (graph.ok()) break;
    const std::uint32_t row = graph.error().offset;
    LintProblem cycle{"survey", row, circle.column, "cycle", circle.offset, circle.names};
    if (!is_told(cycle)) found.push_back(std::move(cycle));
    if (!open_circle(builder.package(), row, circle)) break;
  }
  return found;
}

}  // namespace landfall
