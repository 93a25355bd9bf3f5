#include "shared/form/migration.h"

#include <algorithm>
#include <utility>

#include "shared/codec/json_text.h"
#include "shared/form/answers.h"
#include "shared/form/limits.h"
#include "shared/form/migration_route.h"
#include "shared/form/reading.h"

namespace landfall {
namespace {

bool is_at_or_below(const std::string& path, const std::string& top) {
  return path.compare(0, top.size(), top) == 0 &&
         (path.size() == top.size() || path[top.size()] == '/');
}

// The entry whose path is the longest at or above `path`.
template <typename Entries, typename PathOf>
auto longest(const Entries& entries, const std::string& path, PathOf path_of) {
  auto best = entries.end();
  for (auto at = entries.begin(); at != entries.end(); ++at) {
    if (!is_at_or_below(path, path_of(*at))) continue;
    if (best == entries.end() || path_of(*at).size() > path_of(*best).size()) best = at;
  }
  return best;
}

constexpr auto kFirst = [](const auto& entry) -> const std::string& { return entry.first; };
constexpr auto kItself = [](const std::string& entry) -> const std::string& { return entry; };

bool is_files(const Json& array) {
  return std::all_of(array.begin(), array.end(), [](const Json& item) {
    return find_member(item, "file_name") != nullptr && find_member(item, "sha256") != nullptr;
  });
}

class Carrier {
 public:
  Carrier(const Package& package, std::string_view from)
      : package_(package), route_(package, from) {}

  Result<MigratedAnswers> run(const Json& answers) {
    if (!answers.is_object()) return Error{ErrorCode::change_malformed, 0};
    carry_group(answers, "");
    if (too_large_) return Error{ErrorCode::too_large, 0};
    return std::move(result_);
  }

 private:
  // Recursion is bounded by the depth of a JSON text.
  void carry_group(const Json& group, const std::string& path) {
    for (const auto& [name, value] : group.items()) {
      const std::string below = path.empty() ? name : path + "/" + name;
      if (value.is_object()) {
        carry_group(value, below);
      } else if (value.is_array() && !value.empty() && value.begin()->is_object() &&
                 !is_files(value)) {
        carry_repeat(value, below);
      } else {
        carry_answer(value, below);
      }
    }
  }

  void carry_repeat(const Json& instances, const std::string& path) {
    too_large_ = too_large_ || instances.size() > kMaxRepeatInstances;
    if (too_large_) return;
    const std::uint32_t target = route_.definition_of(path);
    places_.push_back(0);
    for (const Json& instance : instances) {
      // Also an instance without answers is one.
      const bool repeated = target != kNone && package_.nodes[target].kind == NodeKind::repeat;
      if (repeated) (void)place_of(target);
      if (instance.is_object()) carry_group(instance, path);
      ++places_.back();
    }
    places_.pop_back();
  }

  void carry_answer(const Json& value, const std::string& path) {
    MigrationRoute::Leg leg = route_.leg_of(path);
    if (leg.definition != kNone) {
      const NodeDefinition& definition = package_.nodes[leg.definition];
      if (is_always_computed(definition)) return;
      if (leg.step.kind != StepKind::asked_again) put(value, path, definition, leg);
    }
    const auto& steps = result_.steps;
    if (std::find(steps.begin(), steps.end(), leg.step) == steps.end()) {
      result_.steps.push_back(std::move(leg.step));
    }
  }

  void put(const Json& value, const std::string& path, const NodeDefinition& definition,
           MigrationRoute::Leg& leg) {
    Result<Answer> answer = answer_of_json(value);
    const auto ask_again = [&leg](const char* reason) {
      leg.step.kind = StepKind::asked_again;
      leg.step.reason = reason;
    };
    if (!answer.ok()) return ask_again("type_changed");
    if (recode(answer.value(), path, definition)) ask_again("choice_gone");
    if (answer.value().kind == AnswerKind::empty) return;
    Result<Reading> reading =
        read_answer(package_, definition, std::move(answer).value(), CheckContext{});
    if (!reading.ok()) return ask_again("type_changed");
    if (reading.value().text.empty() && !definition.identity) ask_again("type_changed");
    Json* place = place_of(leg.definition);
    if (place == nullptr) {
      leg.step = {StepKind::dropped, path, "", "not_repeated"};
      return;
    }
    *place = json_of_answer(reading.value().answer);
  }

  // Replaces the choices of an answer; true when one of them is gone.
  bool recode(Answer& answer, const std::string& path, const NodeDefinition& definition) const {
    const bool is_select = definition.list != kNone;
    bool gone = false;
    const auto replace = [&](std::string& choice) {
      const std::string before = choice;
      choice = route_.recoded(path, choice);
      const bool offered = !is_select || package_.lists[definition.list].has(choice);
      if (!offered) choice.clear();
      gone = gone || (choice.empty() && !before.empty());
    };
    if (answer.kind == AnswerKind::text) {
      // A text for a question of many choices is read as words later.
      if (definition.shape != AnswerShape::select_multiple) replace(answer.text);
      answer = Answer::of_text(std::move(answer.text));
    }
    if (answer.kind == AnswerKind::choices) {
      for (std::string& choice : answer.choices) replace(choice);
      answer.choices.erase(std::remove(answer.choices.begin(), answer.choices.end(), std::string()),
                           answer.choices.end());
      answer = Answer::of_choices(std::move(answer.choices));
    }
    return gone;
  }

