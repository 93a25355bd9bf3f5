// MigrationRoute: where the questions of an earlier version stand in this one.

#ifndef LANDFALL_SHARED_FORM_MIGRATION_ROUTE_H_
#define LANDFALL_SHARED_FORM_MIGRATION_ROUTE_H_

#include <string>
#include <string_view>

#include "shared/form/migration.h"

namespace landfall {

class MigrationRoute {
 public:
  // `package` must outlive the route.
  MigrationRoute(const Package& package, std::string_view from);

  // The step for the question at the old path `path`, as far as the paths tell. `definition` is the
  // new question, kNone for a step that is dropped.
  struct Leg {
    MigrationStep step;
    std::uint32_t definition = kNone;
  };
  [[nodiscard]] Leg leg_of(const std::string& path) const;

  // The new definition at which what stood at `path` stands now, of any kind; kNone without one.
  [[nodiscard]] std::uint32_t definition_of(const std::string& path) const;

  // What the migration makes of a choice of the question at the old path; empty: nothing.
  [[nodiscard]] std::string recoded(const std::string& path, const std::string& choice) const;

 private:
  [[nodiscard]] std::string renamed(const std::string& path) const;

  const Package& package_;
  const Migration* migration_ = nullptr;
};

// True where only the engine sets the value of `definition`, in any instance.
[[nodiscard]] bool is_always_computed(const NodeDefinition& definition);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_MIGRATION_ROUTE_H_
