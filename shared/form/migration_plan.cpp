// plan_migration(): what two versions of a form make of every question.

#include <algorithm>
#include <utility>

#include "shared/form/migration_route.h"

namespace landfall {
namespace {

// Why not every answer of the old question can be carried; empty when every one can.
std::string partial_reason(const Package& from, const NodeDefinition& old_node, const Package& to,
                           const NodeDefinition& new_node, const MigrationRoute& route) {
  if (old_node.type != new_node.type) return "type_changed";
  if (old_node.list == kNone || new_node.list == kNone) return {};
  const ChoiceList& before = from.lists[old_node.list];
  const ChoiceList& after = to.lists[new_node.list];
  for (std::uint32_t row = 0; row < before.row_count(); ++row) {
    if (!after.has(route.recoded(old_node.path, before.name_of(row)))) return "choice_gone";
  }
  return {};
}

}  // namespace

std::vector<MigrationStep> plan_migration(const Package& from, const Package& to) {
  const MigrationRoute route(to, from.version);
  std::vector<MigrationStep> steps;
  std::vector<bool> reached(to.nodes.size(), false);
  for (const NodeDefinition& node : from.nodes) {
    if (node.kind != NodeKind::question || is_always_computed(node)) continue;
    MigrationRoute::Leg leg = route.leg_of(node.path);
    if (leg.definition != kNone) {
      const NodeDefinition& target = to.nodes[leg.definition];
      reached[leg.definition] = true;
      const bool loses_instances = node.repeat != kNone && target.repeat == kNone;
      if (leg.step.reason.empty()) {
        leg.step.reason =
            loses_instances ? "not_repeated" : partial_reason(from, node, to, target, route);
      }
    }
    steps.push_back(std::move(leg.step));
  }
  for (std::size_t i = 0; i < to.nodes.size(); ++i) {
    const NodeDefinition& node = to.nodes[i];
    if (node.kind != NodeKind::question || is_always_computed(node) || reached[i]) continue;
    steps.push_back({StepKind::added, "", node.path, ""});
  }
  return steps;
}

}  // namespace landfall
