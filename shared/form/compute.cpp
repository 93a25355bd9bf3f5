// Engine::Impl: computing one aspect of one node.

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "shared/form/answers.h"
#include "shared/form/bind_type.h"
#include "shared/form/choice_index.h"
#include "shared/form/engine_impl.h"
#include "shared/form/limits.h"
#include "shared/form/reading.h"
#include "shared/xpath/evaluator.h"

namespace landfall {
namespace {

// Days since 1970 are a date, or a moment, to a question that asks for one.
bool takes_days(const NodeDefinition& definition, bool& timed) {
  const std::string& type = definition.bind_type.empty() ? definition.type : definition.bind_type;
  timed = type == "dateTime" || type == "datetime";
  return timed || type == "date";
}

Answer answer_of_value(const Value& value, const EvaluationContext& context) {
  if (const double* number = std::get_if<double>(&value)) {
    return std::isfinite(*number) ? Answer::of_number(*number) : Answer{};
  }
  if (const bool* truth = std::get_if<bool>(&value)) return Answer::of_boolean(*truth);
  return Answer::of_text(text_of_value(value, context));
}

// By aspect: the column of the expression.
constexpr const char* kAspectNames[] = {"repeat_count", "relevant", "calculation",
                                        "readonly",     "required", "choice_filter"};

Finding failure_of_rule(std::string rule) {
  return {"",
          std::string(finding_code::expression_failed),
          {{"rule", std::move(rule)}},
          Severity::error};
}

// The rows of `list` that the elements at `places` of `tree` are cells of, in their stead.
void keep_rows_of(std::vector<std::uint32_t>& places, const DataTree& tree,
                  const ChoiceList& list) {
  std::size_t count = 0;
  for (const std::uint32_t cell : places) {
    const std::uint32_t place = tree.elements[cell].parent;
    const auto at = std::lower_bound(list.places.begin(), list.places.end(), place);
    if (at == list.places.end() || *at != place) continue;
    const auto row = static_cast<std::uint32_t>(at - list.places.begin());
    if (count == 0 || places[count - 1] != row) places[count++] = row;
  }
  places.resize(count);
}

}  // namespace

EvaluationContext Engine::Impl::context_at(NodeId node) {
  return {tree_,
          node,
          kNoNode,
          clock_.now_ms,
          clock_.zone,
          nullptr,
          kMaxExpressionSteps,
          &steps_,
          chance_ ? &*chance_ : nullptr};
}

// Without a seed there are no lots to draw: whoever opens a form so has them in the answers.
std::nullopt_t Engine::Impl::fail(const Error& error) {
  failed_ = failed_ || error.code != ErrorCode::entropy_short;
  return std::nullopt;
}

std::optional<Value> Engine::Impl::evaluate_at(NodeId node, std::uint32_t expression,
                                               const char* aspect, NodeId focus) {
  EvaluationContext context = context_at(node);
  context.focus = focus;
  if (tracer_ != nullptr) context.observer = tracer_->begin(tree_);
  Result<Value> value = evaluate(package_.expressions[expression], context);
  if (tracer_ != nullptr) tracer_->end(context, package_.expressions[expression], aspect, value);
  if (!value.ok()) return fail(value.error());
  return std::move(value).value();
}

std::optional<bool> Engine::Impl::truth_at(NodeId node, std::uint32_t expression,
                                           const char* aspect, NodeId focus) {
  EvaluationContext context = context_at(node);
  context.focus = focus;
  if (tracer_ != nullptr) context.observer = tracer_->begin(tree_);
  const Result<bool> truth = evaluate_truth(package_.expressions[expression], context);
  if (tracer_ != nullptr) {
    const Result<Value> value = truth.ok() ? Result<Value>(truth.value()) : truth.error();
    tracer_->end(context, package_.expressions[expression], aspect, value);
  }
  if (!truth.ok()) return fail(truth.error());
  return truth.value();
}

Answer Engine::Impl::answer_at(NodeId node, std::uint32_t expression, const char* aspect) {
  std::optional<Value> value = evaluate_at(node, expression, aspect);
  if (!value) return {};
  bool timed = false;
  const double* days = std::get_if<double>(&*value);
  if (days != nullptr && std::isfinite(*days) && takes_days(tree_.definition_of(node), timed)) {
    DateTime moment = date_time_of_days(*days);
    moment.timed = timed;
    value = moment;
  }
  return answer_of_value(*value, context_at(node));
}

std::string Engine::Impl::text_at(NodeId node, std::uint32_t expression, const char* aspect) {
  const std::optional<Value> value = evaluate_at(node, expression, aspect);
  return value ? text_of_value(*value, context_at(node)) : std::string();
}

void Engine::Impl::compute(Vertex vertex, NodeId scope) {
  const std::uint32_t definition = definition_of(vertex);
  const Aspect aspect = aspect_of(vertex);
  // By index: computing a count adds nodes, though never of this definition's own list.
  const auto run = [&](const std::vector<NodeId>& nodes) {
    const std::vector<NodeId> snapshot = nodes;
    for (const NodeId node : snapshot) {
      if (scope == kNoNode || tree_.is_within(node, scope)) compute_node(node, aspect);
    }
  };
  if (package_.nodes[definition].kind == NodeKind::repeat) run(tree_.containers_of(definition));
  const std::vector<NodeId>& nodes = tree_.nodes_of(definition);
  if (nodes.size() == 1) {
    if (scope == kNoNode || tree_.is_within(nodes.front(), scope)) {
      compute_node(nodes.front(), aspect);
    }
    return;
  }
  run(nodes);
}

void Engine::Impl::compute_node(NodeId node, Aspect aspect) {
  failed_ = false;
  compute_aspect(node, aspect);
  const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(aspect));
  std::uint8_t& failures = tree_.at(node).failures;
  if (aspect == Aspect::findings || failed_ == ((failures & bit) != 0)) return;
  failures ^= bit;
  mark_aspect(node, Aspect::findings);
  // Counts are computed after what stands in their instances.
  if (aspect == Aspect::count) begin_again_ = true;
}

