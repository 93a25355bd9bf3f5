#include "shared/form/answers.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "shared/form/engine_impl.h"
#include "shared/form/limits.h"

namespace landfall {
namespace {

constexpr Error kMalformed{ErrorCode::change_malformed, 0};

bool read_pixels(const Json& file, std::string_view member, std::optional<std::uint32_t>& to) {
  if (find_member(file, member) == nullptr) return true;
  const Result<std::int64_t> number = member_integer(file, member);
  if (!number.ok() || number.value() < 0 || number.value() > 1000000) return false;
  to = static_cast<std::uint32_t>(number.value());
  return true;
}

Result<AttachedFile> file_of_json(const Json& value) {
  AttachedFile file;
  const Result<std::string_view> name = member_text(value, "file_name");
  const Result<std::string_view> type = member_text(value, "media_type");
  const Result<std::string_view> digest = member_text(value, "sha256");
  const Result<std::int64_t> size = member_integer(value, "size");
  if (!name.ok() || !type.ok() || !digest.ok() || !size.ok() || size.value() < 0) {
    return kMalformed;
  }
  file.file_name = std::string(name.value());
  file.media_type = std::string(type.value());
  file.sha256 = std::string(digest.value());
  file.size = static_cast<std::uint64_t>(size.value());
  if (!read_pixels(value, "width", file.width) || !read_pixels(value, "height", file.height)) {
    return kMalformed;
  }
  return file;
}

Result<Answer> answer_of_array(const Json& value) {
  if (value.size() > 10000) return kMalformed;
  std::vector<std::string> names;
  std::vector<AttachedFile> files;
  for (const Json& item : value) {
    if (item.is_string()) {
      names.emplace_back(text_value(item));
      continue;
    }
    Result<AttachedFile> file = file_of_json(item);
    if (!file.ok()) return file.error();
    files.push_back(std::move(file).value());
  }
  if (!names.empty() && !files.empty()) return kMalformed;
  return files.empty() ? Answer::of_choices(std::move(names)) : Answer::of_files(std::move(files));
}

Json json_of_file(const AttachedFile& file) {
  Json json = {{"file_name", file.file_name},
               {"media_type", file.media_type},
               {"size", file.size},
               {"sha256", file.sha256}};
  if (file.width) json["width"] = *file.width;
  if (file.height) json["height"] = *file.height;
  return json;
}

// A double without fraction as an integer, so that it is written as one.
Json json_of_number(double number) {
  const bool is_whole = number == std::trunc(number) && std::abs(number) < 9007199254740992.0;
  return is_whole ? Json(static_cast<std::int64_t>(number)) : Json(number);
}

class AnswerWriter {
 public:
  AnswerWriter(const Engine::Impl& impl, bool everything)
      : impl_(impl), tree_(impl.tree()), everything_(everything) {}

  Json object_of(NodeId group) const {
    Json object = Json::object();
    for (const NodeId child : tree_.at(group).children) {
      if (!everything_ && !tree_.at(child).relevant) continue;
      Json value = value_of(child);
      if (!value.is_null()) object[tree_.definition_of(child).name] = std::move(value);
    }
    return object;
  }

 private:
  Json value_of(NodeId node) const {
    const NodeDefinition& definition = tree_.definition_of(node);
    const TreeNode& entry = tree_.at(node);
    if (entry.is_container) {
      Json array = Json::array();
      for (const NodeId instance : entry.children) array.push_back(object_of(instance));
      if (everything_) {
        for (const Json& typed : impl_.set_aside(node)) array.push_back(typed);
      }
      return array.empty() ? Json() : array;
    }
    if (definition.kind == NodeKind::group) {
      Json object = object_of(node);
      return object.empty() ? Json() : object;
    }
    if (definition.kind != NodeKind::question) return {};
    // What the engine computes it computes again, unless that gave something else.
    const bool is_typed = definition.shape != AnswerShape::computed ||
                          !definition.triggers.empty() || definition.keeps_value;
    if (everything_) return is_typed ? json_of_answer(entry.answer) : Json();
    if (entry.text.empty()) return {};
    return definition.identity ? Json(entry.text) : json_of_answer(entry.answer);
  }

  const Engine::Impl& impl_;
  const FormTree& tree_;
  bool everything_;
};

class AnswerRestorer {
 public:
  // `constants`: only what nobody can answer.
  explicit AnswerRestorer(Engine::Impl& impl, bool constants = false)
      : impl_(impl), constants_(constants) {}

  Result<Done> restore_group(const Json& object, NodeId group) {
    for (const auto& [name, value] : object.items()) {
      const NodeId node = find(group, name);
      if (node == kNoNode) {
        const auto& elsewhere = impl_.package().carried_elsewhere;
        if (std::find(elsewhere.begin(), elsewhere.end(), name) != elsewhere.end()) continue;
        return Error{ErrorCode::path_unknown, 0};
      }
      const Result<Done> restored = restore_node(value, node);
      if (!restored.ok()) return restored.error();
    }
    return Done{};
  }

