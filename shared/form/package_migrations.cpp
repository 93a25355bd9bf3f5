// The migrations of a package.

#include <utility>

#include "shared/base/sorting.h"
#include "shared/form/package_builder.h"

namespace landfall {
namespace {

// Which of `pairs` give what an earlier one gave already.
std::vector<bool> marks_of_repeated(const TextPairs& pairs) {
  const std::vector<std::uint32_t> places = sorted_places(
      pairs.size(),
      [&pairs](std::uint32_t a, std::uint32_t b) { return pairs[a].second < pairs[b].second; });
  std::vector<bool> marks(pairs.size());
  for (std::size_t i = 1; i < places.size(); ++i) {
    marks[places[i]] = pairs[places[i]].second == pairs[places[i - 1]].second;
  }
  return marks;
}

}  // namespace

void PackageBuilder::read_migrations(const Json& migrations) {
  if (!migrations.is_array() || migrations.size() > 100) {
    if (!migrations.is_null()) report({"migrations", 0, ""}, "malformed");
    return;
  }
  for (const Json& migration : migrations) read_migration(migration);
}

// {path: text}, in the order of the paths.
TextPairs PackageBuilder::read_pairs(const Json& object, const Place& place) {
  TextPairs pairs;
  const Json* member = find_member(object, place.column);
  if (member == nullptr) return pairs;
  if (!member->is_object()) {
    report(place, "malformed");
    return pairs;
  }
  for (const auto& [name, value] : member->items()) {
    if (!value.is_string()) report(place, "malformed", name);
    pairs.emplace_back(name, std::string(text_value(value)));
  }
  return pairs;
}

void PackageBuilder::read_migration(const Json& migration) {
  Migration made;
  made.from = std::string(member_text_or(migration, "from", ""));
  const std::string sheet = "migrations/" + made.from;
  if (made.from.empty() || made.from == package_.version ||
      !has_only_members(migration, {"from", "rename", "recode", "ask_again", "drop"})) {
    return report({sheet, 0, "from"}, "malformed", made.from);
  }
  const auto is_path = [this](const std::string& path) { return package_.node_by_path.has(path); };
  made.rename = read_pairs(migration, {sheet, 0, "rename"});
  const std::vector<bool> is_taken = marks_of_repeated(made.rename);
  for (std::size_t i = 0; i < made.rename.size(); ++i) {
    const std::string& after = made.rename[i].second;
    if (!is_path(after)) report({sheet, 0, "rename"}, "unknown_name", after);
    if (is_taken[i]) report({sheet, 0, "rename"}, "duplicate_name", after);
  }
  made.ask_again = read_pairs(migration, {sheet, 0, "ask_again"});
  for (const auto& [path, reason] : made.ask_again) {
    if (!is_path(path)) report({sheet, 0, "ask_again"}, "unknown_name", path);
    if (!reason.empty()) text_uses_.push_back({reason, sheet, 0, "ask_again"});
  }
  if (const Json* drop = find_member(migration, "drop"); drop != nullptr) {
    if (!drop->is_array()) report({sheet, 0, "drop"}, "malformed");
    for (const Json& path : *drop) made.drop.emplace_back(text_value(path));
  }
  if (const Json* recode = find_member(migration, "recode"); recode != nullptr) {
    if (!recode->is_object()) return report({sheet, 0, "recode"}, "malformed");
    for (const auto& [path, choices] : recode->items()) {
      (void)choices;
      made.recode.emplace_back(path, read_pairs(*recode, {"migrations", 0, path}));
    }
  }
  package_.migrations.push_back(std::move(made));
}

}  // namespace landfall