void Engine::Impl::compute_aspect(NodeId node, Aspect aspect) {
  const NodeDefinition& definition = tree_.definition_of(node);
  switch (aspect) {
    case Aspect::count:
      if (definition.repeat_count != kNone && tree_.at(node).is_container) compute_count(node);
      break;
    case Aspect::relevance:
      compute_relevance(node);
      break;
    case Aspect::value:
      compute_value(node);
      break;
    case Aspect::readonly:
      compute_readonly(node);
      break;
    case Aspect::required:
      compute_flag(node, definition.required, &TreeNode::required, "required");
      if (!definition.outputs.empty()) compute_outputs(node);
      break;
    case Aspect::choices:
      compute_choices(node);
      break;
    case Aspect::findings:
      compute_findings(node);
      break;
  }
}

void Engine::Impl::compute_count(NodeId container) {
  const NodeDefinition& definition = tree_.definition_of(container);
  const std::optional<Value> value =
      evaluate_at(container, definition.repeat_count, "repeat_count");
  const double wanted = value ? number_of_value(*value, context_at(container)) : 0;
  // While nobody says how many there are, there are as many as before.
  if (std::isnan(wanted)) return;
  const auto most = static_cast<double>(most_instances(container));
  const auto count = static_cast<std::size_t>(wanted > 0 ? std::fmin(wanted, most) : 0);
  while (tree_.at(container).children.size() > count) {
    put_aside(tree_.at(container).children.back());
  }
  while (tree_.at(container).children.size() < count && bring_back(container)) {
  }
  const bool is_cut_short = wanted >= static_cast<double>(tree_.at(container).children.size()) + 1;
  if (tree_.at(container).is_cut_short == is_cut_short) return;
  tree_.at(container).is_cut_short = is_cut_short;
  mark_aspect(container, Aspect::findings);
  begin_again_ = true;
}

std::span<const Json> Engine::Impl::set_aside(NodeId container) const {
  for (const Aside& aside : aside_) {
    if (aside.container == container) return aside.instances;
  }
  return {};
}

// Somebody who corrects "12" to "13" passes through "1": what was typed comes back with the count.
void Engine::Impl::put_aside(NodeId instance) {
  const NodeId container = tree_.at(instance).parent;
  Json typed = instance_answers(*this, instance);
  auto aside = std::find_if(aside_.begin(), aside_.end(),
                            [&](const Aside& one) { return one.container == container; });
  if (aside == aside_.end() && !typed.empty()) {
    aside_.push_back({container, {}});
    aside = aside_.end() - 1;
  }
  if (aside != aside_.end()) aside->instances.insert(aside->instances.begin(), std::move(typed));
  remove_instance(instance);
}

