#include "shared/form/graph.h"

#include <algorithm>
#include <functional>

#include "shared/base/sorting.h"
#include "shared/form/number_set.h"
#include "shared/form/package.h"
#include "shared/form/references.h"

namespace landfall {
namespace {

struct Edge {
  Vertex target = 0;
  bool local = true;
};

// One vertex comes before another one; `next` is another order with the same vertex before.
struct Order {
  Vertex before = 0;
  Vertex after = 0;
  std::uint32_t next = kNone;
};

class GraphBuilder {
 public:
  explicit GraphBuilder(const Package& package)
      : package_(package),
        vertices_(package.nodes.size() * kAspects),
        seen_by_(package.nodes.size()),
        clocked_(vertices_, false) {}

  Result<Graph> run(Circle& circle) {
    for (std::uint32_t i = 0; i < package_.nodes.size(); ++i) connect(i);
    Result<Graph> graph = sort(circle);
    if (graph.ok()) return graph;
    // A count may depend on what is in the instances it makes ("one more?"). Then it comes where it
    // can; the engine begins again whenever instances came or went.
    counts_first_ = false;
    circle = Circle{};
    return sort(circle);
  }

 private:
  void connect(std::uint32_t definition) {
    const NodeDefinition& node = package_.nodes[definition];
    add(definition, Aspect::relevance, node.relevant, kNone);
    if (node.triggers.empty()) add(definition, Aspect::value, node.calculation, kNone);
    add(definition, Aspect::readonly, node.readonly, kNone);
    add(definition, Aspect::required, node.required, kNone);
    add(definition, Aspect::choices, node.choice_filter, node.list);
    add(definition, Aspect::count, node.repeat_count, kNone);
    for (const Constraint& constraint : node.constraints) {
      add(definition, Aspect::findings, constraint.expression, kNone);
    }
    // How an identifier is read may depend on other answers, and so does what is stored of it.
    for (const auto& [name, expression] : node.check_parameters) {
      add(definition, Aspect::value, expression, kNone);
    }
    // Nothing looks at what texts quote, as nothing but findings looks at this aspect.
    for (const auto& [name, expression] : node.outputs) {
      add(definition, Aspect::required, expression, kNone);
    }
    if (node.identity) clocked_[vertex_of(definition, Aspect::value)] = true;
  }

  void add(std::uint32_t definition, Aspect aspect, std::uint32_t expression, std::uint32_t list) {
    if (expression == kNone) return;
    const Vertex target = vertex_of(definition, aspect);
    const ExpressionReferences references =
        find_references(package_, package_.expressions[expression], definition, list);
    if (references.clock) clocked_[target] = true;
    for (const NodeReference& reference : references.nodes) {
      seen_by_[reference.definition].push_back({target, reference.local});
    }
  }

  void order(Vertex before, Vertex after) {
    orders_.push_back({before, after, newest_[before]});
    newest_[before] = static_cast<std::uint32_t>(orders_.size() - 1);
    ++waiting_[after];
  }

  // What must come before what: before all that look at a definition's visible value, above all.
  void collect_orders() {
    orders_.clear();
    newest_.assign(vertices_, kNone);
    waiting_.assign(vertices_, 0);
    for (std::uint32_t i = 0; i < package_.nodes.size(); ++i) {
      const NodeDefinition& node = package_.nodes[i];
      const Vertex relevance = vertex_of(i, Aspect::relevance);
      const Vertex value = vertex_of(i, Aspect::value);
      const Vertex count = vertex_of(i, Aspect::count);
      if (node.parent != kNone) {
        order(vertex_of(node.parent, Aspect::relevance), relevance);
        order(vertex_of(node.parent, Aspect::readonly), vertex_of(i, Aspect::readonly));
        // An instance should exist before anything in it is computed.
        if (counts_first_) {
          order(vertex_of(node.parent, Aspect::count), count);
          order(count, relevance);
          order(count, value);
        }
      }
      for (const Aspect sink :
           {Aspect::readonly, Aspect::required, Aspect::choices, Aspect::findings}) {
        order(relevance, vertex_of(i, sink));
        order(value, vertex_of(i, sink));
      }
      order(vertex_of(i, Aspect::required), vertex_of(i, Aspect::findings));
      order(vertex_of(i, Aspect::choices), vertex_of(i, Aspect::findings));
      for (const Edge& edge : seen_by_[i]) {
        // A calculation may look at what it gave before; a finding always looks at its own answer.
        if (edge.target != value) order(value, edge.target);
        // That an instance stands where it stands (position(current())) is no circle.
        const bool is_place = edge.target == relevance && node.kind == NodeKind::repeat;
        if (!is_place) order(relevance, edge.target);
        if (counts_first_ && edge.target != count) order(count, edge.target);
      }
    }
  }

