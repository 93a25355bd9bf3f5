// Engine::Impl: actions, values that are set when something happens.
//
// Source: ODK XForms specification, "Actions" and "Events".

#include <utility>

#include "shared/form/bind_type.h"
#include "shared/form/engine_impl.h"
#include "shared/form/reading.h"

namespace landfall {
namespace {

// Two questions that set each other could go on for ever.
constexpr std::size_t kMaxActionsPerChange = 5000;

}  // namespace

void Engine::Impl::notice(ActionEvent event, NodeId node) {
  if (!listens_ || package_.actions.empty()) return;
  if (opening_ && event == ActionEvent::value_changed) return;
  const std::uint32_t definition = tree_.at(node).definition;
  for (std::uint32_t i = 0; i < package_.actions.size(); ++i) {
    const Action& action = package_.actions[i];
    if (action.event == event && action.on == definition) waiting_.push_back({i, node});
  }
}

void Engine::Impl::run_load_actions(ActionEvent event) {
  for (std::uint32_t i = 0; i < package_.actions.size(); ++i) {
    const Action& action = package_.actions[i];
    if (action.event != event) continue;
    if (action.on == kNone) {
      waiting_.push_back({i, FormTree::kRoot});
    } else {
      for (const NodeId node : tree_.nodes_of(action.on)) waiting_.push_back({i, node});
    }
  }
  recompute();
}

void Engine::Impl::run_waiting_actions() {
  std::size_t left = kMaxActionsPerChange;
  while (!waiting_.empty() && left-- > 0) {
    const WaitingAction next = waiting_.front();
    waiting_.erase(waiting_.begin());
    run_action(package_.actions[next.action], next.node);
    recompute_nodes();
  }
  waiting_.clear();
}

void Engine::Impl::run_action(const Action& action, NodeId node) {
  const std::optional<Value> found = evaluate_at(node, action.target, "action");
  const NodeSet* targets = found ? std::get_if<NodeSet>(&*found) : nullptr;
  if (targets == nullptr) return;
  for (const NodeId target : *targets) {
    // Only the form's own nodes hold answers; choices and data sets do not change.
    if (!tree_.holds(target) || tree_.definition_of(target).kind != NodeKind::question) continue;
    std::string text;
    if (action.value != kNone) text = text_at(target, action.value, "action");
    set_value(target, std::move(text));
  }
}

// An answer that the type refuses is the author's mistake and shows as a finding.
void Engine::Impl::set_value(NodeId node, std::string text) {
  const NodeDefinition& definition = tree_.definition_of(node);
  if (definition.shape == AnswerShape::computed || definition.type == "hidden") {
    Answer answer = cast_answer(definition.bind_type, Answer::of_text(std::move(text)));
    std::string seen = text_of_answer(answer);
    store(node, std::move(answer), std::move(seen), {});
    return;
  }
  (void)put(node, Answer::of_text(std::move(text)));
}

}  // namespace landfall
