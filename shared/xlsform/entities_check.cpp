#include <algorithm>

#include "shared/form/names.h"
#include "shared/xlsform/cell_text.h"
#include "shared/xlsform/checks.h"
#include "shared/xlsform/references.h"

namespace landfall {
namespace {

constexpr std::size_t kMaxEntities = 100;
constexpr std::size_t kMaxTrials = 20000;  // of placing the entities; more is refused

struct Entity {
  std::string name;
  const TableRow* row = nullptr;
  std::vector<std::uint32_t> saved_from;  // containers of the questions saved to it
  std::set<std::string> properties;
  std::uint32_t scope = 0;            // the repeat, or 0
  std::vector<std::uint32_t> places;  // where it may stand, the innermost first
};

class EntityChecker {
 public:
  EntityChecker(const FormSheets& sheets, const Structure& structure,
                std::vector<ImportProblem>& problems)
      : sheets_(sheets), structure_(structure), problems_(problems) {}

  void run() {
    if (sheets_.entities) read_entities();
    for (const SurveyItem& item : structure_.items) read_saved(item);
    if (entities_.empty()) return;
    report(*entities_[0].row, "dataset", "entities_not_created", entities_[0].name,
           Severity::warning);
    bool all_scoped = true;
    for (Entity& entity : entities_) all_scoped = find_places(entity) && all_scoped;
    if (all_scoped) place_all();
  }

 private:
  void report(const TableRow& row, std::string_view column, std::string_view code,
              std::string_view detail = {}, Severity severity = Severity::error) {
    problems_.push_back({"entities", row.number, sheets_.entities->written(column),
                         std::string(code), severity, std::string(detail)});
  }

  void report_survey(const TableRow& row, std::string_view code, std::string_view detail) {
    problems_.push_back({"survey", row.number, sheets_.survey->written("save_to"),
                         std::string(code), Severity::error, std::string(detail)});
  }

  [[nodiscard]] std::string_view cell(const Entity& entity, std::string_view column) const {
    return sheets_.entities->cell(*entity.row, column);
  }

  void read_entities() {
    const Table& table = *sheets_.entities;
    for (const Column& column : table.columns()) {
      if (column.is_known && column.language.empty()) continue;
      problems_.push_back({"entities", table.header_row(), column.written, "entity_column",
                           Severity::error, column.name});
    }
    for (const TableRow& row : table.rows()) {
      if (entities_.size() >= kMaxEntities) return report(row, "dataset", "too_large");
      Entity entity;
      entity.row = &row;
      entity.name = std::string(table.cell(row, "dataset"));
      check_declaration(entity);
      entities_.push_back(std::move(entity));
    }
  }

  void check_declaration(const Entity& entity) {
    const TableRow& row = *entity.row;
    const std::string& name = entity.name;
    if (name.empty()) {
      report(row, "dataset", "missing_name");
    } else if (!is_form_name(name) || name.rfind("__", 0) == 0 ||
               name.find('.') != std::string::npos) {
      report(row, "dataset", "bad_name", name);
    } else if (find_entity(name) != nullptr) {
      report(row, "dataset", "duplicate_name", name);
    }
    const bool has_id = !cell(entity, "entity_id").empty();
    const bool creates = !cell(entity, "create_if").empty();
    const bool updates = !cell(entity, "update_if").empty();
    if (updates && !has_id) report(row, "entity_id", "entity_id", name);
    if (has_id && creates && !updates) report(row, "update_if", "entity_update", name);
    if (!has_id && !updates && cell(entity, "label").empty()) {
      report(row, "label", "entity_label", name);
    }
    const bool is_known = structure_.datasets.find(name) != structure_.datasets.end();
    if (has_id && !is_known) report(row, "dataset", "entity_dataset", name);
  }

  Entity* find_entity(std::string_view name) {
    const auto found = std::find_if(entities_.begin(), entities_.end(),
                                    [name](const Entity& entity) { return entity.name == name; });
    return found == entities_.end() ? nullptr : &*found;
  }

  void read_saved(const SurveyItem& item) {
    if (item.type.kind == RowKind::end) return;
    const TableRow& row = sheets_.survey->rows()[item.row];
    const std::string value(sheets_.survey->cell(row, "save_to"));
    if (value.empty()) return;
    if (item.type.kind == RowKind::begin) return report_survey(row, "save_to_group", value);
    if (entities_.empty()) return report_survey(row, "save_to_without_entity", value);
    const std::size_t mark = value.find('#');
    const std::string property = mark == std::string::npos ? value : value.substr(mark + 1);
    if (property.find('#') != std::string::npos) {
      return report_survey(row, "save_to_malformed", value);
    }
    if (mark == std::string::npos && entities_.size() > 1) {
      return report_survey(row, "save_to_unknown", value);
    }
    Entity* entity = mark == std::string::npos ? &entities_[0] : find_entity(value.substr(0, mark));
    if (entity == nullptr) return report_survey(row, "save_to_unknown", value);
    const std::string lower = lowered(property);
    if (!is_form_name(property) || property.find('.') != std::string::npos ||
        property.rfind("__", 0) == 0 || lower == "name" || lower == "label") {
      return report_survey(row, "bad_name", property);
    }
    if (!entity->properties.insert(property).second) {
      return report_survey(row, "save_to_twice", value);
    }
    entity->saved_from.push_back(item.container);
    saved_.emplace_back(&item, static_cast<std::size_t>(entity - entities_.data()));
  }

