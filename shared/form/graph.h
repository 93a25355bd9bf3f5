// The dependency graph of a form: what has to be computed again after which change, and in which
// order. Built once for each package, over definitions, not over repeat instances.

#ifndef LANDFALL_SHARED_FORM_GRAPH_H_
#define LANDFALL_SHARED_FORM_GRAPH_H_

#include <cstdint>
#include <string>
#include <vector>

#include "shared/base/result.h"

namespace landfall {

struct NodeDefinition;
struct Package;

// What can be computed about a node; what its texts quote is computed with `required`.
enum class Aspect : std::uint8_t { count, relevance, value, readonly, required, choices, findings };
inline constexpr std::uint32_t kAspects = 7;

// A node's aspect: definition × kAspects + aspect.
using Vertex = std::uint32_t;

[[nodiscard]] constexpr Vertex vertex_of(std::uint32_t definition, Aspect aspect) {
  return definition * kAspects + static_cast<std::uint32_t>(aspect);
}
[[nodiscard]] constexpr std::uint32_t definition_of(Vertex vertex) { return vertex / kAspects; }
[[nodiscard]] constexpr Aspect aspect_of(Vertex vertex) {
  return static_cast<Aspect>(vertex % kAspects);
}

// `local`: an instance of the target depends only on nodes in its own repeat instance.
struct Dependent {
  std::uint32_t rank = 0;
  bool local = true;
};

struct Graph {
  // Vertices in an order in which each comes after all it depends on.
  std::vector<Vertex> order;
  std::vector<std::uint32_t> rank;  // by vertex
  // By definition: what looks at its visible value, which its own relevance is part of.
  std::vector<std::vector<Dependent>> dependents;
  // What looks at the date.
  std::vector<std::uint32_t> clock_ranks;
};

// Expressions that depend on each other: "a → b → a", the column of the first one's row, and the
// byte of its expression that names the next.
struct Circle {
  std::string names;
  std::string column;
  std::uint32_t offset = 0;
};

// Builds the graph of `package`, whose nodes, expressions and bindings are complete.
//
// Errors: package_cycle; offset = survey row of the first node in the circle, and `circle` says
// which.
[[nodiscard]] Result<Graph> build_graph(const Package& package, Circle& circle);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_GRAPH_H_