 private:
  // A child of the group; at the top also the only question of that name anywhere.
  [[nodiscard]] NodeId find(NodeId group, const std::string& name) const {
    const Package& package = impl_.package();
    const std::string& path = impl_.tree().definition_of(group).path;
    const std::uint32_t child = package.node_by_path.find(path.empty() ? name : path + "/" + name);
    if (child != kNone && name.find('/') == std::string::npos) {
      return impl_.tree().at(group).children[package.nodes[child].ordinal];
    }
    if (group != FormTree::kRoot) return kNoNode;
    const std::uint32_t found = package.node_by_name.find(name);
    return found == kNone ? kNoNode : impl_.tree().find(package.nodes[found].path);
  }

  Result<Done> restore_node(const Json& value, NodeId node) {
    const NodeDefinition& definition = impl_.tree().definition_of(node);
    if (constants_ && definition.kind != NodeKind::group && definition.type != "hidden") {
      return Done{};
    }
    if (impl_.tree().at(node).is_container) return restore_repeat(value, node);
    if (definition.kind == NodeKind::group) {
      return value.is_object() ? restore_group(value, node) : Result<Done>(kMalformed);
    }
    if (definition.kind != NodeKind::question) return Error{ErrorCode::path_unknown, 0};
    const bool is_stored = !definition.triggers.empty() || definition.keeps_value;
    if (impl_.is_computed(node) && !is_stored) return Done{};
    Result<Answer> answer = answer_of_json(value);
    if (!answer.ok()) return answer.error();
    return impl_.put(node, std::move(answer).value());
  }

  Result<Done> restore_repeat(const Json& value, NodeId container) {
    if (!value.is_array()) return kMalformed;
    if (value.size() > kMaxRepeatInstances) return Error{ErrorCode::too_large, 0};
    std::size_t at = 0;
    for (const Json& item : value) {
      const auto& children = impl_.tree().at(container).children;
      const NodeId instance = at < children.size() ? children[at] : impl_.add_instance(container);
      if (instance == kNoNode) return Error{ErrorCode::too_large, 0};
      const Result<Done> restored = restore_instance(item, instance);
      if (!restored.ok()) return restored.error();
      ++at;
    }
    remove_behind(container, at);
    return Done{};
  }

  // An instance that holds a single question may be given as that question's answer alone.
  Result<Done> restore_instance(const Json& item, NodeId instance) {
    if (item.is_object()) return restore_group(item, instance);
    const auto& children = impl_.tree().at(instance).children;
    return children.size() == 1 ? restore_node(item, children[0]) : Result<Done>(kMalformed);
  }

  // Instances that a new form begins with, and the answers no longer have.
  void remove_behind(NodeId container, std::size_t count) {
    const NodeDefinition& definition = impl_.tree().definition_of(container);
    if (definition.has_min && definition.min > static_cast<double>(count)) return;
    while (impl_.tree().at(container).children.size() > count) {
      impl_.remove_instance(impl_.tree().at(container).children.back());
    }
  }

  Engine::Impl& impl_;
  bool constants_;
};

}  // namespace

Result<Answer> answer_of_json(const Json& value) {
  if (value.is_null()) return Answer{};
  if (value.is_string()) return Answer::of_text(std::string(text_value(value)));
  if (value.is_boolean()) return Answer::of_boolean(bool_value(value));
  if (value.is_number()) return Answer::of_number(number_value(value));
  if (value.is_array()) return answer_of_array(value);
  return kMalformed;
}

Json json_of_answer(const Answer& answer) {
  switch (answer.kind) {
    case AnswerKind::text:
      return answer.text;
    case AnswerKind::number:
      return json_of_number(answer.number);
    case AnswerKind::boolean:
      return answer.boolean;
    case AnswerKind::choices:
      return answer.choices;
    case AnswerKind::files: {
      Json array = Json::array();
      for (const AttachedFile& file : answer.files) array.push_back(json_of_file(file));
      return array;
    }
    case AnswerKind::empty:
      break;
  }
  return {};
}

Json canonical_answers(const Engine& engine) {
  return AnswerWriter(engine.impl(), false).object_of(FormTree::kRoot);
}

Json all_answers(const Engine& engine) { return instance_answers(engine.impl(), FormTree::kRoot); }

Result<Done> put_answers(Engine::Impl& impl, const Json& answers, bool constants) {
  if (!answers.is_object()) return kMalformed;
  return AnswerRestorer(impl, constants).restore_group(answers, FormTree::kRoot);
}

Json instance_answers(const Engine::Impl& impl, NodeId instance) {
  return AnswerWriter(impl, true).object_of(instance);
}

Result<Done> put_instance_answers(Engine::Impl& impl, const Json& answers, NodeId instance) {
  return AnswerRestorer(impl).restore_group(answers, instance);
}

Result<Done> restore_answers(Engine& engine, const Json& answers) {
  Engine::Impl& impl = engine.impl();
  impl.listen(false);
  const Result<Done> restored = put_answers(impl, answers);
  if (!restored.ok()) return restored.error();
  impl.settle();
  impl.listen(true);
  impl.begin_filling();
  impl.forget_changes();
  return Done{};
}

}  // namespace landfall
