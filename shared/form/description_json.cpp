// description_json(): the static half of a form.

#include <utility>

#include "shared/base/invariant.h"
#include "shared/codec/canonical_json.h"
#include "shared/codec/json.h"
#include "shared/form/state_json.h"

namespace landfall {
namespace {

constexpr const char* kKinds[] = {"group", "repeat", "note", "question"};

void put_text(Json& json, const char* member, const std::string& text) {
  if (!text.empty()) json[member] = text;
}

Json json_of_definition(const Package& package, const NodeDefinition& node) {
  const NodeDefinition& parent = package.nodes[node.parent];
  Json json = {{"path", node.path},     {"name", node.name},
               {"type", node.type},     {"kind", kKinds[static_cast<std::size_t>(node.kind)]},
               {"parent", parent.path}, {"label", node.label}};
  put_text(json, "hint", node.hint);
  put_text(json, "guidance_hint", node.guidance_hint);
  put_text(json, "appearance", node.appearance);
  put_text(json, "required_message", node.required_message);
  put_text(json, "constraint_message", node.constraint_message);
  if (node.list != kNone) json["list"] = package.lists[node.list].name;
  if (node.slot != kNone) json["slot"] = package.slots[node.slot].name;
  if (!node.parameters.empty()) {
    Json parameters = Json::object();
    for (const auto& [name, value] : node.parameters) parameters[name] = value;
    json["parameters"] = std::move(parameters);
  }
  Json rules = Json::object();
  for (const Constraint& constraint : node.constraints) {
    if (!constraint.message.empty()) rules[constraint.code] = constraint.message;
  }
  if (!node.columns.empty()) {
    const Result<Json> columns = parse_json(node.columns);
    if (columns.ok()) json["columns"] = columns.value();
  }
  if (!rules.empty()) json["rules"] = std::move(rules);
  return json;
}

const std::string kName = "name";
const std::string kLabel = "label";

Json json_of_list(const ChoiceList& list) {
  Json rows = Json::array();
  for (std::uint32_t row = 0; row < list.row_count(); ++row) {
    Json item = Json::object();
    for (std::uint32_t column = 0; column < list.columns.size(); ++column) {
      const std::string& cell = list.cell(row, column);
      const std::string& title = column == list.name_column    ? kName
                                 : column == list.label_column ? kLabel
                                                               : list.columns[column];
      if (!cell.empty()) item[title] = cell;
    }
    rows.push_back(std::move(item));
  }
  return rows;
}

}  // namespace

std::string description_json(const Package& package) {
  Json nodes = Json::array();
  for (std::size_t i = 1; i < package.nodes.size(); ++i) {
    nodes.push_back(json_of_definition(package, package.nodes[i]));
  }
  Json choices = Json::object();
  for (const ChoiceList& list : package.lists) {
    if (list.is_offered) choices[list.name] = json_of_list(list);
  }
  Json locales = Json::array();
  for (const TextReference& text : package.texts) locales.push_back(text.locale);
  const Result<Json> documents = parse_json(package.documents_json);
  Json json = {{"form_id", package.form_id},
               {"version", package.version},
               {"title", package.title},
               {"default_language", package.default_language},
               {"locales", std::move(locales)},
               {"nodes", std::move(nodes)},
               {"choices", std::move(choices)},
               {"documents", documents.ok() ? documents.value() : Json::object()}};
  put_text(json, "hint", package.hint);
  Result<std::string> text = write_canonical_json(json);
  require(text.ok(), "a package's description is writable JSON");
  return std::move(text).value();
}

}  // namespace landfall