  // True where `outer` is `inner` or around it.
  [[nodiscard]] bool is_around(std::uint32_t outer, std::uint32_t inner) const {
    for (std::uint32_t at = inner; at != 0; at = structure_.containers[at].parent) {
      if (at == outer) return true;
    }
    return outer == 0;
  }

  [[nodiscard]] std::uint32_t common(std::uint32_t a, std::uint32_t b) const {
    while (!is_around(a, b)) a = structure_.containers[a].parent;
    return a;
  }

  // The containers of the questions that the entity's expressions name.
  [[nodiscard]] std::vector<std::uint32_t> named_in(const Entity& entity) const {
    std::vector<std::uint32_t> containers;
    for (const std::string_view column : {"label", "entity_id", "create_if", "update_if"}) {
      for (const CellReference& reference : find_cell_references(cell(entity, column)).found) {
        const auto found = structure_.by_name.find(reference.name);
        if (found == structure_.by_name.end() || found->second.size() != 1) continue;
        const SurveyItem& item = structure_.items[found->second[0]];
        if (item.type.kind == RowKind::question) containers.push_back(item.container);
      }
    }
    return containers;
  }

  // All that an entity is made of stands in one repeat, or in those around it. False, and a
  // problem, where it does not.
  bool find_places(Entity& entity) {
    const std::vector<std::uint32_t> named = named_in(entity);
    const std::vector<std::uint32_t>& own = entity.saved_from.empty() ? named : entity.saved_from;
    if (!find_scope(entity, own, !entity.saved_from.empty())) return false;
    for (const std::uint32_t container : named) {
      if (is_around(structure_.containers[container].repeat, entity.scope)) continue;
      report(*entity.row, "label", "entity_scope", entity.name);
      return false;
    }
    std::uint32_t innermost = entity.scope;
    bool is_first = true;
    for (const std::uint32_t container : own) {
      if (structure_.containers[container].repeat != entity.scope) continue;
      innermost = is_first ? container : common(innermost, container);
      is_first = false;
    }
    for (std::uint32_t at = innermost; at != entity.scope; at = structure_.containers[at].parent) {
      entity.places.push_back(at);
    }
    entity.places.push_back(entity.scope);
    return true;
  }

  bool find_scope(Entity& entity, const std::vector<std::uint32_t>& own, bool is_saved) {
    for (const std::uint32_t container : own) {
      const std::uint32_t repeat = structure_.containers[container].repeat;
      const bool is_first = container == own.front();
      if (!is_saved && is_around(entity.scope, repeat)) {
        entity.scope = repeat;
      } else if (is_saved && is_first) {
        entity.scope = repeat;
      } else if (is_saved ? repeat != entity.scope : !is_around(repeat, entity.scope)) {
        report(*entity.row, "dataset", "entity_scope", entity.name);
        return false;
      }
    }
    return true;
  }

  // Every group or repeat holds one entity at most, and what is saved belongs to the nearest one.
  void place_all() {
    std::vector<std::uint32_t> chosen(entities_.size(), 0);
    std::size_t trials = 0;
    if (place_from(0, chosen, trials)) return;
    report(*entities_.back().row, "dataset", "entity_place", entities_.back().name);
  }

  bool place_from(std::size_t index, std::vector<std::uint32_t>& chosen, std::size_t& trials) {
    if (++trials > kMaxTrials) return false;
    if (index == entities_.size()) return all_saved_fit(chosen);
    for (const std::uint32_t place : entities_[index].places) {
      const auto end = chosen.begin() + static_cast<std::ptrdiff_t>(index);
      if (std::find(chosen.begin(), end, place) != end) continue;
      chosen[index] = place;
      if (place_from(index + 1, chosen, trials)) return true;
    }
    return false;
  }

  [[nodiscard]] bool all_saved_fit(const std::vector<std::uint32_t>& chosen) const {
    for (const auto& [item, entity] : saved_) {
      std::uint32_t at = item->container;
      while (std::find(chosen.begin(), chosen.end(), at) == chosen.end() && at != 0) {
        at = structure_.containers[at].parent;
      }
      if (chosen[entity] != at) return false;
    }
    return true;
  }

  const FormSheets& sheets_;
  const Structure& structure_;
  std::vector<ImportProblem>& problems_;
  std::vector<Entity> entities_;
  std::vector<std::pair<const SurveyItem*, std::size_t>> saved_;
};

}  // namespace

void check_entities(const FormSheets& sheets, const Structure& structure,
                    std::vector<ImportProblem>& problems) {
  EntityChecker(sheets, structure, problems).run();
}

}  // namespace landfall
