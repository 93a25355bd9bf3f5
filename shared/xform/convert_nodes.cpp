// The nodes of the primary instance become rows of the survey.

#include <algorithm>
#include <cmath>

#include "shared/form/acknowledgement.h"
#include "shared/form/question_types.h"
#include "shared/form/upload_rule.h"
#include "shared/xform/form_parts.h"
#include "shared/xform/paths.h"
#include "shared/xpath/expression.h"
#include "shared/xpath/value.h"

namespace landfall {
namespace {

struct TypeName {
  std::string_view bind;
  std::string_view question;
};

// Source: ODK XForms specification, "Data Types"; XML Schema's names of the same.
constexpr TypeName kInputTypes[] = {
    {"string", "text"},       {"int", "integer"},       {"integer", "integer"},
    {"long", "integer"},      {"short", "integer"},     {"decimal", "decimal"},
    {"double", "decimal"},    {"float", "decimal"},     {"boolean", "text"},
    {"date", "date"},         {"time", "time"},         {"dateTime", "dateTime"},
    {"geopoint", "geopoint"}, {"geotrace", "geotrace"}, {"geoshape", "geoshape"},
    {"barcode", "barcode"},   {"intent", "text"},       {"select1", "text"},
    {"select", "text"},       {"anyURI", "text"},       {"token", "text"}};

std::string_view bind_of(const XFormNode& node, std::string_view attribute) {
  const auto found = node.bind.find(attribute);
  return found == node.bind.end() ? std::string_view{} : without_outer_space(found->second);
}

bool is_known_type(std::string_view type) { return find_question_type(type).has_value(); }

// The value that a question has before anybody typed, outside of repeats or in a repeat's template.
std::string default_of(const XFormNode& node) {
  for (const XFormOccurrence& occurrence : node.occurrences) {
    if (!node.is_in_repeat || occurrence.from_template) return own_text(*occurrence.element);
  }
  return {};
}

class NodeConverter {
 public:
  explicit NodeConverter(FormParts& parts) : parts_(parts) {
    for (const XFormAction& action : parts.form.actions) {
      const auto target = absolute_path(attribute_or_empty(*action.element, "ref"), action.context);
      if (target) set_by_actions_.push_back(*target);
    }
  }

  // Recursion is bounded by the depth of the document.
  void convert_children(std::size_t index) {
    const std::vector<std::size_t> children = parts_.form.nodes[index].children;
    for (const std::size_t child : children) {
      const XFormNode& node = parts_.form.nodes[child];
      note_attributes(node);
      if (node.children.empty() && !node.is_repeat) {
        convert_question(node, child);
      } else {
        convert_group(node, child);
      }
    }
  }

 private:
  void note_attributes(const XFormNode& node) {
    for (const auto& [name, value] : node.occurrences.front().element->attributes) {
      (void)value;
      const std::string_view local = local_name(name);
      if (local == "template" || name.rfind("xmlns", 0) == 0) continue;
      parts_.problems.note("unsupported_attribute", instance_place(node), node.path, name);
    }
    if (node.name == "entity") parts_.problems.note("entity", instance_place(node), node.path);
  }

  void put_cell(Json& row, const char* column, const std::string& cell) {
    if (!cell.empty()) row[column] = cell;
  }

  void put_expressions(const XFormNode& node, Json& row) {
    put_cell(row, "relevant", checked_expression(parts_, node, "relevant"));
    put_cell(row, "readonly", checked_expression(parts_, node, "readonly"));
  }

  void put_texts(const XFormNode& node, const XmlElement& element, Json& row) {
    const std::string path = package_path(node.path);
    TextOutputs outputs;
    const XmlElement* label = find_child(element, "label");
    if (label != nullptr && parts_.texts.put_element(path + ".label", *label, outputs)) {
      row["label"] = path + ".label";
    }
    const XmlElement* hint = find_child(element, "hint");
    if (hint != nullptr && parts_.texts.put_element(path + ".hint", *hint, outputs)) {
      row["hint"] = path + ".hint";
    }
    put_guidance(path, hint, outputs, row);
    for (const auto& [attribute, column] :
         {std::pair<const char*, const char*>{"constraintMsg", "constraint_message"},
          {"requiredMsg", "required_message"}}) {
      const std::string_view message = bind_of(node, attribute);
      const std::string key = path + "." + column;
      if (!message.empty() && parts_.texts.put_attribute(key, message, outputs)) row[column] = key;
    }
    const std::string_view appearance = attribute_or_empty(element, "appearance");
    if (local_name(element.name) == "trigger") {
      row["appearance"] = acknowledgement_appearance(appearance);
    } else if (!appearance.empty()) {
      row["appearance"] = appearance;
    }
    put_outputs(parts_, node, outputs, row);
  }

  void put_guidance(const std::string& path, const XmlElement* hint, TextOutputs& outputs,
                    Json& row) {
    const std::string* ref = hint == nullptr ? nullptr : find_attribute(*hint, "ref");
    const auto argument = ref == nullptr ? std::nullopt : itext_argument(*ref);
    const auto id = argument ? FormTexts::constant_id(*argument) : std::nullopt;
    const std::string key = path + ".guidance_hint";
    if (id && parts_.texts.put_itext(key, *id, "guidance", outputs)) row["guidance_hint"] = key;
  }