// The next instance, with what was typed in it; false when there may be no more.
bool Engine::Impl::bring_back(NodeId container) {
  Json typed;
  for (Aside& aside : aside_) {
    if (aside.container != container || aside.instances.empty()) continue;
    typed = std::move(aside.instances.front());
    aside.instances.erase(aside.instances.begin());
  }
  // Defaults and actions are for an instance that nobody has seen yet.
  const bool is_known = typed.is_object() && !typed.empty();
  const bool fills = std::exchange(filling_, filling_ && !is_known);
  const bool listens = std::exchange(listens_, listens_ && !is_known);
  const NodeId instance = add_instance(container);
  if (is_known && instance != kNoNode) (void)put_instance_answers(*this, typed, instance);
  filling_ = fills;
  listens_ = listens;
  return instance != kNoNode;
}

// What cannot be computed stays in sight, so that nothing typed disappears.
bool Engine::Impl::is_relevant_itself(NodeId node) {
  const std::uint32_t expression = tree_.definition_of(node).relevant;
  return truth_at(node, expression, "relevant").value_or(true);
}

void Engine::Impl::compute_relevance(NodeId node) {
  const NodeDefinition& definition = tree_.definition_of(node);
  const NodeId parent = tree_.at(node).parent;
  bool relevant = parent == kNoNode || tree_.at(parent).relevant;
  if (relevant && definition.relevant != kNone) {
    // Each instance has its own relevance, a repeat that of any instance.
    const std::vector<NodeId>& instances = tree_.at(node).children;
    if (tree_.at(node).is_container && !instances.empty()) {
      // Expressions do not see the instances of a repeat that is not relevant.
      const bool before = std::exchange(tree_.at(node).relevant, true);
      relevant = std::any_of(instances.begin(), instances.end(),
                             [this](NodeId instance) { return is_relevant_itself(instance); });
      tree_.at(node).relevant = before;
    } else {
      relevant = is_relevant_itself(node);
    }
  }
  if (relevant == tree_.at(node).relevant) return;
  tree_.at(node).relevant = relevant;
  touch(node);
  mark_aspect(node, Aspect::findings);
  // An empty question reads the same hidden and shown, unless it is one of many that are counted.
  const bool is_single = definition.kind == NodeKind::question && definition.repeat == kNone;
  if (!is_single || !tree_.at(node).text.empty()) mark_dependents(node);
  for (const NodeId child : tree_.at(node).children) {
    // A repeat and its instances share a rank that is being computed: containers come first.
    if (!tree_.at(node).is_container) mark_aspect(child, Aspect::relevance);
  }
}

void Engine::Impl::store(NodeId node, Answer answer, std::string text,
                         std::vector<Finding> reading) {
  TreeNode& entry = tree_.at(node);
  const bool text_differs = entry.text != text;
  if (!text_differs && entry.answer == answer && entry.reading == reading) return;
  entry.answer = std::move(answer);
  entry.text = std::move(text);
  entry.reading = std::move(reading);
  touch(node);
  mark_aspect(node, Aspect::findings);
  if (!text_differs) return;
  mark_dependents(node);
  if (filling_ && !tree_.definition_of(node).triggered.empty()) triggering_.push_back(node);
  notice(ActionEvent::value_changed, node);
}

CheckContext Engine::Impl::check_context(NodeId node) {
  CheckContext context;
  context.as_of = clock_.date;
  for (const auto& [name, expression] : tree_.definition_of(node).check_parameters) {
    std::string text = text_at(node, expression, "check_parameter");
    if (name == "country")
      context.country = std::move(text);
    else if (name == "region")
      context.region = std::move(text);
    else if (name == "calling_code")
      context.calling_code = std::move(text);
    else if (name == "email_policy")
      context.email_policy = std::move(text);
    else
      context.single_name = text == "true";
  }
  return context;
}

bool Engine::Impl::was_given(NodeId node) const {
  return std::find(given_.begin(), given_.end(), node) != given_.end();
}

void Engine::Impl::compute_value(NodeId node) {
  const NodeDefinition& definition = tree_.definition_of(node);
  if (definition.kind != NodeKind::question) return;
  const bool calculates = definition.calculation != kNone && definition.triggers.empty();
  const bool stands = was_given(node) && (!is_computed(node) || definition.keeps_value);
  if (calculates && !stands) {
    Answer answer = answer_at(node, definition.calculation, "calculation");
    if (definition.shape == AnswerShape::computed) {
      answer = cast_answer(definition.bind_type, std::move(answer));
      std::string text = text_of_answer(answer);
      store(node, std::move(answer), std::move(text), {});
      return;
    }
    Result<Reading> reading =
        read_answer(package_, definition, std::move(answer), check_context(node));
    if (!reading.ok()) return;
    store(node, std::move(reading.value().answer), std::move(reading.value().text),
          std::move(reading.value().findings));
    return;
  }
  if (!definition.identity || tree_.at(node).answer.kind == AnswerKind::empty) return;
  Result<Reading> reading =
      read_answer(package_, definition, tree_.at(node).answer, check_context(node));
  if (!reading.ok()) return;
  store(node, std::move(reading.value().answer), std::move(reading.value().text),
        std::move(reading.value().findings));
}

