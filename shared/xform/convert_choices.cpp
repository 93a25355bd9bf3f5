// The choices of selects: items that stand in the control, or the rows of an instance.

#include <algorithm>
#include <utility>

#include "shared/xform/form_parts.h"
#include "shared/xform/paths.h"
#include "shared/xpath/expression.h"

namespace landfall {
namespace {

// A value without spaces, as lists of chosen values are separated by them.
bool is_value(std::string_view text) {
  return !text.empty() && text.find_first_of(" \t\r\n") == std::string_view::npos;
}

void put_label(FormParts& parts, const std::string& key, const XmlElement* label,
               const std::string& value, TextOutputs& outputs) {
  if (label == nullptr || !parts.texts.put_element(key, *label, outputs)) {
    parts.texts.put_plain(key, value);
  }
}

std::string list_of_items(FormParts& parts, const XFormNode& node) {
  const std::string list = new_list_name(parts, package_path(node.path));
  std::size_t number = 0;
  for (const XmlElement* item : child_elements(*node.control)) {
    if (local_name(item->name) != "item") continue;
    const XmlElement* value_element = find_child(*item, "value");
    const std::string value(
        value_element == nullptr ? "" : std::string(without_outer_space(own_text(*value_element))));
    if (!is_value(value)) {
      parts.problems.note("bad_choice", place_of(*item), node.path, value);
      continue;
    }
    const std::string key = "choice." + list + "." + std::to_string(++number);
    put_label(parts, key, find_child(*item, "label"), value, parts.list_outputs[list]);
    add_choice(parts, list, value, Json::object({{"label", key}}), item->line);
  }
  return number == 0 ? std::string() : list;
}

// A predicate that filters whatever the place of the row; one that counts places does not.
bool looks_at_places(std::string_view predicate) {
  const Result<Expression> parsed = parse_expression(predicate);
  if (!parsed.ok()) return true;
  const Expression& tree = parsed.value();
  for (const SyntaxNode& node : tree.nodes) {
    if (node.operation != Operation::call) continue;
    const std::string& name = tree.calls[node.payload].name;
    if (name == "last" || (name == "position" && node.count == 0)) return true;
  }
  switch (tree.nodes[tree.root].operation) {
    case Operation::number:
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
    case Operation::divide:
    case Operation::modulo:
    case Operation::negate:
      return true;
    default:
      return false;
  }
}

// One row of an instance: its element, and its place among all elements of the tree.
struct ItemRow {
  const Json* element = nullptr;
  std::uint32_t place = 0;
};

// Elements are numbered as data_tree_of_json() does, from 1 for the top; attributes count.
void collect_rows(const Json& element, const std::vector<std::string>& steps, std::size_t depth,
                  bool matches, std::uint32_t& place, std::vector<ItemRow>& rows) {
  const bool here =
      matches && depth < steps.size() && member_text_or(element, "name", "") == steps[depth];
  if (here && depth + 1 == steps.size()) rows.push_back({&element, place});
  ++place;
  if (const Json* attributes = find_member(element, "attributes")) {
    place += static_cast<std::uint32_t>(attributes->size());
  }
  const Json* children = find_member(element, "children");
  if (children == nullptr) return;
  for (const Json& child : *children) {
    collect_rows(child, steps, depth + 1, here, place, rows);
  }
}

// The text of a row's child `ref` ("name", "./name", "@id"); empty when it has none.
std::string cell_of(const Json& row, std::string_view ref) {
  ref = without_outer_space(ref);
  if (ref.substr(0, 2) == "./") ref.remove_prefix(2);
  if (ref == ".") return std::string(member_text_or(row, "text", ""));
  if (!ref.empty() && ref.front() == '@') {
    const Json* attributes = find_member(row, "attributes");
    if (attributes == nullptr) return {};
    return std::string(member_text_or(*attributes, local_name(ref.substr(1)), ""));
  }
  const Json* children = find_member(row, "children");
  if (children == nullptr) return {};
  for (const Json& child : *children) {
    if (member_text_or(child, "name", "") == local_name(ref)) {
      return std::string(member_text_or(child, "text", ""));
    }
  }
  return {};
}

struct ItemsetRefs {
  std::string value;
  std::string label;
};

ItemsetRefs refs_of(const XmlElement& itemset) {
  const XmlElement* value = find_child(itemset, "value");
  const XmlElement* label = find_child(itemset, "label");
  return {value == nullptr ? "name" : std::string(attribute_or_empty(*value, "ref")),
          label == nullptr ? "label" : std::string(attribute_or_empty(*label, "ref"))};
}

// The id of a text, as converters name it in the rows of an instance.
constexpr std::string_view kItextId = "itextId";

// The list that an instance's rows make with these references; made once.
std::string list_of_instance(FormParts& parts, const ItemsetPath& path, const ItemsetRefs& refs,
                             const XFormPlace& place_of_use) {
  std::string made_of = path.instance + "|" + refs.value + "|" + refs.label;
  for (const std::string& step : path.steps) made_of += "/" + step;
  const auto known = parts.lists.find(made_of);
  if (known != parts.lists.end()) return known->second;
  std::string list = new_list_name(parts, path.instance);
  std::vector<ItemRow> rows;
  std::uint32_t place = 1;
  collect_rows(parts.instances[path.instance], path.steps, 0, true, place, rows);
  auto itext = itext_argument(refs.label);
  // Nobody wants to read the id itself.
  if (!itext && local_name(without_outer_space(refs.label)) == kItextId) itext = refs.label;
  std::size_t number = 0;
  bool is_told = false;
  for (const ItemRow& row : rows) {
    const std::string value(without_outer_space(cell_of(*row.element, refs.value)));
    if (!is_value(value)) {
      // A column of another name would be told once for each of its rows.
      if (!std::exchange(is_told, true)) {
        parts.problems.note("bad_choice", place_of_use, path.instance, value);
      }
      continue;
    }
    const std::string key = "choice." + list + "." + std::to_string(++number);
    const std::string label = cell_of(*row.element, itext ? *itext : refs.label);
    if (!itext || !parts.texts.put_itext(key, label, "long", parts.list_outputs[list])) {
      parts.texts.put_plain(key, label.empty() ? value : label);
    }
    add_choice(parts, list, value,
               Json::object({{"label", key}, {"instance_place", std::to_string(row.place)}}),
               place_of_use.line);
  }
  if (number == 0) list.clear();
  parts.lists.emplace(made_of, list);
  return list;
}

bool convert_itemset(FormParts& parts, const XFormNode& node, const XmlElement& itemset,
                     std::string_view type, Json& row) {
  const std::string_view nodeset = attribute_or_empty(itemset, "nodeset");
  const std::optional<std::string> randomized = randomized_nodes(nodeset);
  const std::optional<ItemsetPath> path = itemset_path(randomized ? *randomized : nodeset);
  const bool is_table =
      path && parts.instances.find(path->instance) != nullptr &&
      std::none_of(path->predicates.begin(), path->predicates.end(), looks_at_places);
  if (!is_table) return false;
  const std::string list = list_of_instance(parts, *path, refs_of(itemset), place_of(itemset));
  if (list.empty()) return false;
  if (randomized) parts.problems.note("choices_in_order", place_of(itemset), node.path);
  row["type"] = std::string(type) + " " + list;
  row["choice_instance"] = path->instance;
  put_outputs(parts, node, parts.list_outputs[list], row);
  std::string filter;
  for (const std::string& predicate : path->predicates) {
    if (!check_expression(parts, place_of(itemset), node.path, predicate)) return true;
    if (!filter.empty()) filter += " and ";
    filter += path->predicates.size() > 1 ? "boolean(" + predicate + ")" : predicate;
  }
  if (!filter.empty()) row["choice_filter"] = filter;
  return true;
}

}  // namespace

void add_choice(FormParts& parts, const std::string& list, std::string_view value, Json row,
                std::uint32_t line) {
  row["list_name"] = list;
  row["name"] = value;
  parts.choices.push_back(std::move(row));
  parts.choice_lines.push_back(line);
}

std::string new_list_name(FormParts& parts, const std::string& wanted) {
  std::string name = wanted;
  for (int i = 2; !parts.list_names.insert(name).second; ++i) {
    name = wanted + "." + std::to_string(i);
  }
  return name;
}

bool convert_choice_text(FormParts& parts, const XFormNode& node, Json& row) {
  const auto calculation = node.bind.find("calculate");
  const auto argument = calculation == node.bind.end() ? std::optional<std::string>()
                                                       : itext_argument(calculation->second);
  if (!argument || argument->size() <= kItextId.size() + 1) return false;
  const std::size_t slash = argument->size() - kItextId.size() - 1;
  if (argument->compare(slash, std::string::npos, "/" + std::string(kItextId)) != 0) return false;
  const std::string rows = argument->substr(0, slash);
  const std::optional<ItemsetPath> path = itemset_path(rows);
  if (!path || parts.instances.find(path->instance) == nullptr) return false;
  const XFormPlace place = bind_place(node);
  const ItemsetRefs refs{"name", "jr:itext(" + std::string(kItextId) + ")"};
  const std::string list = list_of_instance(parts, *path, refs, place);
  const std::string name = "string(" + rows + "/name)";
  if (list.empty() || !check_expression(parts, place, node.path, name)) return false;
  parts.problems.note("text_by_key", place, node.path);
  row["type"] = "select_one " + list;
  row["choice_instance"] = path->instance;
  row["calculation"] = name;
  put_outputs(parts, node, parts.list_outputs[list], row);
  return true;
}

void convert_choices(FormParts& parts, const XFormNode& node, std::string_view type, Json& row) {
  const XmlElement* itemset = find_child(*node.control, "itemset");
  if (itemset != nullptr) {
    if (convert_itemset(parts, node, *itemset, type, row)) return;
    const std::string_view nodeset = attribute_or_empty(*itemset, "nodeset");
    const auto path = itemset_path(nodeset);
    const bool is_elsewhere = path && parts.instances.find(path->instance) == nullptr;
    const bool filters =
        path && std::none_of(path->predicates.begin(), path->predicates.end(), looks_at_places);
    parts.problems.refuse(is_elsewhere ? "unsupported_file"
                          : filters    ? "empty_itemset"
                                       : "unsupported_choices",
                          place_of(*itemset), node.path, nodeset);
    row["type"] = std::string(type);
    return;
  }
  const std::string list = list_of_items(parts, node);
  row["type"] = list.empty() ? "text" : std::string(type) + " " + list;
  if (list.empty()) parts.problems.note("no_choices", place_of(*node.control), node.path);
  put_outputs(parts, node, parts.list_outputs[list], row);
}

}  // namespace landfall
