#include "server/cli/typed_answers.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "server/cli/answer_places.h"
#include "shared/form/answers.h"

namespace landfall {
namespace {

using Refusal = AnswerRefusal;

class Typist {
 public:
  explicit Typist(Engine& engine) : engine_(engine), package_(engine.package()) {}

  // `answers` with every flat name moved into the group where its question stands.
  std::optional<Refusal> nest(const Json& answers, Json& nested) const {
    nested = Json::object();
    for (const auto& [name, value] : answers.items()) {
      if (child_named(package_, 0, name) != kNone || is_carried_elsewhere(package_, name))
        nested[name] = value;
    }
    for (const auto& [name, value] : answers.items()) {
      if (child_named(package_, 0, name) != kNone || is_carried_elsewhere(package_, name)) continue;
      const std::uint32_t found = package_.node_by_name.find(name);
      // Where a question stands in several instances, its name alone says too little.
      if (found == kNone || package_.nodes[found].repeat != kNone) {
        return Refusal{ErrorCode::path_unknown, name};
      }
      Json* cell = cell_at(nested, package_.nodes[found].path);
      if (cell == nullptr || !cell->is_null()) return Refusal{ErrorCode::change_malformed, name};
      *cell = value;
    }
    return std::nullopt;
  }

  std::optional<Refusal> type_group(const Json& object, std::uint32_t group,
                                    const std::string& path) {
    for (std::uint32_t child = group + 1; child < package_.nodes[group].end;
         child = package_.nodes[child].end) {
      const NodeDefinition& definition = package_.nodes[child];
      const Json* value = object.find(definition.name);
      if (value == nullptr) continue;
      const std::string place = path.empty() ? definition.name : path + "/" + definition.name;
      if (auto refusal = type_node(*value, child, place)) return refusal;
    }
    return std::nullopt;
  }

 private:
  // The member of `nested` at `path`, made with the groups around it; nullptr where one of them was
  // given as something else.
  static Json* cell_at(Json& nested, std::string_view path) {
    Json* cell = &nested;
    while (true) {
      if (!cell->is_object() && !cell->is_null()) return nullptr;
      const std::size_t end = std::min(path.find('/'), path.size());
      cell = &(*cell)[path.substr(0, end)];
      if (end == path.size()) return cell;
      path.remove_prefix(end + 1);
    }
  }

  std::optional<Refusal> type_node(const Json& value, std::uint32_t definition,
                                   const std::string& place) {
    const NodeKind kind = package_.nodes[definition].kind;
    if (kind == NodeKind::group) return type_group(value, definition, place);
    return kind == NodeKind::repeat ? type_repeat(value, definition, place)
                                    : type_question(value, place);
  }

  std::optional<Refusal> type_repeat(const Json& instances, std::uint32_t definition,
                                     const std::string& place) {
    for (std::size_t i = 0; i < instances.size(); ++i) {
      const std::string instance = place + "[" + std::to_string(i + 1) + "]";
      const Result<NodeState> state = engine_.state(place);
      if (!state.ok()) return Refusal{state.error().code, place};
      if (state.value().count.value_or(0) <= i) {
        const auto added = engine_.add_instance(place);
        if (!added.ok()) return Refusal{added.error().code, instance};
      }
      if (auto refusal = type_group(instances[i], definition, instance)) return refusal;
    }
    return remove_after(instances.size(), definition, place);
  }

  // Takes away the instances after the first `kept`, those that the form begins with; a calculated
  // count says itself how many there are.
  std::optional<Refusal> remove_after(std::size_t kept, std::uint32_t definition,
                                      const std::string& place) {
    if (package_.nodes[definition].repeat_count != kNone) return std::nullopt;
    const Result<NodeState> state = engine_.state(place);
    if (!state.ok()) return Refusal{state.error().code, place};
    for (std::size_t last = state.value().count.value_or(0); last > kept; --last) {
      const std::string instance = place + "[" + std::to_string(last) + "]";
      const auto removed = engine_.remove_instance(instance);
      if (!removed.ok()) return Refusal{removed.error().code, instance};
    }
    return std::nullopt;
  }

  std::optional<Refusal> type_question(const Json& value, const std::string& place) {
    const Result<NodeState> state = engine_.state(place);
    if (!state.ok()) return Refusal{state.error().code, place};
    if (state.value().calculated) return std::nullopt;
    Result<Answer> answer = answer_of_json(value);
    if (!answer.ok()) return Refusal{answer.error().code, place};
    const auto changed = engine_.set(place, std::move(answer).value());
    if (!changed.ok()) return Refusal{changed.error().code, place};
    return std::nullopt;
  }

  Engine& engine_;
  const Package& package_;
};

}  // namespace

Outcome<Done> type_answers(Engine& engine, const Json& answers, std::string_view file) {
  if (!answers.is_object()) return failure_at({ErrorCode::change_malformed, ""}, file);
  Typist typist(engine);
  Json nested;
  std::optional<Refusal> refusal = typist.nest(answers, nested);
  if (!refusal) refusal = find_misplaced(engine.package(), nested, AnswerReading::typed);
  if (!refusal) refusal = typist.type_group(nested, 0, "");
  if (refusal) return failure_at(*refusal, file);
  return Done{};
}

}  // namespace landfall
