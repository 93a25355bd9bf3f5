// description_json(): the static half of a form, written straight as canonical JSON.

#include <utility>

#include "shared/base/invariant.h"
#include "shared/codec/canonical_json.h"
#include "shared/codec/json.h"
#include "shared/codec/json_text.h"
#include "shared/form/state_json.h"

namespace landfall {
namespace {

constexpr const char* kKinds[] = {"\"kind\":\"group\",", "\"kind\":\"repeat\",",
                                  "\"kind\":\"note\",", "\"kind\":\"question\","};

// What is named by the form's author has to be sorted, which write_canonical_json() does.
void append_json(std::string& to, const Json& json) {
  const Result<std::string> text = write_canonical_json(json);
  require(text.ok(), "a package's description is writable JSON");
  to += text.value();
}

// `name` with its quotation marks and colon.
void append_member(std::string& to, const char* name, const std::string& text) {
  to += name;
  append_json_string(to, text);
  to += ',';
}

void append_filled(std::string& to, const char* name, const std::string& text) {
  if (!text.empty()) append_member(to, name, text);
}

Json json_of_parameters(const NodeDefinition& node) {
  Json parameters = Json::object();
  for (const auto& [name, value] : node.parameters) parameters[name] = value;
  return parameters;
}

Json json_of_rules(const NodeDefinition& node) {
  Json rules = Json::object();
  for (const Constraint& constraint : node.constraints) {
    if (!constraint.message.empty()) rules[constraint.code] = constraint.message;
  }
  return rules;
}

void append_object(std::string& to, const char* name, const Json& object) {
  if (object.empty()) return;
  to += name;
  append_json(to, object);
  to += ',';
}

// The members in the order of their names; the last one is always there.
void append_definition(std::string& to, const Package& package, const NodeDefinition& node) {
  to += '{';
  append_filled(to, "\"appearance\":", node.appearance);
  if (!node.columns.empty()) to += "\"columns\":" + node.columns + ',';
  append_filled(to, "\"constraint_message\":", node.constraint_message);
  append_filled(to, "\"guidance_hint\":", node.guidance_hint);
  append_filled(to, "\"hint\":", node.hint);
  to += kKinds[static_cast<std::size_t>(node.kind)];
  append_member(to, "\"label\":", node.label);
  if (node.list != kNone) append_member(to, "\"list\":", package.lists[node.list].name);
  append_member(to, "\"name\":", node.name);
  append_object(to, "\"parameters\":", json_of_parameters(node));
  append_member(to, "\"parent\":", package.nodes[node.parent].path);
  append_member(to, "\"path\":", node.path);
  append_filled(to, "\"required_message\":", node.required_message);
  append_object(to, "\"rules\":", json_of_rules(node));
  if (node.slot != kNone) append_member(to, "\"slot\":", package.slots[node.slot].name);
  append_member(to, "\"type\":", node.type);
  to.back() = '}';
}

const std::string kName = "name";
const std::string kLabel = "label";

Json json_of_list(const ChoiceList& list) {
  Json rows = Json::array();
  for (std::uint32_t row = 0; row < list.row_count(); ++row) {
    Json item = Json::object();
    for (std::uint32_t column = 0; column < list.columns.size(); ++column) {
      if (column == list.words_column && column != list.label_column) continue;
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
  Json choices = Json::object();
  for (const ChoiceList& list : package.lists) {
    if (list.is_offered) choices[list.name] = json_of_list(list);
  }
  Json locales = Json::array();
  for (const TextReference& text : package.texts) locales.push_back(text.locale);
  std::string to = "{\"choices\":";
  append_json(to, choices);
  to += ',';
  append_member(to, "\"default_language\":", package.default_language);
  to += "\"documents\":" + package.documents_json + ',';
  append_member(to, "\"form_id\":", package.form_id);
  append_filled(to, "\"hint\":", package.hint);
  to += "\"locales\":";
  append_json(to, locales);
  to += ",\"nodes\":[";
  for (std::size_t i = 1; i < package.nodes.size(); ++i) {
    if (i > 1) to += ',';
    append_definition(to, package, package.nodes[i]);
  }
  to += "],";
  append_member(to, "\"title\":", package.title);
  append_member(to, "\"version\":", package.version);
  to.back() = '}';
  return to;
}

}  // namespace landfall
