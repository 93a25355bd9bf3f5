// The survey sheet of a package.

#include <algorithm>
#include <utility>

#include "shared/form/limits.h"
#include "shared/form/names.h"
#include "shared/form/package_builder.h"
#include "shared/form/references.h"
#include "shared/functions/compute.h"
#include "shared/functions/identity.h"
#include "shared/text/decimal.h"
#include "shared/xpath/value.h"

namespace landfall {
namespace {

// "begin group", "begin_group" and "begin  group" are the same to XLSForm authors.
std::string normalised_type(std::string_view type) {
  std::string result;
  for (const char c : type) {
    if (c == ' ' && (result.empty() || result.back() == ' ')) continue;
    result += c;
  }
  while (!result.empty() && result.back() == ' ') result.pop_back();
  for (const std::string_view word : {"begin", "end"}) {
    if (result.rfind(std::string(word) + " ", 0) == 0) result[word.size()] = '_';
  }
  return result;
}

// The type without "or_other" or "or other" behind its list.
std::string_view without_other(std::string_view type) {
  for (const std::string_view tail : {" or_other", " or other"}) {
    if (type.size() > tail.size() && type.substr(type.size() - tail.size()) == tail) {
      return type.substr(0, type.size() - tail.size());
    }
  }
  return type;
}

}  // namespace

void PackageBuilder::read_survey(const Json& form) {
  NodeDefinition root;
  root.name = package_.root_name;
  if (!is_form_name(root.name)) report({"settings", 0, "root_name"}, "bad_name", root.name);
  package_.nodes.push_back(std::move(root));
  open_.push_back(0);
  const Json* survey = find_member(form, "survey");
  if (survey == nullptr || !survey->is_array()) {
    report({"survey", 0, ""}, "missing_member", "survey");
    package_.nodes[0].end = 1;
    return;
  }
  if (survey->size() > 2 * kMaxNodes) {
    report({"survey", 0, ""}, "too_large");
    package_.nodes[0].end = 1;
    return;
  }
  package_.nodes.reserve(survey->size() + 1);
  std::uint32_t number = 0;
  for (const Json& row : *survey) read_row(row, ++number);
  if (open_.size() != 1) {
    report({"survey", package_.nodes[open_.back()].row, "type"}, "unbalanced_group");
  }
  for (const std::uint32_t group : open_) {
    package_.nodes[group].end = static_cast<std::uint32_t>(package_.nodes.size());
  }
}

void PackageBuilder::read_row(const Json& row, std::uint32_t number) {
  const Place place{"survey", number, "type"};
  if (package_.nodes.size() >= kMaxNodes) {
    report(place, "too_large");
    return;
  }
  const std::string type = normalised_type(member_text_or(row, "type", ""));
  if (type == "csv-external" || type == "xml-external") return check_dataset_row(row, place);
  if (type == "begin_group") return open_group(row, place, NodeKind::group);
  if (type == "begin_repeat") return open_group(row, place, NodeKind::repeat);
  if (type == "end_group") return close_group(place, NodeKind::group);
  if (type == "end_repeat") return close_group(place, NodeKind::repeat);
  if (type.empty()) return report(place, "missing_member", "type");
  add_question(row, place, type);
}

// "csv-external" and "xml-external" rows announce a data set and ask nothing.
void PackageBuilder::check_dataset_row(const Json& row, const Place& place) {
  const std::string_view name = member_text_or(row, "name", "");
  const std::uint32_t list = list_index(name);
  if (list == kNone || !package_.lists[list].is_dataset) {
    report({"survey", place.row, "name"}, "unknown_list", name);
  }
}

std::uint32_t PackageBuilder::add_node(const Json& row, const Place& place) {
  const auto index = static_cast<std::uint32_t>(package_.nodes.size());
  const std::uint32_t parent = open_.back();
  NodeDefinition node;
  node.row = place.row;
  node.parent = parent;
  node.name = std::string(member_text_or(row, "name", ""));
  const NodeDefinition& above = package_.nodes[parent];
  node.path = above.path.empty() ? node.name : above.path + "/" + node.name;
  node.repeat = above.kind == NodeKind::repeat ? parent : above.repeat;
  node.ordinal = package_.nodes[parent].child_count++;
  if (!is_form_name(node.name)) report({"survey", place.row, "name"}, "bad_name", node.name);
  if (!package_.node_by_path.add(node.path, index)) {
    report({"survey", place.row, "name"}, "duplicate_name", node.name);
  }
  if (!package_.node_by_name.add(node.name, index)) package_.node_by_name.change(node.name, kNone);
  node.end = index + 1;
  package_.nodes.push_back(std::move(node));
  return index;
}

void PackageBuilder::open_group(const Json& row, const Place& place, NodeKind kind) {
  if (open_.size() > kMaxGroupDepth) {
    report(place, "too_large");
    return;
  }
  const std::uint32_t index = add_node(row, place);
  package_.nodes[index].kind = kind;
  package_.nodes[index].type = kind == NodeKind::repeat ? "repeat" : "group";
  read_common_cells(row, place, index);
  read_parameters(row, place, index);
  if (kind == NodeKind::repeat) {
    package_.nodes[index].repeat_count =
        cell_expression(row, {"survey", place.row, "repeat_count"}, index);
  }
  open_.push_back(index);
}

void PackageBuilder::close_group(const Place& place, NodeKind kind) {
  if (open_.size() == 1 || package_.nodes[open_.back()].kind != kind) {
    report(place, "unbalanced_group");
    return;
  }
  package_.nodes[open_.back()].end = static_cast<std::uint32_t>(package_.nodes.size());
  open_.pop_back();
}

void PackageBuilder::add_question(const Json& row, const Place& place, std::string_view type) {
  const std::string_view word = type.substr(0, type.find(' '));
  const std::optional<QuestionType> known = find_question_type(word);
  if (!known) {
    report(place, "unknown_type", word);
    return;
  }
  const std::uint32_t index = add_node(row, place);
  NodeDefinition& node = package_.nodes[index];
  node.kind = known->kind;
  node.shape = known->shape;
  node.type = std::string(word);
  node.identity = known->identity;
  node.must_be_true = known->must_be_true;
  if (node.identity && !is_judged_here(word)) package_.needed_modules |= kIdentityModule;
  const bool or_other = without_other(type).size() != type.size();
  read_list_and_slot(row, place, index, without_other(type));
  read_common_cells(row, place, index);
  read_constraints(row, place, index);
  read_check_parameters(row, place, index);
  read_parameters(row, place, index);
  if (or_other && package_.nodes[index].list != kNone) {
    add_other(row, place, package_.nodes[index].list);
  }
}

// Several choices are one text with blanks between: a name cannot hold one.
void PackageBuilder::check_choice_names(const Place& place, const ChoiceList& list) {
  for (std::uint32_t i = 0; i < list.row_count(); ++i) {
    if (list.name_of(i).find(' ') == std::string::npos) continue;
    report(place, "bad_name", list.name_of(i));
  }
}

void PackageBuilder::read_list_and_slot(const Json& row, const Place& place,
                                        std::uint32_t definition, std::string_view type) {
  NodeDefinition& node = package_.nodes[definition];
  if (node.shape == AnswerShape::select_one || node.shape == AnswerShape::select_multiple) {
    const std::size_t space = type.find(' ');
    std::string_view list =
        space == std::string_view::npos ? std::string_view{} : type.substr(space + 1);
    const bool from_file =
        node.type.size() > 10 && node.type.rfind("_from_file") != std::string::npos;
    if (from_file) list = list.substr(0, list.rfind('.'));
    node.list = list_index(list);
    if (node.list == kNone || (from_file && !package_.lists[node.list].is_dataset)) {
      node.list = kNone;
      report(place, "unknown_list", list);
    } else if (package_.lists[node.list].is_dataset) {
      offer_dataset(row, place, package_.lists[node.list]);
    } else if (node.shape == AnswerShape::select_multiple) {
      check_choice_names(place, package_.lists[node.list]);
    }
  }
  if (node.shape != AnswerShape::files) return;
  const Json* parameters = find_member(row, "parameters");
  const std::string_view slot =
      parameters == nullptr ? node.name : member_text_or(*parameters, "slot", node.name);
  for (std::size_t i = 0; i < package_.slots.size(); ++i) {
    if (package_.slots[i].name == slot) node.slot = static_cast<std::uint32_t>(i);
  }
  if (node.slot == kNone) report(place, "unknown_rule", slot);
}

void PackageBuilder::read_common_cells(const Json& row, const Place& place,
                                       std::uint32_t definition) {
  const std::uint32_t number = place.row;
  // The vector of nodes does not grow in here, but that of expressions does.
  NodeDefinition& node = package_.nodes[definition];
  node.label = text_key(row, {"survey", number, "label"});
  node.hint = text_key(row, {"survey", number, "hint"});
  node.guidance_hint = text_key(row, {"survey", number, "guidance_hint"});
  node.required_message = text_key(row, {"survey", number, "required_message"});
  node.constraint_message = text_key(row, {"survey", number, "constraint_message"});
  node.bind_type = std::string(member_text_or(row, "bind_type", ""));
  node.choice_tree = tree_index(member_text_or(row, "choice_instance", ""));
  node.appearance = std::string(member_text_or(row, "appearance", ""));
  node.relevant = cell_expression(row, {"survey", number, "relevant"}, definition);
  node.required = cell_expression(row, {"survey", number, "required"}, definition);
  node.readonly = cell_expression(row, {"survey", number, "readonly"}, definition);
  node.calculation = cell_expression(row, {"survey", number, "calculation"}, definition);
  if (node.calculation != kNone) {
    node.keeps_value = keeps_its_value(package_.expressions[node.calculation]);
  }
  node.choice_filter =
      cell_expression(row, {"survey", number, "choice_filter"}, definition, node.list);
  read_default(row, place, definition);
  read_trigger(row, place, definition);
  read_outputs(row, place, definition);
  read_other_columns(row, definition);
}

}  // namespace landfall
