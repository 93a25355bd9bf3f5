#include "shared/form/state_writer.h"

#include "shared/base/sorting.h"
#include "shared/codec/json_text.h"

namespace landfall {
namespace {

template <typename Items, typename Append>
void append_list(std::string& to, const Items& items, Append append) {
  char separator = '[';
  for (const auto& item : items) {
    to += separator;
    separator = ',';
    append(item);
  }
  to += items.empty() ? "[]" : "]";
}

void append_names(std::string& to, const std::vector<std::string>& names) {
  append_list(to, names, [&to](const std::string& name) { append_json_string(to, name); });
}

void append_file(std::string& to, const AttachedFile& file) {
  to += "{\"file_name\":";
  append_json_string(to, file.file_name);
  if (file.height) {
    to += ",\"height\":";
    append_json_number(to, *file.height);
  }
  to += ",\"media_type\":";
  append_json_string(to, file.media_type);
  to += ",\"sha256\":";
  append_json_string(to, file.sha256);
  to += ",\"size\":";
  append_json_number(to, static_cast<double>(file.size));
  if (file.width) {
    to += ",\"width\":";
    append_json_number(to, *file.width);
  }
  to += '}';
}

void append_answer(std::string& to, const Answer& answer) {
  switch (answer.kind) {
    case AnswerKind::text:
      return append_json_string(to, answer.text);
    case AnswerKind::number:
      return append_json_number(to, answer.number);
    case AnswerKind::boolean:
      to += answer.boolean ? "true" : "false";
      return;
    case AnswerKind::choices:
      return append_names(to, answer.choices);
    case AnswerKind::files:
      return append_list(to, answer.files,
                         [&to](const AttachedFile& file) { append_file(to, file); });
    case AnswerKind::empty:
      to += "null";
  }
}

void append_params(std::string& to,
                   const std::vector<std::pair<std::string, std::string>>& params) {
  const auto precedes = [&](std::uint32_t a, std::uint32_t b) { return params[a] < params[b]; };
  char separator = '{';
  for (const std::uint32_t place : sorted_places(params.size(), precedes)) {
    to += separator;
    separator = ',';
    append_json_string(to, params[place].first);
    to += ':';
    append_json_string(to, params[place].second);
  }
  to += params.empty() ? "{}" : "}";
}

}  // namespace

void append_findings(std::string& to, const std::vector<Finding>& findings, bool with_path) {
  append_list(to, findings, [&](const Finding& finding) {
    to += "{\"code\":";
    append_json_string(to, finding.code);
    to += ",\"params\":";
    append_params(to, finding.params);
    if (with_path) {
      to += ",\"path\":";
      append_json_string(to, finding.path);
    }
    to += finding.severity == Severity::error ? ",\"severity\":\"error\"}"
                                              : ",\"severity\":\"warning\"}";
  });
}

void append_state(std::string& to, const Engine::Impl& engine, NodeId node) {
  const TreeNode& entry = engine.tree().at(node);
  const bool calculated = engine.is_computed(node);
  to += '{';
  if (calculated) to += "\"calculated\":true,";
  if (entry.choices) {
    to += "\"choices\":";
    append_names(to, *entry.choices);
    to += ',';
  }
  if (entry.is_container) {
    to += "\"count\":";
    append_json_number(to, static_cast<double>(entry.children.size()));
    to += ',';
  }
  to += "\"findings\":";
  append_findings(to, entry.findings, false);
  if (engine.is_normalised(node)) {
    to += ",\"normalised\":";
    append_json_string(to, entry.text);
  }
  if (!entry.outputs.empty()) {
    to += ",\"outputs\":";
    append_params(to, entry.outputs);
  }
  to += ",\"path\":";
  append_json_string(to, engine.tree().path_of(node));
  const bool readonly = entry.readonly || calculated;
  to += readonly ? ",\"readonly\":true,\"relevant\":" : ",\"readonly\":false,\"relevant\":";
  to += entry.relevant ? "true,\"required\":" : "false,\"required\":";
  to += entry.required ? "true,\"value\":" : "false,\"value\":";
  append_answer(to, entry.answer);
  to += '}';
}

}  // namespace landfall
