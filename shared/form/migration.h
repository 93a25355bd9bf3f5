// Carrying the answers of an earlier version of a form over to this one.

#ifndef LANDFALL_SHARED_FORM_MIGRATION_H_
#define LANDFALL_SHARED_FORM_MIGRATION_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/codec/json.h"
#include "shared/form/package.h"

namespace landfall {

enum class StepKind : std::uint8_t { kept, renamed, asked_again, dropped, added };

// What happened to the answers of one question. Paths carry no positions; `to` is empty for what
// was dropped, `from` for what is new. `reason` is the author's text key, or no_question,
// choice_gone, type_changed, by_author, not_repeated (only the first instance has a place).
struct MigrationStep {
  StepKind kind = StepKind::kept;
  std::string from;
  std::string to;
  std::string reason;

  bool operator==(const MigrationStep&) const = default;
};

struct MigratedAnswers {
  Json answers = Json::object();     // nested, for restore_answers() on the new package
  std::vector<MigrationStep> steps;  // in the order of the old answers, each said once
};

// Carries `answers`, what all_answers() gave in version `from` of the form, over to `package`.
// Without a migration from that version every answer stays at its path. Calculated questions are
// passed over: the engine computes them.
//
// Errors: change_malformed (no object), too_large (a repeat above its limit).
[[nodiscard]] Result<MigratedAnswers> migrate_answers(const Json& answers, std::string_view from,
                                                      const Package& package);

// The same for every question of `from` whether answered or not, and what is new in `to`, in the
// order of `from`. A kept or renamed question has the reason choice_gone or type_changed when only
// some of its answers can be carried.
[[nodiscard]] std::vector<MigrationStep> plan_migration(const Package& from, const Package& to);

// [{kind, from?, to?, reason?}…]; a kind is kept, renamed, asked_again, dropped or new.
[[nodiscard]] std::string steps_json(const std::vector<MigrationStep>& steps);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_MIGRATION_H_