void Engine::Impl::compute_flag(NodeId node, std::uint32_t expression, bool TreeNode::* flag,
                                const char* aspect) {
  if (expression == kNone) return;
  const bool truth = truth_at(node, expression, aspect).value_or(false);
  if (tree_.at(node).*flag == truth) return;
  tree_.at(node).*flag = truth;
  touch(node);
  mark_aspect(node, Aspect::findings);
}

void Engine::Impl::compute_outputs(NodeId node) {
  TextPairs texts;
  tree_.quote(true);
  for (const auto& [name, expression] : tree_.definition_of(node).outputs) {
    texts.emplace_back(name, text_at(node, expression, "output"));
  }
  tree_.quote(false);
  if (tree_.at(node).outputs == texts) return;
  tree_.at(node).outputs = std::move(texts);
  touch(node);
}

// The rows that an index leaves for the choice filter; nothing when all must be tried.
std::optional<std::vector<std::uint32_t>> Engine::Impl::candidate_rows(NodeId node) {
  const NodeDefinition& definition = tree_.definition_of(node);
  if (definition.filter_column == kNone) return std::nullopt;
  const Expression& filter = package_.expressions[definition.choice_filter];
  const EvaluationContext context = context_at(node);
  Evaluator evaluator(filter, context);
  const Value key = evaluator.value_of(definition.filter_key);
  if (evaluator.failed() || !Evaluator::is_key(key)) return std::nullopt;
  const std::string& column = column_of_key(filter, definition.filter_column);
  const std::string text = evaluator.text_of(key);
  const ChoiceList& list = package_.lists[definition.list];
  const bool is_tree = definition.choice_tree != kNone;
  const auto found = is_tree ? package_.trees[definition.choice_tree].elements_where(column, text)
                             : list.rows_where(column, text);
  if (!found) return std::nullopt;
  std::vector<std::uint32_t> rows(found->begin(), found->end());
  if (is_tree) keep_rows_of(rows, package_.trees[definition.choice_tree], list);
  return rows;
}

// What stands in something read-only is read-only too.
void Engine::Impl::compute_readonly(NodeId node) {
  const NodeId parent = tree_.at(node).parent;
  bool readonly = parent != kNoNode && tree_.at(parent).readonly;
  const std::uint32_t expression = tree_.definition_of(node).readonly;
  if (!readonly && expression != kNone) {
    readonly = truth_at(node, expression, "readonly").value_or(false);
  }
  if (tree_.at(node).readonly == readonly) return;
  tree_.at(node).readonly = readonly;
  touch(node);
  mark_aspect(node, Aspect::findings);
  for (const NodeId child : tree_.at(node).children) {
    if (!tree_.at(node).is_container) mark_aspect(child, Aspect::readonly);
  }
}

void Engine::Impl::compute_choices(NodeId node) {
  const NodeDefinition& definition = tree_.definition_of(node);
  if (definition.choice_filter == kNone || definition.list == kNone) return;
  const ChoiceList& list = package_.lists[definition.list];
  std::vector<std::string> names;
  const auto try_row = [&](std::uint32_t row) {
    const NodeId focus = tree_.offered_row(definition, row);
    const auto is_offered = truth_at(node, definition.choice_filter, "choice_filter", focus);
    if (is_offered.value_or(false)) names.push_back(list.name_of(row));
  };
  if (const auto rows = candidate_rows(node)) {
    for (const std::uint32_t row : *rows) try_row(row);
  } else {
    for (std::uint32_t row = 0; row < list.row_count(); ++row) try_row(row);
  }
  if (tree_.at(node).choices == names) return;
  tree_.at(node).choices = std::move(names);
  touch(node);
  mark_aspect(node, Aspect::findings);
  if (definition.choice_tree != kNone) see_what_is_offered(node);
}

