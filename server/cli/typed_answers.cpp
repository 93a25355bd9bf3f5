#include "server/cli/typed_answers.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "server/cli/terminal.h"
#include "shared/codec/json_text.h"
#include "shared/form/answers.h"

namespace landfall {
namespace {

// What was wrong, and where.
struct Refusal {
  ErrorCode code = ErrorCode::path_unknown;
  std::string place;
};

class Typist {
 public:
  explicit Typist(Engine& engine) : engine_(engine), package_(engine.package()) {}

  // `answers` with every flat name moved into the group where its question stands.
  std::optional<Refusal> nest(const Json& answers, Json& nested) const {
    nested = Json::object();
    for (const auto& [name, value] : answers.items()) {
      if (child_of(0, name) != kNone || is_elsewhere(name)) nested[name] = value;
    }
    for (const auto& [name, value] : answers.items()) {
      if (child_of(0, name) != kNone || is_elsewhere(name)) continue;
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

  // Whether each member below `group` belongs to the form; recursion is bounded by its groups.
  std::optional<Refusal> find_stranger(const Json& object, std::uint32_t group) const {
    for (const auto& [name, value] : object.items()) {
      const std::uint32_t child = child_of(group, name);
      if (child == kNone && group == 0 && is_elsewhere(name)) continue;
      if (child == kNone) return Refusal{ErrorCode::path_unknown, name};
      if (auto refusal = find_stranger_in(value, child)) return refusal;
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
  [[nodiscard]] bool is_elsewhere(const std::string& name) const {
    const std::vector<std::string>& names = package_.carried_elsewhere;
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  [[nodiscard]] std::uint32_t child_of(std::uint32_t group, const std::string& name) const {
    if (name.find('/') != std::string::npos) return kNone;
    const std::string& path = package_.nodes[group].path;
    return package_.node_by_path.find(path.empty() ? name : path + "/" + name);
  }

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

  std::optional<Refusal> find_stranger_in(const Json& value, std::uint32_t definition) const {
    const NodeDefinition& node = package_.nodes[definition];
    if (node.kind == NodeKind::group) {
      if (!value.is_object()) return Refusal{ErrorCode::change_malformed, node.path};
      return find_stranger(value, definition);
    }
    if (node.kind != NodeKind::repeat) return std::nullopt;
    if (!value.is_array()) return Refusal{ErrorCode::change_malformed, node.path};
    for (const Json& instance : value) {
      if (!instance.is_object()) return Refusal{ErrorCode::change_malformed, node.path};
      if (auto refusal = find_stranger(instance, definition)) return refusal;
    }
    return std::nullopt;
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

// A name is somebody's text: quoted, so that it does not change how the rest is shown.
Failure failure_at(const Refusal& refusal, std::string_view file) {
  std::string message = std::string(file) + ": " + std::string(error_name(refusal.code));
  if (!refusal.place.empty()) {
    std::string place;
    append_json_string(place, refusal.place);
    message += " at " + visible_json(place);
  }
  return {kExitCouldNot, std::move(message)};
}

}  // namespace

Outcome<Done> type_answers(Engine& engine, const Json& answers, std::string_view file) {
  if (!answers.is_object()) return failure_at({ErrorCode::change_malformed, ""}, file);
  Typist typist(engine);
  Json nested;
  std::optional<Refusal> refusal = typist.nest(answers, nested);
  if (!refusal) refusal = typist.find_stranger(nested, 0);
  if (!refusal) refusal = typist.type_group(nested, 0, "");
  if (refusal) return failure_at(*refusal, file);
  return Done{};
}

}  // namespace landfall
