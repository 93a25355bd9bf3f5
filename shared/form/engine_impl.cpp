#include "shared/form/engine_impl.h"

#include <algorithm>
#include <utility>

#include "shared/base/sorting.h"
#include "shared/form/answers.h"
#include "shared/form/bind_type.h"
#include "shared/form/limits.h"
#include "shared/form/reading.h"

namespace landfall {

Result<EngineClock> clock_of(std::string_view as_of, std::string_view time_zone) {
  const Result<Date> date = parse_date(as_of);
  const std::optional<TimeZone> zone = find_time_zone(time_zone);
  if (!date.ok() || !zone) return Error{ErrorCode::options_malformed, 0};
  const std::int64_t local = std::int64_t{days_from_date(date.value())} * 86'400'000;
  return EngineClock{date.value(), std::string(as_of), *zone, instant_of_local(*zone, local)};
}

Engine::Impl::Impl(const Package& package, EngineClock clock, const EngineOptions& options)
    : package_(package),
      clock_(std::move(clock)),
      tree_(package),
      dirty_(package.graph.order.size()),
      scope_(package.graph.order.size(), kNoNode),
      tracer_(options.tracer) {
  if (!options.seed.empty()) chance_.emplace(options.seed);
}

bool Engine::Impl::is_computed(NodeId node) const {
  const NodeDefinition& definition = tree_.definition_of(node);
  return definition.shape == AnswerShape::computed ||
         (definition.calculation != kNone && tree_.at(node).readonly);
}

bool Engine::Impl::is_normalised(NodeId node) const {
  const TreeNode& entry = tree_.at(node);
  return tree_.definition_of(node).identity && !entry.text.empty() &&
         entry.text != entry.answer.text;
}

std::size_t Engine::Impl::most_instances(NodeId container) const {
  const NodeDefinition& definition = tree_.definition_of(container);
  if (!definition.has_max || definition.max > static_cast<double>(kMaxRepeatInstances)) {
    return kMaxRepeatInstances;
  }
  return definition.max > 0 ? static_cast<std::size_t>(definition.max) : 0;
}

Result<Done> Engine::Impl::set(std::string_view path, Answer answer) {
  const NodeId node = path.size() > kMaxPathBytes ? kNoNode : tree_.find(path);
  if (node == kNoNode) return Error{ErrorCode::path_unknown, 0};
  const bool is_question = tree_.definition_of(node).kind == NodeKind::question;
  if (!is_question || is_computed(node) || tree_.at(node).readonly) {
    return Error{ErrorCode::answer_readonly, 0};
  }
  const Result<Done> done = put(node, std::move(answer));
  if (done.ok()) settle();
  return done;
}

Result<Done> Engine::Impl::add_instance_at(std::string_view path) {
  const NodeId node = tree_.find(path);
  if (node == kNoNode || !tree_.at(node).is_container) return Error{ErrorCode::path_unknown, 0};
  if (tree_.definition_of(node).repeat_count != kNone) return Error{ErrorCode::answer_readonly, 0};
  const bool is_full = tree_.at(node).children.size() >= most_instances(node);
  if (is_full || add_instance(node) == kNoNode) return Error{ErrorCode::too_large, 0};
  settle();
  return Done{};
}

Result<Done> Engine::Impl::remove_instance_at(std::string_view path) {
  const NodeId node = tree_.find(path);
  if (node == kNoNode) return Error{ErrorCode::path_unknown, 0};
  const NodeDefinition& definition = tree_.definition_of(node);
  if (definition.kind != NodeKind::repeat || tree_.at(node).is_container) {
    return Error{ErrorCode::path_unknown, 0};
  }
  if (definition.repeat_count != kNone) return Error{ErrorCode::answer_readonly, 0};
  remove_instance(node);
  settle();
  return Done{};
}

Result<Done> Engine::Impl::set_as_of(std::string_view date) {
  const Result<Date> parsed = parse_date(date);
  if (!parsed.ok()) return Error{ErrorCode::options_malformed, 0};
  clock_.date = parsed.value();
  clock_.date_text = std::string(date);
  clock_.now_ms =
      instant_of_local(clock_.zone, std::int64_t{days_from_date(clock_.date)} * 86'400'000);
  for (const std::uint32_t rank : package_.graph.clock_ranks) mark(rank, kNoNode);
  settle();
  return Done{};
}

void Engine::Impl::start(bool defaults) {
  filling_ = defaults;
  tree_.for_each([this](NodeId node) { set_default(node); });
  add_first_instances(FormTree::kRoot);
  given_.clear();
  fill_initial();
  mark_everything();
  // What is worked out while a form opens is no change; an instance made by a count is new.
  listens_ = defaults;
  opening_ = true;
  set_dynamic_defaults();
  // A form that begins has not changed yet.
  triggering_.clear();
  opening_ = false;
  listens_ = true;
  if (defaults) run_load_actions(ActionEvent::first_load);
  run_load_actions(ActionEvent::load);
  steps_ = kMaxStepsPerChange;
  forget_changes();
}

// Makes the instances that the repeats in `node` must have, and when a form is being filled in
// those that they begin with: what a person took away does not come back with the draft.
void Engine::Impl::add_first_instances(NodeId node) {
  std::vector<NodeId> containers;
  auto visit = [&](NodeId id) {
    if (tree_.at(id).is_container) containers.push_back(id);
  };
  tree_.visit_subtree(node, visit);
  for (const NodeId container : containers) {
    const NodeDefinition& definition = tree_.definition_of(container);
    const double least = std::max(definition.min, filling_ ? definition.start : 0);
    while (static_cast<double>(tree_.at(container).children.size()) < least) {
      if (add_instance(container) == kNoNode) break;
    }
  }
}

// The instances that a form begins with are as it has them, without defaults. Where answers are put
// back, only what nobody can answer: what somebody cleared or took away stays so.
void Engine::Impl::fill_initial() {
  if (package_.initial_answers.empty()) return;
  const bool fills = std::exchange(filling_, false);
  const Result<Json> initial = parse_json(package_.initial_answers);
  // What the form does not know or cannot take is left out: lint says so.
  if (initial.ok()) (void)put_answers(*this, initial.value(), !fills);
  given_.clear();
  filling_ = fills;
}

// A text as it stands is put at once; an expression waits until what it looks at is computed.
void Engine::Impl::set_default(NodeId node) {
  const NodeDefinition& definition = tree_.definition_of(node);
  if (!filling_ || definition.default_value == kNone) return;
  if (definition.dynamic_default) {
    defaults_.push_back(node);
    return;
  }
  // A default that its own type refuses is the author's mistake and shows as a finding.
  (void)put(node, Answer::of_text(package_.expressions[definition.default_value].source));
}

void Engine::Impl::settle() {
  set_dynamic_defaults();
  run_triggers();
  steps_ = kMaxStepsPerChange;
}

void Engine::Impl::set_dynamic_defaults() {
  recompute();
  while (!defaults_.empty()) {
    const NodeId node = defaults_.front();
    defaults_.erase(defaults_.begin());
    (void)put(node, answer_at(node, tree_.definition_of(node).default_value, "default"));
    recompute();
  }
}

void Engine::Impl::begin_filling() {
  triggering_.clear();
  filling_ = true;
}

// Each answer is filled at most once after one change, so that two that trigger each other end.
void Engine::Impl::run_triggers() {
  std::vector<NodeId> filled;
  while (!triggering_.empty() && filled.size() < kMaxTriggeredAnswers) {
    const NodeId source = triggering_.front();
    triggering_.erase(triggering_.begin());
    for (const std::uint32_t definition : tree_.definition_of(source).triggered) {
      std::vector<NodeId> targets;
      tree_.resolve(definition, source, false, targets);
      for (const NodeId target : targets) {
        if (std::find(filled.begin(), filled.end(), target) != filled.end()) continue;
        filled.push_back(target);
        const std::uint32_t calculation = package_.nodes[definition].calculation;
        (void)put(target,
                  calculation == kNone ? Answer{} : answer_at(target, calculation, "calculation"));
      }
    }
    recompute();
  }
  triggering_.clear();
}

Result<Done> Engine::Impl::put(NodeId node, Answer answer) {
  const NodeDefinition& definition = tree_.definition_of(node);
  Result<Reading> reading =
      read_answer(package_, definition, std::move(answer), check_context(node));
  if (!reading.ok()) return reading.error();
  fit_to_bind_type(definition, reading.value());
  store(node, std::move(reading.value().answer), std::move(reading.value().text),
        std::move(reading.value().findings));
  given_.push_back(node);
  return Done{};
}

NodeId Engine::Impl::add_instance(NodeId container) {
  const std::uint32_t definition = tree_.at(container).definition;
  const std::size_t more = package_.nodes[definition].end - definition;
  if (tree_.at(container).children.size() >= kMaxRepeatInstances ||
      tree_.size() + more > kMaxInstanceNodes) {
    return kNoNode;
  }
  const NodeId instance = tree_.add_instance(container);
  const std::size_t given = given_.size();
  auto begin = [this](NodeId node) {
    touch(node);
    set_default(node);
  };
  tree_.visit_subtree(instance, begin);
  given_.resize(given);
  add_first_instances(instance);
  notice(ActionEvent::new_repeat, instance);
  mark_subtree(instance);
  mark_dependents(container);
  mark_aspect(container, Aspect::findings);
  touch(container);
  return instance;
}

void Engine::Impl::remove_instance(NodeId instance) {
  const NodeId container = tree_.at(instance).parent;
  // Whoever looked at a node in it looks at fewer now, wherever they stand.
  auto mark_all = [this](NodeId node) {
    for (const Dependent& dependent : package_.graph.dependents[tree_.at(node).definition]) {
      mark(dependent.rank, kNoNode);
    }
  };
  tree_.visit_subtree(instance, mark_all);
  auto drop = [this](NodeId node) {
    for (std::vector<NodeId>* list : {&changed_, &given_, &defaults_, &triggering_}) {
      list->erase(std::remove(list->begin(), list->end(), node), list->end());
    }
    std::erase_if(aside_, [node](const Aside& aside) { return aside.container == node; });
    std::erase_if(waiting_, [node](const WaitingAction& next) { return next.node == node; });
    if (tree_.definition_of(node).kind != NodeKind::repeat) return;
    std::replace(scope_.begin(), scope_.end(), node, kNoNode);
  };
  tree_.visit_subtree(instance, drop);
  tree_.remove_instance(instance);
  // The instances behind it have other paths now.
  auto touch_all = [this](NodeId node) { touch(node); };
  tree_.visit_subtree(container, touch_all);
  mark_subtree(container);
}

// Each rank depends only on smaller ones, so one pass upwards reaches the fixed point. A repeat's
// count may mark ranks below its own when instances appear; those are taken up again.
void Engine::Impl::recompute() {
  recompute_nodes();
  run_waiting_actions();
}

void Engine::Impl::recompute_nodes() {
  std::uint32_t rank = dirty_.next(0);
  std::size_t restarts = 0;
  while (rank != kNone) {
    dirty_.erase(rank);
    const Vertex vertex = package_.graph.order[rank];
    const NodeId scope = scope_[rank];
    const std::size_t before = tree_.size();
    compute(vertex, scope);
    // A running total looks at the instance before: one that changed alone changes those behind it.
    // A pass over all has taken them in their order, and what was marked in it is done.
    if (dirty_.has(rank) && aspect_of(vertex) == Aspect::value) {
      if (scope != kNoNode) compute(vertex, kNoNode);
      dirty_.erase(rank);
    }
    const bool is_stale = tree_.size() != before || std::exchange(begin_again_, false);
    const bool restart = is_stale && restarts < kMaxNodes;
    restarts += restart ? 1 : 0;
    rank = dirty_.next(restart ? 0 : rank + 1);
  }
  given_.clear();
}

const std::vector<NodeId>& Engine::Impl::changes() {
  sort_numbers(changed_, [this](NodeId a, NodeId b) { return tree_.order(a) < tree_.order(b); });
  if (!changed_.empty() && changed_.front() == FormTree::kRoot) {
    tree_.at(FormTree::kRoot).changed = false;
    changed_.erase(changed_.begin());
  }
  return changed_;
}

void Engine::Impl::forget_changes() {
  for (const NodeId node : changed_) tree_.at(node).changed = false;
  changed_.clear();
}

NodeState Engine::Impl::state_of(NodeId node) const {
  const TreeNode& entry = tree_.at(node);
  NodeState state;
  state.path = tree_.path_of(node);
  state.definition = entry.definition;
  state.relevant = entry.relevant;
  state.required = entry.required;
  state.calculated = is_computed(node);
  state.readonly = entry.readonly || state.calculated;
  state.answer = entry.answer;
  if (is_normalised(node)) state.normalised = entry.text;
  state.findings = entry.findings;
  for (Finding& finding : state.findings) finding.path = state.path;
  if (entry.choices) state.choices = entry.choices;
  if (entry.is_container) state.count = entry.children.size();
  state.outputs = entry.outputs;
  return state;
}

std::vector<Finding> Engine::Impl::case_findings() const {
  std::uint64_t bytes = 0;
  std::size_t files = 0;
  tree_.for_each([&](NodeId node) {
    const TreeNode& entry = tree_.at(node);
    if (!entry.relevant) return;
    for (const AttachedFile& file : entry.answer.files) {
      bytes += file.size;
      ++files;
    }
  });
  std::vector<Finding> findings;
  if (package_.max_case_files > 0 && files > package_.max_case_files) {
    findings.push_back(error_finding(finding_code::files_total_too_many,
                                     {{"max", std::to_string(package_.max_case_files)}}));
  }
  if (package_.max_case_bytes > 0 && bytes > package_.max_case_bytes) {
    findings.push_back(error_finding(finding_code::files_total_too_large,
                                     {{"max", format_size(package_.max_case_bytes)}}));
  }
  return findings;
}

std::optional<Fee> Engine::Impl::fee() {
  steps_ = kMaxStepsPerChange;
  for (const FeeRow& row : package_.fees.rows) {
    const std::string& today = clock_.date_text;
    if ((!row.from.empty() && today < row.from) || (!row.until.empty() && today > row.until)) {
      continue;
    }
    if (!truth_at(FormTree::kRoot, row.when, "fee").value_or(false)) continue;
    const std::optional<Value> amount = evaluate_at(FormTree::kRoot, row.amount, "fee");
    const double number = amount ? number_of_value(*amount, context_at(FormTree::kRoot)) : -1;
    const bool is_amount = number >= 0 && number <= 1e9 &&
                           number == static_cast<double>(static_cast<std::int64_t>(number));
    if (!is_amount) return std::nullopt;
    return Fee{static_cast<std::int64_t>(number), package_.fees.currency, row.fee_code};
  }
  return std::nullopt;
}

}  // namespace landfall