  void convert_group(const XFormNode& node, std::size_t index) {
    const std::string kind = node.is_repeat ? "repeat" : "group";
    Json row = Json::object({{"type", "begin_" + kind}, {"name", node.name}});
    put_expressions(node, row);
    if (node.control != nullptr) put_texts(node, *node.control, row);
    if (node.repeat != nullptr) {
      if (row.find("label") == nullptr) put_texts(node, *node.repeat, row);
      put_count(node, row);
    }
    add_row(std::move(row), index);
    convert_children(index);
    add_row(Json::object({{"type", "end_" + kind}}), index);
  }

  void add_row(Json row, std::size_t index) {
    parts_.survey.push_back(std::move(row));
    parts_.survey_nodes.push_back(index);
  }

  void put_count(const XFormNode& node, Json& row) {
    const std::string count(without_outer_space(attribute_or_empty(*node.repeat, "count")));
    if (!count.empty()) {
      if (check_expression(parts_, place_of(*node.repeat), node.path, count))
        row["repeat_count"] = count;
      return;
    }
    const std::string_view fixed =
        without_outer_space(attribute_or_empty(*node.repeat, "noAddRemove"));
    if (fixed.empty() || fixed == "false" || fixed == "false()") return;
    std::size_t instances = 0;
    for (const XFormOccurrence& one : node.occurrences) instances += one.from_template ? 0 : 1;
    row["repeat_count"] = std::to_string(instances);
  }

  void convert_question(const XFormNode& node, std::size_t index) {
    Json row = Json::object({{"name", node.name}});
    put_expressions(node, row);
    put_cell(row, "required", checked_expression(parts_, node, "required"));
    put_cell(row, "constraint", checked_expression(parts_, node, "constraint"));
    if (!is_choice_text(node, row)) {
      put_cell(row, "calculation", checked_expression(parts_, node, "calculate"));
      put_type(node, row);
    }
    put_default(node, row);
    if (node.control != nullptr) {
      put_texts(node, *node.control, row);
      if (row.find("label") == nullptr && row.find("hint") == nullptr) {
        parts_.problems.note("missing_label", place_of(*node.control), node.path);
      }
    }
    add_row(std::move(row), index);
  }

  bool is_choice_text(const XFormNode& node, Json& row) {
    const std::string_view type = local_name(bind_of(node, "type"));
    return node.control != nullptr && local_name(node.control->name) == "input" &&
           (type.empty() || type == "string") && convert_choice_text(parts_, node, row);
  }

  void put_default(const XFormNode& node, Json& row) {
    if (row["type"] == "note") return;
    const std::string value = default_of(node);
    const std::string_view preload = bind_of(node, "preload");
    if (!preload.empty() && row.find("calculation") == nullptr) {
      const std::string expression = preload_of(node, preload);
      if (!expression.empty()) row["default"] = expression;
    } else if (!value.empty() && row.find("calculation") == nullptr) {
      row["default"] = literal_of(value);
    }
  }

  std::string preload_of(const XFormNode& node, std::string_view preload) {
    const std::string_view params = bind_of(node, "preloadParams");
    std::string expression;
    if (preload == "uid") expression = "concat('uuid:', uuid())";
    if (preload == "date" && params == "today") expression = "today()";
    if (preload == "timestamp" && params == "start") expression = "now()";
    const Result<Expression> parsed = parse_expression(expression.empty() ? "1" : expression);
    const bool is_there =
        !expression.empty() && parsed.ok() && find_call_problem(parsed.value()).ok();
    if (is_there) return expression;
    parts_.problems.note("unsupported_preload", bind_place(node), node.path, preload);
    return {};
  }

  void put_type(const XFormNode& node, Json& row) {
    const std::string_view bind = local_name(bind_of(node, "type"));
    if (!bind.empty() && bind != "string") row["bind_type"] = bind;
    if (node.control == nullptr) {
      row["type"] = row.find("calculation") == nullptr ? "hidden" : "calculate";
      return;
    }
    const std::string_view local = local_name(node.control->name);
    if (local == "select1") return convert_choices(parts_, node, "select_one", row);
    if (local == "select") return convert_choices(parts_, node, "select_multiple", row);
    if (local == "rank") return put_rank(node, row);
    if (local == "trigger") return put_trigger(node, row);
    if (local == "upload") return put_upload(node, row);
    if (local == "range") return put_range(node, bind, row);
    put_input(node, bind, row);
  }

  void put_input(const XFormNode& node, std::string_view bind, Json& row) {
    if (is_note(node, row)) {
      row["type"] = "note";
      row.erase("readonly");
      row.erase("required");
      row.erase("constraint");
      return;
    }
    row["type"] = input_type(node, bind);
  }

