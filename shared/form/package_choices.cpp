// The choices sheet of a package.

#include <algorithm>

#include "shared/form/limits.h"
#include "shared/form/package_builder.h"
#include "shared/form/package_words.h"
#include "shared/text/decimal.h"
#include "shared/xpath/value.h"

namespace landfall {
namespace {

// Every column that any row of the list has, "name" and "label" first. Where rows have words, these
// are what expressions find under "label", and the key beside them has no name.
std::vector<std::string> columns_of(const Json& rows, std::string_view list) {
  std::vector<std::string> columns{"name", "label"};
  for (const Json& row : rows) {
    if (!row.is_object() || member_text_or(row, "list_name", "") != list) continue;
    if (find_member(row, "words") != nullptr && !columns[1].empty()) {
      columns[1].clear();
      columns.emplace_back("label");
    }
    for (const auto& [column, cell] : row.items()) {
      const bool known = std::find(columns.begin(), columns.end(), column) != columns.end();
      if (!known && column != "list_name" && !is_own_choice_word(column)) columns.push_back(column);
    }
  }
  return columns;
}

}  // namespace

std::uint32_t PackageBuilder::list_index(std::string_view name) const {
  for (std::size_t i = 0; i < package_.lists.size(); ++i) {
    if (package_.lists[i].name == name) return static_cast<std::uint32_t>(i);
  }
  return kNone;
}

void PackageBuilder::read_choices(const Json& form) {
  const Json* choices = find_member(form, "choices");
  if (choices == nullptr) return;
  if (!choices->is_array()) {
    report({"choices", 0, ""}, "malformed");
    return;
  }
  if (choices->size() > kMaxChoiceRows) {
    report({"choices", 0, ""}, "too_large");
    return;
  }
  const Json* settings = find_member(form, "settings");
  const Json* allowed =
      settings == nullptr ? nullptr : find_member(*settings, "allow_choice_duplicates");
  const bool duplicates =
      allowed != nullptr && (text_value(*allowed) == "yes" || *allowed == Json(true));
  std::uint32_t number = 0;
  for (const Json& row : *choices) {
    ++number;
    const std::string_view name = member_text_or(row, "list_name", "");
    if (name.empty()) {
      report({"choices", number, "list_name"}, "missing_member");
      continue;
    }
    if (list_index(name) == kNone) {
      // Each new list reads the sheet once more for its columns; a sheet of nothing but lists is
      // no form.
      if (package_.lists.size() >= 1000) {
        report({"choices", number, "list_name"}, "too_large");
        return;
      }
      ChoiceList list;
      list.name = std::string(name);
      list.columns = columns_of(*choices, name);
      list.words_column = list.column_called("label");
      package_.lists.push_back(std::move(list));
    }
    read_choice(row, number, duplicates);
  }
}

void PackageBuilder::read_choice(const Json& row, std::uint32_t number, bool duplicates) {
  ChoiceList& list = package_.lists[list_index(member_text_or(row, "list_name", ""))];
  const std::string_view name = member_text_or(row, "name", "");
  const Place place{"choices", number, "name"};
  if (name.empty()) {
    report(place, "bad_name", name);
    return;
  }
  const std::string_view instance_place = member_text_or(row, "instance_place", "");
  const bool is_new = list.row_by_name.add(name, list.row_count());
  // The rows of an instance may repeat a name: a filter decides which of them is offered.
  if (!is_new && !duplicates && instance_place.empty()) {
    report(place, "duplicate_name", name);
    return;
  }
  if (!instance_place.empty()) {
    const Result<double> at = parse_decimal(instance_place);
    list.places.resize(list.row_count(), 0);
    list.places.push_back(at.ok() && at.value() >= 0 && at.value() < double{kMaxDataElements}
                              ? static_cast<std::uint32_t>(at.value())
                              : 0);
  }
  for (std::uint32_t i = 0; i < list.columns.size(); ++i) {
    const bool is_words = i == list.words_column;
    list.cells.push_back(
        i == list.label_column
            ? text_key(row, {"choices", number, "label"})
            : std::string(member_text_or(row, is_words ? "words" : list.columns[i], "")));
  }
}

void PackageBuilder::read_datasets(const Json& form) {
  const Json* datasets = find_member(form, "datasets");
  if (datasets == nullptr) return;
  if (!datasets->is_object() || datasets->size() > 200) {
    report({"datasets", 0, ""}, "malformed");
    return;
  }
  for (const auto& [name, dataset] : datasets->items()) read_dataset(dataset, name);
}

void PackageBuilder::read_dataset(const Json& dataset, const std::string& name) {
  const Place place{"datasets", 0, name};
  const Result<const Json*> columns = member_array(dataset, "columns");
  const Result<const Json*> rows = member_array(dataset, "rows");
  if (!columns.ok() || !rows.ok() || columns.value()->empty() || list_index(name) != kNone) {
    return report(place, "malformed", name);
  }
  if (rows.value()->size() > kMaxChoiceRows || columns.value()->size() > kMaxDatasetColumns) {
    return report(place, "too_large", name);
  }
  ChoiceList list;
  list.name = name;
  list.is_dataset = true;
  list.is_offered = false;
  for (const Json& column : *columns.value()) list.columns.emplace_back(text_value(column));
  std::uint32_t number = 0;
  for (const Json& row : *rows.value()) {
    ++number;
    if (!row.is_array() || row.size() > list.columns.size()) {
      return report({"datasets", number, name}, "malformed");
    }
    for (const Json& cell : row) {
      list.cells.emplace_back(cell.is_number() ? format_xpath_number(number_value(cell))
                                               : std::string(text_value(cell)));
    }
    list.cells.resize(number * list.columns.size());
  }
  package_.lists.push_back(std::move(list));
}

// A data set becomes the choices of a question: `parameters` may name the columns.
void PackageBuilder::offer_dataset(const Json& row, const Place& place, ChoiceList& list) {
  const Json* parameters = find_member(row, "parameters");
  const auto column = [&](std::string_view parameter, std::string_view otherwise) {
    if (parameters == nullptr) return list.column_called(otherwise);
    return list.column_called(member_text_or(*parameters, parameter, otherwise));
  };
  const std::uint32_t name = column("value", "name");
  const std::uint32_t label = column("label", "label");
  const bool differs = list.is_offered && (list.name_column != name || list.label_column != label);
  if (name == list.columns.size() || label == list.columns.size() || differs) {
    report({"survey", place.row, "parameters"}, "unknown_name", list.name);
    return;
  }
  if (list.is_offered) return;
  list.is_offered = true;
  list.name_column = name;
  list.label_column = list.words_column = label;
  for (std::uint32_t i = 0; i < list.row_count(); ++i) list.row_by_name.add(list.name_of(i), i);
}

// "or_other": one choice more, and a question for what it is.
void PackageBuilder::add_other(const Json& row, const Place& place, std::uint32_t list_number) {
  ChoiceList& list = package_.lists[list_number];
  if (!list.is_dataset && list.row_by_name.add("other", list.row_count())) {
    text_uses_.push_back({"choice.other", "survey", place.row, "type"});
    list.cells.resize(list.cells.size() + list.columns.size());
    list.cells[list.cells.size() - list.columns.size()] = "other";
    list.cells[list.cells.size() - list.columns.size() + 1] = "choice.other";
  }
  const std::string name(member_text_or(row, "name", ""));
  const Json question = Json::object({{"name", name + "_other"},
                                      {"label", "question.specify_other"},
                                      {"relevant", "selected(${" + name + "}, 'other')"}});
  add_question(question, place, "text");
}

// Every cell of every list is a node for expressions; lists are complete when the survey is read.
void PackageBuilder::number_choice_nodes() {
  std::uint32_t first_node = 0;
  for (ChoiceList& list : package_.lists) {
    list.first_node = first_node;
    first_node += list.node_count();
  }
}

}  // namespace landfall
