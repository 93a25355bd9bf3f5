// Answers typed one after another into an open form, as a person does who fills it in from the top.

#ifndef LANDFALL_SERVER_CLI_TYPED_ANSWERS_H_
#define LANDFALL_SERVER_CLI_TYPED_ANSWERS_H_

#include <string_view>

#include "server/cli/outcome.h"
#include "shared/base/result.h"
#include "shared/codec/json.h"
#include "shared/form/engine.h"

namespace landfall {

// Types `answers`, nested by group or flat {"name": value}, into `engine` in the order of the form,
// whatever the order of their members: what each one triggers has happened before the next.
// Instances that a repeat does not have yet are added, and those that the form begins with and the
// array lacks are removed: [] removes all. Values of calculated questions and of
// Package::carried_elsewhere are passed over; null clears what a default has put there.
//
// Fails with kExitCouldNot, naming `file` and the place: no question of that name (path_unknown), a
// value of a shape that is no answer, or a question given twice (change_malformed), a question that
// nobody can answer or an instance that the count does not give (answer_readonly), more than a
// repeat takes (too_large). Names are looked at before anything is typed.
[[nodiscard]] Outcome<Done> type_answers(Engine& engine, const Json& answers,
                                         std::string_view file);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_TYPED_ANSWERS_H_