  // What nobody can answer and nothing fills only shows its label.
  bool is_note(const XFormNode& node, const Json& row) const {
    const std::string_view readonly = bind_of(node, "readonly");
    const bool is_fixed = readonly == "true()" || readonly == "true" || readonly == "1";
    const bool is_set = std::find(set_by_actions_.begin(), set_by_actions_.end(), node.path) !=
                        set_by_actions_.end();
    const bool has_value =
        std::any_of(node.occurrences.begin(), node.occurrences.end(),
                    [](const XFormOccurrence& one) { return !own_text(*one.element).empty(); });
    return is_fixed && !is_set && !has_value && row.find("calculation") == nullptr &&
           bind_of(node, "preload").empty();
  }

  std::string input_type(const XFormNode& node, std::string_view bind) {
    if (bind.empty()) return "text";
    const auto known = std::find_if(std::begin(kInputTypes), std::end(kInputTypes),
                                    [bind](const TypeName& type) { return type.bind == bind; });
    if (known != std::end(kInputTypes) && is_known_type(known->question)) {
      return std::string(known->question);
    }
    parts_.problems.note("unsupported_type", bind_place(node), node.path, bind);
    return "text";
  }

  void put_rank(const XFormNode& node, Json& row) {
    const bool is_known = is_known_type("rank");
    const XFormPlace place = place_of(*node.control);
    if (!is_known) parts_.problems.note("unsupported_type", place, node.path, "rank");
    convert_choices(parts_, node, is_known ? "rank" : "select_multiple", row);
  }

  void put_trigger(const XFormNode& node, Json& row) {
    std::string& list = parts_.lists["|trigger"];
    if (list.empty()) {
      list = new_list_name(parts_, std::string(kAcknowledgementList));
      const std::string key = "choice." + list;
      parts_.texts.put_plain(key, kAcknowledgedChoice);
      add_choice(parts_, list, kAcknowledgedChoice, Json::object({{"label", key}}),
                 node.control->line);
    }
    row["type"] = "select_one " + list;
  }

  void put_range(const XFormNode& node, std::string_view bind, Json& row) {
    const bool is_whole = bind == "int" || bind == "integer";
    row["type"] = is_known_type("range") ? "range" : is_whole ? "integer" : "decimal";
    Json parameters = Json::object();
    for (const char* name : {"start", "end", "step"}) {
      if (find_attribute(*node.control, name) == nullptr) continue;
      const std::string text(without_outer_space(attribute_or_empty(*node.control, name)));
      const double number = number_of_text(text, TimeZone{});
      const bool is_date = text.find('-', 1) != std::string::npos;
      if (std::isfinite(number) && !is_date) {
        parameters[name] = number;
      } else {
        refuse_range(node, std::string(name) + "=" + text);
      }
    }
    const auto value = [&](const char* name, double otherwise) {
      const Json* given = find_member(parameters, name);
      return given == nullptr ? otherwise : number_value(*given);
    };
    // Down from start to end, a step may be written with its sign.
    const double step = value("step", 1);
    if (step == 0 || (step < 0 && value("start", 1) <= value("end", 10))) {
      refuse_range(node, "step=" + format_xpath_number(step));
    }
    if (parameters.find("start") != nullptr && parameters.find("end") != nullptr) {
      parameters["min"] = std::min(value("start", 1), value("end", 10));
      parameters["max"] = std::max(value("start", 1), value("end", 10));
    }
    row["parameters"] = std::move(parameters);
    if (row["type"] != "range") row["appearance"] = "range";
  }

  void refuse_range(const XFormNode& node, const std::string& attribute) {
    parts_.problems.refuse("bad_range", place_of(*node.control), node.path, attribute);
  }

  void put_upload(const XFormNode& node, Json& row) {
    const std::string_view media = attribute_or_empty(*node.control, "mediatype");
    const std::string slot = package_path(node.path);
    const std::string_view kind = media.substr(0, media.find('/'));
    const bool is_own = kind == "image" || kind == "audio" || kind == "video";
    const std::string type(is_own ? kind : "file");
    row["type"] = type;
    row["parameters"] = Json::object({{"slot", slot}});
    parts_.slots[slot] = Json::object({{"rule", type}, {"max_files", 1}});
    if (parts_.rules.find(type) != nullptr) return;
    parts_.rules[type] = upload_rule(type);
    if (!is_own)
      parts_.problems.note("unsupported_media", place_of(*node.control), node.path, media);
  }

  FormParts& parts_;
  std::vector<std::string> set_by_actions_;
};

}  // namespace

void put_outputs(FormParts& parts, const XFormNode& node, const TextOutputs& outputs, Json& row) {
  if (outputs.empty()) return;
  Json& expressions = row["outputs"];
  if (expressions.is_null()) expressions = Json::object();
  const std::uint32_t line = node.control == nullptr ? node.bind_line : node.control->line;
  for (const auto& [argument, expression] : outputs) {
    if (check_expression(parts, {"output", line}, node.path, expression)) {
      expressions[argument] = expression;
    }
  }
}

void convert_nodes(FormParts& parts) { NodeConverter(parts).convert_children(0); }

}  // namespace landfall