  // Where the value of `definition` belongs for the instances being carried; null when an instance
  // but the first has no repeat to go to.
  Json* place_of(std::uint32_t definition) {
    std::vector<std::uint32_t> chain;
    for (std::uint32_t at = definition; at != 0; at = package_.nodes[at].parent) {
      chain.push_back(at);
    }
    std::size_t depth = 0;
    for (const std::uint32_t at : chain) depth += package_.nodes[at].kind == NodeKind::repeat;
    for (std::size_t i = depth; i < places_.size(); ++i) {
      if (places_[i] != 0) return nullptr;
    }
    Json* place = &result_.answers;
    std::size_t level = 0;
    for (auto at = chain.rbegin(); at != chain.rend(); ++at) {
      if (place->is_null()) *place = Json::object();
      place = &(*place)[package_.nodes[*at].name];
      if (package_.nodes[*at].kind != NodeKind::repeat) continue;
      if (place->is_null()) *place = Json::array();
      const std::size_t wanted = level < places_.size() ? places_[level] : 0;
      ++level;
      while (place->size() <= wanted) place->push_back(Json::object());
      place = &(*place)[wanted];
    }
    return place;
  }

  const Package& package_;
  MigrationRoute route_;
  MigratedAnswers result_;
  std::vector<std::size_t> places_;  // of the instances around the value being carried
  bool too_large_ = false;
};

}  // namespace

MigrationRoute::MigrationRoute(const Package& package, std::string_view from) : package_(package) {
  for (const Migration& migration : package.migrations) {
    if (migration.from == from) migration_ = &migration;
  }
}

std::string MigrationRoute::renamed(const std::string& path) const {
  if (migration_ == nullptr) return path;
  const auto rename = longest(migration_->rename, path, kFirst);
  const auto drop = longest(migration_->drop, path, kItself);
  const bool is_renamed = rename != migration_->rename.end();
  if (drop != migration_->drop.end() && (!is_renamed || drop->size() >= rename->first.size())) {
    return {};
  }
  return is_renamed ? rename->second + path.substr(rename->first.size()) : path;
}

std::uint32_t MigrationRoute::definition_of(const std::string& path) const {
  return package_.node_by_path.find(renamed(path));
}

MigrationRoute::Leg MigrationRoute::leg_of(const std::string& path) const {
  const std::string to = renamed(path);
  const std::uint32_t definition = definition_of(path);
  const bool is_question =
      definition != kNone && package_.nodes[definition].kind == NodeKind::question;
  if (!is_question) {
    return {{StepKind::dropped, path, "", to.empty() ? "by_author" : "no_question"}, kNone};
  }
  Leg leg{{to == path ? StepKind::kept : StepKind::renamed, path, to, ""}, definition};
  if (migration_ == nullptr) return leg;
  const auto asked = longest(migration_->ask_again, to, kFirst);
  if (asked != migration_->ask_again.end()) {
    leg.step.kind = StepKind::asked_again;
    leg.step.reason = asked->second.empty() ? "by_author" : asked->second;
  }
  return leg;
}

std::string MigrationRoute::recoded(const std::string& path, const std::string& choice) const {
  if (migration_ == nullptr) return choice;
  for (const auto& [question, choices] : migration_->recode) {
    if (question != path) continue;
    for (const auto& [before, after] : choices) {
      if (before == choice) return after;
    }
  }
  return choice;
}

bool is_always_computed(const NodeDefinition& definition) {
  return definition.shape == AnswerShape::computed && definition.triggers.empty() &&
         !definition.keeps_value;
}

Result<MigratedAnswers> migrate_answers(const Json& answers, std::string_view from,
                                        const Package& package) {
  return Carrier(package, from).run(answers);
}

std::string steps_json(const std::vector<MigrationStep>& steps) {
  constexpr std::string_view kKinds[] = {"kept", "renamed", "asked_again", "dropped", "new"};
  std::string text = "[";
  for (const MigrationStep& step : steps) {
    text += text.size() > 1 ? ",{" : "{";
    if (!step.from.empty()) {
      text += "\"from\":";
      append_json_string(text, step.from);
      text += ',';
    }
    text += "\"kind\":\"";
    text += kKinds[static_cast<std::size_t>(step.kind)];
    text += '"';
    if (!step.reason.empty()) {
      text += ",\"reason\":";
      append_json_string(text, step.reason);
    }
    if (!step.to.empty()) {
      text += ",\"to\":";
      append_json_string(text, step.to);
    }
    text += '}';
  }
  return text + "]";
}

}  // namespace landfall
