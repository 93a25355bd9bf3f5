// Engine::Impl: what has to be computed again.

#include "shared/form/engine_impl.h"

namespace landfall {

void Engine::Impl::mark(std::uint32_t rank, NodeId scope) {
  if (!dirty_.has(rank)) {
    dirty_.insert(rank);
    scope_[rank] = scope;
  } else if (scope_[rank] != scope) {
    scope_[rank] = kNoNode;
  }
}

// The innermost repeat instance that holds `node` and can hold nodes of the definition `target`.
NodeId Engine::Impl::common_scope(NodeId node, std::uint32_t target) const {
  for (std::uint32_t repeat = package_.nodes[target].repeat; repeat != kNone;
       repeat = package_.nodes[repeat].repeat) {
    const NodeId instance = tree_.instance_around(node, repeat);
    if (instance != kNoNode) return instance;
  }
  return kNoNode;
}

void Engine::Impl::mark_aspect(NodeId node, Aspect aspect) {
  const std::uint32_t definition = tree_.at(node).definition;
  mark(package_.graph.rank[vertex_of(definition, aspect)], common_scope(node, definition));
}

void Engine::Impl::mark_dependents(NodeId node) {
  for (const Dependent& dependent : package_.graph.dependents[tree_.at(node).definition]) {
    const std::uint32_t target = definition_of(package_.graph.order[dependent.rank]);
    mark(dependent.rank, dependent.local ? common_scope(node, target) : kNoNode);
  }
}

void Engine::Impl::mark_subtree(NodeId node) {
  auto visit = [this](NodeId id) {
    for (std::uint32_t aspect = 0; aspect < kAspects; ++aspect) {
      mark_aspect(id, static_cast<Aspect>(aspect));
    }
    mark_dependents(id);
  };
  tree_.visit_subtree(node, visit);
}

void Engine::Impl::mark_everything() {
  for (std::uint32_t rank = 0; rank < package_.graph.order.size(); ++rank) mark(rank, kNoNode);
}

void Engine::Impl::touch(NodeId node) {
  TreeNode& entry = tree_.at(node);
  if (entry.changed) return;
  entry.changed = true;
  changed_.push_back(node);
}

}  // namespace landfall
