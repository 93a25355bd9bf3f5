// Answers as JSON: the canonical ones that are sealed, every typed one for the draft, and reading
// both back.

#ifndef LANDFALL_SHARED_FORM_ANSWERS_H_
#define LANDFALL_SHARED_FORM_ANSWERS_H_

#include "shared/base/result.h"
#include "shared/codec/json.h"
#include "shared/form/answer.h"
#include "shared/form/engine.h"
#include "shared/xpath/node_source.h"

namespace landfall {

// An answer from its JSON value: text, number, boolean, null, an array of texts or of file objects
// {file_name, media_type, size, sha256, width?, height?}.
//
// Errors: change_malformed.
[[nodiscard]] Result<Answer> answer_of_json(const Json& value);

// The JSON value of an answer; null for an empty one. A number that is no double of JSON's does not
// occur in answers.
[[nodiscard]] Json json_of_answer(const Answer& answer);

// The answers that count: nested by group, repeats as arrays; what is not relevant, empty, or not
// readable as its type is left out, identifiers as they are stored.
[[nodiscard]] Json canonical_answers(const Engine& engine);

// Everything that was typed, as it was typed, also where it is not relevant, and in instances that
// the count of their repeat has taken away.
[[nodiscard]] Json all_answers(const Engine& engine);

// Puts back what either function above gave, or flat {"name": value} where names are unique; a
// repeat of one question may be a list of its values. Values of calculated questions and of names
// in Package::carried_elsewhere are passed over, and with `constants` all that somebody can answer.
//
// Errors: path_unknown, change_malformed, too_large.
[[nodiscard]] Result<Done> put_answers(Engine::Impl& impl, const Json& answers,
                                       bool constants = false);

// The same for one group or instance of a repeat: everything that was typed in it, and putting it
// back.
[[nodiscard]] Json instance_answers(const Engine::Impl& impl, NodeId instance);
[[nodiscard]] Result<Done> put_instance_answers(Engine::Impl& impl, const Json& answers,
                                                NodeId instance);

// The same as put_answers(), and computes what follows from them; no action runs.
[[nodiscard]] Result<Done> restore_answers(Engine& engine, const Json& answers);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_ANSWERS_H_
