#include "shared/form/lint_defaults.h"

#include <algorithm>
#include <string>

#include "shared/form/reading.h"

namespace landfall {
namespace {

// The text that `expression` is, or null where it has to be evaluated.
const std::string* constant_text(const Expression& expression) {
  const SyntaxNode& root = expression.nodes[expression.root];
  return root.operation == Operation::text ? &expression.texts[root.payload] : nullptr;
}

bool has_choice(const Package& package, const NodeDefinition& node, const std::string& name) {
  const ChoiceList& list = package.lists[node.list];
  // The rows of a data set may be still to come.
  return (list.is_dataset && list.row_count() == 0) || list.has(name);
}

bool is_acceptable(const Package& package, const NodeDefinition& node, const std::string& text) {
  const Result<Reading> reading = read_answer(package, node, Answer::of_text(text), {});
  if (!reading.ok()) return false;
  const std::vector<Finding>& findings = reading.value().findings;
  const bool is_refused = std::any_of(findings.begin(), findings.end(), [](const Finding& one) {
    return one.severity == Severity::error;
  });
  if (is_refused || node.list == kNone) return !is_refused;
  if (node.shape == AnswerShape::select_one) return has_choice(package, node, text);
  const std::vector<std::string>& names = reading.value().answer.choices;
  return std::all_of(names.begin(), names.end(),
                     [&](const std::string& name) { return has_choice(package, node, name); });
}

}  // namespace

std::vector<LintProblem> find_bad_defaults(PackageBuilder& builder) {
  std::vector<LintProblem> problems;
  const Package& package = builder.package();
  for (const NodeDefinition& node : package.nodes) {
    const bool is_asked = node.kind == NodeKind::question && node.shape != AnswerShape::files;
    if (!is_asked || node.default_value == kNone) continue;
    const std::string* text = constant_text(package.expressions[node.default_value]);
    if (text == nullptr || text->empty() || is_acceptable(package, node, *text)) continue;
    problems.push_back({"survey", node.row, "default", "bad_default", 0, *text});
  }
  return problems;
}

}  // namespace landfall