// In XForms a choice that is no longer offered is none: it stays as it was given, with a finding,
// and expressions do not see it.
// Source: ODK XForms specification, "Secondary Instances"; JavaRosa and web-forms clear it.
void Engine::Impl::see_what_is_offered(NodeId node) {
  TreeNode& entry = tree_.at(node);
  const auto is_offered = [&entry](const std::string& name) {
    return std::find(entry.choices->begin(), entry.choices->end(), name) != entry.choices->end();
  };
  Answer seen = entry.answer;
  if (seen.kind == AnswerKind::choices) {
    std::erase_if(seen.choices, [&](const std::string& name) { return !is_offered(name); });
  } else if (seen.kind == AnswerKind::text && !is_offered(seen.text)) {
    seen = Answer{};
  }
  std::string text = text_of_answer(seen);
  if (entry.text == text) return;
  entry.text = std::move(text);
  mark_dependents(node);
  begin_again_ = true;
}

void Engine::Impl::compute_findings(NodeId node) {
  const NodeDefinition& definition = tree_.definition_of(node);
  const TreeNode& entry = tree_.at(node);
  std::vector<Finding> findings;
  if (entry.relevant) {
    const bool is_question = definition.kind == NodeKind::question;
    const bool is_empty = entry.answer.kind == AnswerKind::empty;
    if (is_question && is_empty && entry.required) {
      findings.push_back({"", std::string(finding_code::required), {}, Severity::error});
    }
    if (is_question && !is_empty) {
      findings = entry.reading;
      append_rule_findings(node, findings);
      // A rule that is broken says more than that the choice is no longer offered.
      if (findings.empty()) append_choice_findings(node, findings);
    }
    if (entry.is_container) {
      const auto count = static_cast<double>(entry.children.size());
      if (definition.has_min && count < definition.min) {
        findings.push_back({"",
                            std::string(finding_code::repeat_too_few),
                            {{"min", format_xpath_number(definition.min)}},
                            Severity::error});
      }
      if (definition.has_max && count > definition.max) {
        findings.push_back({"",
                            std::string(finding_code::repeat_too_many),
                            {{"max", format_xpath_number(definition.max)}},
                            Severity::error});
      }
    }
    if (entry.failures != 0) {
      findings.push_back(failure_of_rule(kAspectNames[std::countr_zero(entry.failures)]));
    }
    if (entry.is_cut_short) {
      findings.push_back({"",
                          std::string(finding_code::repeat_count_too_large),
                          {{"max", std::to_string(entry.children.size())}},
                          Severity::error});
    }
    std::stable_partition(findings.begin(), findings.end(), [](const Finding& finding) {
      return finding.severity == Severity::error;
    });
  }
  if (findings == entry.findings) return;
  tree_.at(node).findings = std::move(findings);
  touch(node);
}

void Engine::Impl::append_choice_findings(NodeId node, std::vector<Finding>& to) const {
  const NodeDefinition& definition = tree_.definition_of(node);
  if (definition.list == kNone) return;
  const ChoiceList& list = package_.lists[definition.list];
  const TreeNode& entry = tree_.at(node);
  const auto is_offered = [&](const std::string& name) {
    if (!entry.choices) return list.has(name);
    return std::find(entry.choices->begin(), entry.choices->end(), name) != entry.choices->end();
  };
  const std::vector<std::string>& chosen = entry.answer.choices;
  const auto is_chosen_once = [&](const std::string& name) {
    return is_offered(name) && std::find(&name + 1, chosen.data() + chosen.size(), name) ==
                                   chosen.data() + chosen.size();
  };
  // A ranking is one of all that is offered.
  const std::size_t offered = entry.choices ? entry.choices->size() : list.row_count();
  const bool is_short = definition.type == "rank" && chosen.size() != offered;
  const bool all_offered = entry.answer.kind == AnswerKind::choices
                               ? std::all_of(chosen.begin(), chosen.end(), is_chosen_once)
                               : is_offered(entry.answer.text);
  if (!all_offered || is_short) {
    to.push_back({"", std::string(finding_code::not_a_choice), {}, Severity::error});
  }
}

// Rules look only at answers that their type could read: a second finding about a date that is no
// date helps nobody.
void Engine::Impl::append_rule_findings(NodeId node, std::vector<Finding>& to) {
  if (tree_.at(node).text.empty()) return;
  for (const Constraint& constraint : tree_.definition_of(node).constraints) {
    const std::optional<bool> holds =
        truth_at(node, constraint.expression, constraint.code.c_str());
    if (!holds) {
      to.push_back(failure_of_rule(constraint.code));
    } else if (!*holds) {
      to.push_back({"", constraint.code, {}, constraint.severity});
    }
  }
}

}  // namespace landfall
