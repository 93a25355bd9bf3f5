// The choices sheet of a package.

#include <algorithm>

#include "shared/form/limits.h"
#include "shared/form/package_builder.h"

namespace landfall {
namespace {

// Every column that any row of the list has, "name" and "label" first.
std::vector<std::string> columns_of(const Json& rows, std::string_view list) {
  std::vector<std::string> columns{"name", "label"};
  for (const Json& row : rows) {
    if (!row.is_object() || member_text_or(row, "list_name", "") != list) continue;
    for (const auto& [column, cell] : row.items()) {
      const bool known = std::find(columns.begin(), columns.end(), column) != columns.end();
      if (!known && column != "list_name") columns.push_back(column);
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
      package_.lists.push_back(std::move(list));
    }
    read_choice(row, number);
  }
  std::uint32_t first_node = 0;
  for (ChoiceList& list : package_.lists) {
    list.first_node = first_node;
    first_node += list.node_count();
  }
}

void PackageBuilder::read_choice(const Json& row, std::uint32_t number) {
  ChoiceList& list = package_.lists[list_index(member_text_or(row, "list_name", ""))];
  const std::string_view name = member_text_or(row, "name", "");
  const Place place{"choices", number, "name"};
  if (name.empty() || name.find(' ') != std::string_view::npos) {
    report(place, "bad_name", std::string(name));
    return;
  }
  if (!list.row_by_name.emplace(std::string(name), list.row_count()).second) {
    report(place, "duplicate_name", std::string(name));
    return;
  }
  for (const std::string& column : list.columns) {
    if (column == "label") {
      list.cells.push_back(text_key(row, {"choices", number, "label"}));
    } else {
      list.cells.emplace_back(member_text_or(row, column, ""));
    }
  }
}

}  // namespace landfall