  // Kahn's algorithm, the smallest vertex first, so that the order does not depend on chance.
  Result<Graph> sort(Circle& circle) {
    collect_orders();
    NumberSet ready(vertices_);
    for (Vertex v = 0; v < vertices_; ++v) {
      if (waiting_[v] == 0) ready.insert(v);
    }
    Graph graph;
    graph.rank.assign(vertices_, kNone);
    for (Vertex vertex = ready.next(0), least = 0; vertex != kNone; vertex = ready.next(least)) {
      ready.erase(vertex);
      graph.rank[vertex] = static_cast<std::uint32_t>(graph.order.size());
      graph.order.push_back(vertex);
      least = vertex;
      for (std::uint32_t i = newest_[vertex]; i != kNone; i = orders_[i].next) {
        const Vertex after = orders_[i].after;
        if (--waiting_[after] > 0) continue;
        ready.insert(after);
        least = std::min(least, after);
      }
    }
    if (graph.order.size() < vertices_) return cycle_error(graph, circle);
    fill_dependents(graph);
    return graph;
  }

  // Each vertex that is left waits for another one that is left: going back from any of them ends
  // in a circle.
  [[nodiscard]] Error cycle_error(const Graph& graph, Circle& circle) const {
    std::vector<Vertex> before(vertices_, kNone);
    for (const Order& order : orders_) {
      const bool is_left = graph.rank[order.before] == kNone && graph.rank[order.after] == kNone;
      if (is_left) before[order.after] = order.before;
    }
    Vertex at = 0;
    while (graph.rank[at] != kNone) ++at;
    std::vector<bool> seen(vertices_, false);
    for (; !seen[at]; at = before[at]) seen[at] = true;
    std::vector<Vertex> ring;  // each depends on the one behind it
    do {
      ring.push_back(at);
      at = before[at];
    } while (at != ring.front());
    // Told from the first row of the circle that has an expression of its own.
    std::size_t first = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const bool better = expression_of(ring[first]) == kNone || ring[i] < ring[first];
      if (expression_of(ring[i]) != kNone && better) first = i;
    }
    std::rotate(ring.begin(), ring.begin() + static_cast<std::ptrdiff_t>(first), ring.end());
    describe(ring, circle);
    return {ErrorCode::package_cycle, package_.nodes[definition_of(ring.front())].row};
  }

  void describe(const std::vector<Vertex>& ring, Circle& circle) const {
    constexpr std::string_view kColumns[kAspects] = {"repeat_count", "relevant", "calculation",
                                                     "readonly",     "required", "choice_filter",
                                                     "constraint"};
    std::vector<std::uint32_t> places;
    for (const Vertex vertex : ring) {
      const std::uint32_t definition = definition_of(vertex);
      if (places.empty() || places.back() != definition) places.push_back(definition);
    }
    if (places.size() > 1 && places.back() == places.front()) places.pop_back();
    for (const std::uint32_t place : places) circle.names += package_.nodes[place].name + " → ";
    circle.names += package_.nodes[places.front()].name;
    circle.column = kColumns[ring.front() % kAspects];
    const std::uint32_t expression = expression_of(ring.front());
    if (expression == kNone) return;
    const std::string& next = package_.nodes[places[1 % places.size()]].name;
    const std::size_t offset = package_.expressions[expression].source.find(next);
    if (offset != std::string::npos) circle.offset = static_cast<std::uint32_t>(offset);
  }

  [[nodiscard]] std::uint32_t expression_of(Vertex vertex) const {
    const NodeDefinition& node = package_.nodes[definition_of(vertex)];
    switch (aspect_of(vertex)) {
      case Aspect::relevance:
        return node.relevant;
      case Aspect::value:
        return node.calculation;
      case Aspect::count:
        return node.repeat_count;
      default:
        return kNone;
    }
  }

  void fill_dependents(Graph& graph) const {
    graph.dependents.resize(package_.nodes.size());
    for (std::size_t i = 0; i < seen_by_.size(); ++i) {
      std::vector<std::uint32_t> edges;  // the rank twice, and one more for a local edge
      const Vertex value = vertex_of(static_cast<std::uint32_t>(i), Aspect::value);
      for (const Edge& edge : seen_by_[i]) {
        // What a calculation gave does not make it calculate again: it would never end.
        if (edge.local && edge.target == value) continue;
        edges.push_back(graph.rank[edge.target] * 2 + (edge.local ? 1 : 0));
      }
      sort_numbers(edges, std::less<>());
      // The wider of two edges to one target stands first and is kept.
      std::vector<Dependent>& to = graph.dependents[i];
      for (const std::uint32_t edge : edges) {
        if (to.empty() || to.back().rank != edge / 2) to.push_back({edge / 2, edge % 2 != 0});
      }
    }
    for (Vertex v = 0; v < vertices_; ++v) {
      if (clocked_[v]) graph.clock_ranks.push_back(graph.rank[v]);
    }
  }

  const Package& package_;
  std::size_t vertices_;
  std::vector<std::vector<Edge>> seen_by_;
  std::vector<bool> clocked_;
  bool counts_first_ = true;
  // All in one list, because each of thousands of vertices has few.
  std::vector<Order> orders_;
  std::vector<std::uint32_t> newest_;   // by the vertex that comes before
  std::vector<std::uint32_t> waiting_;  // by the vertex that comes after: for how many
};

}  // namespace

Result<Graph> build_graph(const Package& package, Circle& circle) {
  return GraphBuilder(package).run(circle);
}

}  // namespace landfall
