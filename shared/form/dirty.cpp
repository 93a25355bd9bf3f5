// Engine::Impl: what has to be computed again.

#include <bit>

#include "shared/form/engine_impl.h"

namespace landfall {

void Engine::Impl::mark(std::uint32_t rank, NodeId scope) {
  const std::uint64_t bit = std::uint64_t{1} << (rank % 64);
  if ((dirty_[rank / 64] & bit) == 0) {
    dirty_[rank / 64] |= bit;
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

// The first dirty rank at or after `from`; the number of ranks when there is none.
std::uint32_t Engine::Impl::next_dirty(std::uint32_t from) const {
  const auto ranks = static_cast<std::uint32_t>(package_.graph.order.size());
  std::size_t word = from / 64;
  if (word >= dirty_.size()) return ranks;
  std::uint64_t bits = dirty_[word] & (~std::uint64_t{0} << (from % 64));
  while (bits == 0) {
    if (++word == dirty_.size()) return ranks;
    bits = dirty_[word];
  }
  return static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(bits));
}

}  // namespace landfall
