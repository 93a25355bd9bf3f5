// Engine::Impl: the tree of nodes, what of it must be computed again, and the computing.

#ifndef LANDFALL_SHARED_FORM_ENGINE_IMPL_H_
#define LANDFALL_SHARED_FORM_ENGINE_IMPL_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "shared/codec/json.h"
#include "shared/form/chance_stream.h"
#include "shared/form/engine.h"
#include "shared/form/form_tree.h"
#include "shared/form/graph.h"
#include "shared/form/limits.h"
#include "shared/form/number_set.h"
#include "shared/identity/context.h"
#include "shared/xpath/evaluate.h"

namespace landfall {

// What is known about time: the date, and the instant that now() answers.
struct EngineClock {
  Date date;
  std::string date_text;
  TimeZone zone;
  std::int64_t now_ms = 0;
};

// The clock at the beginning of `as_of` in `time_zone`.
//
// Errors: options_malformed.
[[nodiscard]] Result<EngineClock> clock_of(std::string_view as_of, std::string_view time_zone);

class Engine::Impl final {
 public:
  Impl(const Package& package, EngineClock clock, const EngineOptions& options);

  // Makes first instances and computes everything; sets defaults too, unless answers that were
  // given before are put back next. settle() ends that.
  void start(bool defaults);
  // While it does not listen, new instances and values start no action: they are put back.
  void listen(bool listens) { listens_ = listens; }

  // Stores an answer without computing what follows from it; recompute() does. A calculation does
  // not overwrite an answer that was put since the last recompute().
  [[nodiscard]] Result<Done> put(NodeId node, Answer answer);
  // The same for instances of repeats. The container's limits are checked by the caller.
  NodeId add_instance(NodeId container);
  void remove_instance(NodeId instance);

  // Computes everything that depends on what was put since the last call.
  void recompute();
  // The same, and then what happens once: defaults of new instances, answers that others trigger.
  void settle();
  // Ends the putting back of answers: from now on new instances get defaults, and changes trigger.
  void begin_filling();

  // The operations of Engine, up to the computing: the nodes that differ are in changes().
  [[nodiscard]] Result<Done> set(std::string_view path, Answer answer);
  [[nodiscard]] Result<Done> add_instance_at(std::string_view path);
  [[nodiscard]] Result<Done> remove_instance_at(std::string_view path);
  [[nodiscard]] Result<Done> set_as_of(std::string_view date);

  // The nodes that differ since forget_changes(), in form order; never the root.
  [[nodiscard]] const std::vector<NodeId>& changes();
  void forget_changes();

  [[nodiscard]] NodeState state_of(NodeId node) const;
  [[nodiscard]] std::vector<Finding> case_findings() const;
  [[nodiscard]] std::optional<Fee> fee();

  [[nodiscard]] const FormTree& tree() const { return tree_; }
  [[nodiscard]] const Package& package() const { return package_; }
  [[nodiscard]] const EngineClock& clock() const { return clock_; }
  // True where what is stored differs from what was typed.
  [[nodiscard]] bool is_normalised(NodeId node) const;
  // True where only the engine sets the value.
  [[nodiscard]] bool is_computed(NodeId node) const;
  // The most instances that a repeat takes, whatever its parameters say.
  [[nodiscard]] std::size_t most_instances(NodeId container) const;
  // What was typed in the instances that a smaller count took away, from the first of them on.
  [[nodiscard]] std::span<const Json> set_aside(NodeId container) const;

 private:
  void set_default(NodeId node);
  void add_first_instances(NodeId node);
  void set_dynamic_defaults();
  void run_triggers();

  // dirty.cpp: what has to be computed again.
  void mark(std::uint32_t rank, NodeId scope);
  void mark_aspect(NodeId node, Aspect aspect);
  void mark_dependents(NodeId node);
  void mark_subtree(NodeId node);
  void mark_everything();
  void touch(NodeId node);
  [[nodiscard]] NodeId common_scope(NodeId node, std::uint32_t target) const;

  // actions.cpp
  struct WaitingAction {
    std::uint32_t action = 0;
    NodeId node = kNoNode;
  };
  void notice(ActionEvent event, NodeId node);
  void run_load_actions(ActionEvent event);
  void run_waiting_actions();
  void run_action(const Action& action, NodeId node);
  void set_value(NodeId node, std::string text);

  void recompute_nodes();
  void fill_initial();

  // compute.cpp
  void compute(Vertex vertex, NodeId scope);
  void compute_node(NodeId node, Aspect aspect);
  void compute_aspect(NodeId node, Aspect aspect);
  void compute_count(NodeId container);
  void put_aside(NodeId instance);
  [[nodiscard]] bool bring_back(NodeId container);
  void compute_relevance(NodeId node);
  [[nodiscard]] bool is_relevant_itself(NodeId node);
  void compute_readonly(NodeId node);
  [[nodiscard]] bool was_given(NodeId node) const;
  void compute_value(NodeId node);
  void compute_flag(NodeId node, std::uint32_t expression, bool TreeNode::* flag,
                    const char* aspect);
  void compute_outputs(NodeId node);
  void compute_choices(NodeId node);
  [[nodiscard]] std::optional<std::vector<std::uint32_t>> candidate_rows(NodeId node);
  void see_what_is_offered(NodeId node);
  void compute_findings(NodeId node);
  void append_rule_findings(NodeId node, std::vector<Finding>& to);
  void append_choice_findings(NodeId node, std::vector<Finding>& to) const;
  void store(NodeId node, Answer answer, std::string text, std::vector<Finding> reading);
  [[nodiscard]] CheckContext check_context(NodeId node);

  std::nullopt_t fail(const Error& error);
  // Evaluates an expression of the package at a node; nothing when it failed.
  [[nodiscard]] std::optional<Value> evaluate_at(NodeId node, std::uint32_t expression,
                                                 const char* aspect, NodeId focus = kNoNode);
  // The truth of one; nothing when it failed.
  [[nodiscard]] std::optional<bool> truth_at(NodeId node, std::uint32_t expression,
                                             const char* aspect, NodeId focus = kNoNode);
  [[nodiscard]] Answer answer_at(NodeId node, std::uint32_t expression, const char* aspect);
  [[nodiscard]] std::string text_at(NodeId node, std::uint32_t expression, const char* aspect);
  [[nodiscard]] EvaluationContext context_at(NodeId node);

  const Package& package_;
  EngineClock clock_;
  std::optional<ChanceStream> chance_;
  FormTree tree_;
  NumberSet dirty_;            // ranks
  std::vector<NodeId> scope_;  // by rank: the repeat instance concerned, kNoNode for all
  std::vector<NodeId> changed_;
  std::vector<NodeId> given_;       // put since the last recompute()
  std::vector<NodeId> defaults_;    // wait for their default to be evaluated
  std::vector<NodeId> triggering_;  // changed, and others are filled then
  bool filling_ = false;            // defaults are set and changes trigger
  bool listens_ = false;
  bool opening_ = false;
  bool failed_ = false;                     // an expression of the aspect being computed
  std::size_t steps_ = kMaxStepsPerChange;  // that expressions may still take in this change
  bool begin_again_ = false;  // something was marked that comes before what is being computed
  std::vector<WaitingAction> waiting_;
  struct Aside {
    NodeId container = kNoNode;
    std::vector<Json> instances;
  };
  std::vector<Aside> aside_;
  Tracer* tracer_ = nullptr;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_ENGINE_IMPL_H_
