#include "shared/form/references.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "shared/xpath/functions.h"

namespace landfall {
namespace {

// Besides definitions, a place may be the document above the root, or a row of a choice list.
constexpr std::uint32_t kDocument = 0xFFFFFFFE;
constexpr std::uint32_t kElsewhere = 0xFFFFFFFD;

using Places = std::vector<std::uint32_t>;

// Functions that read the text of the context node when they are called without an argument.
// name() and its like read no text, position() and last() no node.
constexpr std::array<std::string_view, 4> kReadsContext = {"string", "number", "string-length",
                                                           "normalize-space"};

// Functions to which a node is a node: they do not read what stands in it.
constexpr std::array<std::string_view, 6> kReadsNoText = {"count",      "position",      "name",
                                                          "local-name", "namespace-uri", "current"};

template <typename Names>
bool is_among(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// What is done with the nodes that an operand gives.
enum class Use : bool { passed_on, read };

class ReferenceFinder {
 public:
  ReferenceFinder(const Package& package, const Expression& expression, std::uint32_t definition)
      : package_(package), expression_(expression), definition_(definition) {}

  ExpressionReferences run(std::uint32_t list) {
    visit(expression_.root, {list == kNone ? definition_ : kElsewhere}, Use::read);
    return std::move(found_);
  }

 private:
  void record(std::uint32_t place, bool local) {
    for (NodeReference& known : found_.nodes) {
      if (known.definition != place) continue;
      known.local = known.local && local;
      return;
    }
    found_.nodes.push_back({place, local});
  }

  void record(std::uint32_t place, bool local, Use use) {
    if (place == kElsewhere) return;
    if (place != kDocument) record(place, local);
    // The text of a group is that of all below it, in every instance of a repeat.
    if (use == Use::passed_on) return;
    Places below;
    append_descendants(place, below);
    for (const std::uint32_t node : below) {
      const bool is_beside =
          place != kDocument && package_.nodes[node].repeat == package_.nodes[place].repeat;
      record(node, local && is_beside);
      found_.reads_around_itself |= node == definition_;
    }
  }

  // Records what the node looks at and returns the places it may stand for.
  Places visit(std::uint32_t node, const Places& context, Use use) {
    const SyntaxNode& syntax = expression_.nodes[node];
    switch (syntax.operation) {
      case Operation::reference:
        return visit_reference(syntax, use);
      case Operation::path:
        return visit_path(syntax, context, use);
      case Operation::call:
        return visit_call(syntax, context, use);
      case Operation::filter:
        return visit_filter(syntax, context, use);
      case Operation::unite:
        return visit_operands(syntax, context, use);
      default:
        return visit_operands(syntax, context, Use::read);
    }
  }

  Places visit_operands(const SyntaxNode& syntax, const Places& context, Use use) {
    Places all;
    for (std::uint32_t i = 0; i < syntax.count; ++i) {
      const Places some = visit(expression_.operands[syntax.first + i], context, use);
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  }

  Places visit_reference(const SyntaxNode& syntax, Use use) {
    const std::uint32_t bound = expression_.bindings[syntax.payload];
    if (bound == kUnbound) return {};
    record(bound, true, use);
    return {bound};
  }

  Places visit_filter(const SyntaxNode& syntax, const Places& context, Use use) {
    Places places = visit(expression_.operands[syntax.first], context, use);
    for (std::uint32_t i = 1; i < syntax.count; ++i) {
      visit(expression_.operands[syntax.first + i], places, Use::read);
    }
    return places;
  }

  Places visit_call(const SyntaxNode& syntax, const Places& context, Use use) {
    const CallSyntax& call = expression_.calls[syntax.payload];
    if (call.function != nullptr && call.function->input == FunctionInput::clock) {
      found_.clock = true;
    }
    if (syntax.count == 0 && is_among(kReadsContext, call.name)) {
      for (const std::uint32_t place : context) record(place, place == definition_, Use::read);
    }
    if (call.name == "indexed-repeat") return visit_indexed_repeat(syntax, context, use);
    const Places places = visit_operands(
        syntax, context, is_among(kReadsNoText, call.name) ? Use::passed_on : Use::read);
    if (call.name == "current" || call.name == "once") {
      record(definition_, true);
      return {definition_};
    }
    if (call.name == "instance") return {kElsewhere};
    return places;
  }

  // Its repeats are looked through, its indexes read, in whichever instance they are.
  Places visit_indexed_repeat(const SyntaxNode& syntax, const Places& context, Use use) {
    Places all;
    for (std::uint32_t i = 0; i < syntax.count; ++i) {
      const bool is_index = i > 0 && i % 2 == 0;
      const Places some = visit(expression_.operands[syntax.first + i], context,
                                i == 0     ? use
                                : is_index ? Use::read
                                           : Use::passed_on);
      for (const std::uint32_t place : some) {
        record(place, false, i == 0 ? use : Use::passed_on);
      }
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  }

  Places visit_path(const SyntaxNode& syntax, const Places& context, Use use) {
    const PathSyntax& path = expression_.paths[syntax.payload];
    Places places = context;
    if (syntax.count > 0) {
      places = visit(expression_.operands[syntax.first], context, Use::passed_on);
    } else if (path.absolute) {
      places = {kDocument};
    }
    for (const PathStep& step : path.steps) {
      const Places next = take_step(step, places);
      if (next.empty() && !places.empty()) report_dead(syntax.offset);
      places = next;
      for (std::uint32_t i = 0; i < step.count; ++i) {
        visit(expression_.operands[step.first + i], places, Use::read);
      }
    }
    const bool is_self = path.steps.size() == 1 && path.steps[0].axis == Axis::self;
    for (const std::uint32_t place : places) record(place, is_self, use);
    return places;
  }

  void report_dead(std::uint32_t offset) {
    if (found_.has_dead_path) return;
    found_.has_dead_path = true;
    found_.dead_path_offset = offset;
  }

  [[nodiscard]] bool passes(const PathStep& step, std::uint32_t place) const {
    if (place == kElsewhere) return true;
    if (step.test == NodeTest::node) return true;
    if (place == kDocument) return false;
    if (step.test == NodeTest::any_element) return true;
    if (step.test != NodeTest::name) return false;
    // A prefix is left out of account, as it is when the path is evaluated.
    const std::size_t colon = step.name.find(':');
    const std::string_view local = colon == std::string::npos
                                       ? std::string_view(step.name)
                                       : std::string_view(step.name).substr(colon + 1);
    return local == "*" || package_.nodes[place].name == local;
  }

  void append_children(std::uint32_t place, Places& to) const {
    if (place == kDocument) {
      to.push_back(0);
      return;
    }
    const NodeDefinition& parent = package_.nodes[place];
    for (std::uint32_t i = place + 1; i < parent.end; i = package_.nodes[i].end) to.push_back(i);
  }

  void append_descendants(std::uint32_t place, Places& to) const {
    const std::uint32_t begin = place == kDocument ? 0 : place + 1;
    const auto end = static_cast<std::uint32_t>(place == kDocument ? package_.nodes.size()
                                                                   : package_.nodes[place].end);
    for (std::uint32_t i = begin; i < end; ++i) to.push_back(i);
  }

  void append_ancestors(std::uint32_t place, Places& to) const {
    while (place != kDocument) {
      place = parent_of(place);
      to.push_back(place);
    }
  }

  [[nodiscard]] std::uint32_t parent_of(std::uint32_t place) const {
    const std::uint32_t parent = package_.nodes[place].parent;
    return parent == kNone ? kDocument : parent;
  }

  Places take_step(const PathStep& step, const Places& from) {
    Places found;
    for (const std::uint32_t place : from) {
      if (place == kElsewhere) {
        found.push_back(kElsewhere);
        continue;
      }
      append_axis(step.axis, place, found);
    }
    Places kept;
    for (const std::uint32_t place : found) {
      const bool known = std::find(kept.begin(), kept.end(), place) != kept.end();
      if (!known && passes(step, place)) kept.push_back(place);
    }
    return kept;
  }

  void append_axis(Axis axis, std::uint32_t place, Places& to) const {
    switch (axis) {
      case Axis::child:
        append_children(place, to);
        break;
      case Axis::self:
        to.push_back(place);
        break;
      case Axis::parent:
        if (place != kDocument) to.push_back(parent_of(place));
        break;
      case Axis::descendant_or_self:
        to.push_back(place);
        append_descendants(place, to);
        break;
      case Axis::descendant:
        append_descendants(place, to);
        break;
      case Axis::ancestor_or_self:
        to.push_back(place);
        append_ancestors(place, to);
        break;
      case Axis::ancestor:
        append_ancestors(place, to);
        break;
      case Axis::following_sibling:
      case Axis::preceding_sibling:
        if (place != kDocument) append_children(parent_of(place), to);
        break;
      case Axis::following:
      case Axis::preceding:
        append_descendants(kDocument, to);
        break;
      case Axis::attribute:
      case Axis::name_space:
        to.push_back(kElsewhere);
        break;
    }
  }

  const Package& package_;
  const Expression& expression_;
  std::uint32_t definition_;
  ExpressionReferences found_;
};

}  // namespace

ExpressionReferences find_references(const Package& package, const Expression& expression,
                                     std::uint32_t definition, std::uint32_t list) {
  return ReferenceFinder(package, expression, definition).run(list);
}

bool keeps_its_value(const Expression& expression) {
  return std::any_of(expression.nodes.begin(), expression.nodes.end(),
                     [&expression](const SyntaxNode& syntax) {
                       if (syntax.operation != Operation::call) return false;
                       const CallSyntax& call = expression.calls[syntax.payload];
                       if (call.name == "once") return true;
                       const bool is_seeded = call.name == "randomize" && syntax.count > 1;
                       return call.function != nullptr &&
                              call.function->input == FunctionInput::chance && !is_seeded;
                     });
}

}  // namespace landfall
