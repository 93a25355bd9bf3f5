#include "server/cli/answer_places.h"

#include <algorithm>

#include "server/cli/terminal.h"
#include "shared/codec/json_text.h"
#include "shared/form/answers.h"
#include "shared/form/limits.h"

namespace landfall {
namespace {

// Walks answers along the form; recursion is bounded by the form's groups.
class Walk {
 public:
  Walk(const Package& package, AnswerReading reading) : package_(package), reading_(reading) {}

  std::optional<AnswerRefusal> group(const Json& object, std::uint32_t definition,
                                     const std::string& path) const {
    for (const auto& [name, value] : object.items()) {
      if (definition == 0 && is_carried_elsewhere(package_, name) &&
          child_named(package_, 0, name) == kNone) {
        continue;
      }
      const std::uint32_t child = member(definition, name);
      const std::string place = path.empty() ? name : path + "/" + name;
      if (child == kNone) return AnswerRefusal{ErrorCode::path_unknown, place};
      if (auto refusal = node(value, child, place)) return refusal;
    }
    return std::nullopt;
  }

 private:
  // A draft may give at the top what only one question is called.
  [[nodiscard]] std::uint32_t member(std::uint32_t definition, const std::string& name) const {
    const std::uint32_t child = child_named(package_, definition, name);
    const bool may_be_flat = definition == 0 && reading_ == AnswerReading::draft;
    return child == kNone && may_be_flat ? package_.node_by_name.find(name) : child;
  }

  std::optional<AnswerRefusal> node(const Json& value, std::uint32_t definition,
                                    const std::string& place) const {
    const NodeKind kind = package_.nodes[definition].kind;
    if (kind == NodeKind::repeat) return repeat(value, definition, place);
    const AnswerRefusal malformed{ErrorCode::change_malformed, place};
    if (kind == NodeKind::group) {
      return value.is_object() ? group(value, definition, place) : std::optional(malformed);
    }
    // What is calculated is passed over, whatever stands there.
    const bool is_answer = package_.nodes[definition].calculation == kNone;
    const bool is_looked_at = reading_ == AnswerReading::draft && is_answer;
    return is_looked_at && !answer_of_json(value).ok() ? std::optional(malformed) : std::nullopt;
  }

  std::optional<AnswerRefusal> repeat(const Json& value, std::uint32_t definition,
                                      const std::string& path) const {
    if (!value.is_array()) return AnswerRefusal{ErrorCode::change_malformed, path};
    for (std::size_t i = 0; i < value.size(); ++i) {
      const std::string place = path + "[" + std::to_string(i + 1) + "]";
      if (i == kMaxRepeatInstances) return AnswerRefusal{ErrorCode::too_large, place};
      if (auto refusal = instance(value[i], definition, place)) return refusal;
    }
    return std::nullopt;
  }

  std::optional<AnswerRefusal> instance(const Json& value, std::uint32_t definition,
                                        const std::string& place) const {
    if (value.is_object()) return group(value, definition, place);
    const NodeDefinition& repeat = package_.nodes[definition];
    const std::uint32_t first = definition + 1;
    const bool has_one_child = first < repeat.end && package_.nodes[first].end == repeat.end;
    if (reading_ == AnswerReading::typed || !has_one_child) {
      return AnswerRefusal{ErrorCode::change_malformed, place};
    }
    return node(value, first, place);
  }

  const Package& package_;
  AnswerReading reading_;
};

// What to do about an answer that was refused.
std::string advice(ErrorCode code) {
  switch (code) {
    case ErrorCode::path_unknown:
      return "the form asks nothing of this name here; look at its spelling and its group, or "
             "leave it out";
    case ErrorCode::change_malformed:
      return "not the shape that is wanted here, or given twice; a group is an object, a repeat a "
             "list of objects, an answer a text, a number, true, false, null, a list of choices or "
             "of files";
    case ErrorCode::answer_readonly:
      return "nobody can answer this; leave it out";
    case ErrorCode::too_large:
      return "more than the form takes: give less; a repeat has at most " +
             std::to_string(kMaxRepeatInstances) + " instances";
    default:
      return "";
  }
}

}  // namespace

std::uint32_t child_named(const Package& package, std::uint32_t definition,
                          const std::string& name) {
  if (name.find('/') != std::string::npos) return kNone;
  const std::string& path = package.nodes[definition].path;
  return package.node_by_path.find(path.empty() ? name : path + "/" + name);
}

bool is_carried_elsewhere(const Package& package, const std::string& name) {
  const std::vector<std::string>& names = package.carried_elsewhere;
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<AnswerRefusal> find_misplaced(const Package& package, const Json& answers,
                                            AnswerReading reading) {
  if (!answers.is_object()) return AnswerRefusal{ErrorCode::change_malformed, ""};
  return Walk(package, reading).group(answers, 0, "");
}

Failure failure_at(const AnswerRefusal& refusal, std::string_view file) {
  std::string message = std::string(file) + ": " + std::string(error_name(refusal.code));
  if (!refusal.place.empty()) {
    // A name is somebody's text: quoted, so that it does not change how the rest is shown.
    std::string place;
    append_json_string(place, refusal.place);
    message += " at " + visible_json(place);
  }
  const std::string to_do = advice(refusal.code);
  if (!to_do.empty()) message.append(": ").append(to_do);
  return {kExitCouldNot, std::move(message)};
}

}  // namespace landfall
