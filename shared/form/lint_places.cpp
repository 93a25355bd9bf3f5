#include "shared/form/lint_places.h"

#include <string>

namespace landfall {
namespace {

std::uint32_t node_at(const Package& package, const PathSyntax& path) {
  std::string joined;
  for (std::size_t i = 0; i < path.steps.size(); ++i) {
    const PathStep& step = path.steps[i];
    if (step.axis != Axis::child || step.test != NodeTest::name || step.count > 0) return kNone;
    if (i > 0) joined += (i > 1 ? "/" : "") + step.name;
  }
  return joined.empty() ? kNone : package.node_by_path.find(joined);
}

}  // namespace

std::uint32_t node_meant(const Package& package, const PackageBuilder::PendingExpression& written,
                         const SyntaxNode& syntax) {
  const Expression& expression = package.expressions[written.expression];
  if (syntax.operation == Operation::reference) {
    const std::uint32_t bound = expression.bindings[syntax.payload];
    return bound < package.nodes.size() ? bound : kNone;
  }
  if (syntax.operation != Operation::path || syntax.count > 0) return kNone;
  const PathSyntax& path = expression.paths[syntax.payload];
  if (path.absolute) return node_at(package, path);
  const bool is_self = path.steps.size() == 1 && path.steps[0].axis == Axis::self;
  const bool is_rule = written.place.column == "constraint" || written.place.column == "expression";
  return is_self && is_rule ? written.definition : kNone;
}

}  // namespace landfall
