// Where in a file of answers something is that a form does not take, and what to do about it.

#ifndef LANDFALL_SERVER_CLI_ANSWER_PLACES_H_
#define LANDFALL_SERVER_CLI_ANSWER_PLACES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/cli/outcome.h"
#include "shared/codec/json.h"
#include "shared/form/package.h"

namespace landfall {

// What was wrong, and where: a path as the form has it, people[2]/age.
struct AnswerRefusal {
  ErrorCode code = ErrorCode::path_unknown;
  std::string place;
};

// How answers are read: typed one after another into a new form, or put back into one that goes on,
// where an instance with a single question may be that question's answer alone, and a value that
// nobody could type is refused as well.
enum class AnswerReading { typed, draft };

// The member of `name` in the group `definition` of the form (0 is the form itself); kNone where
// there is none.
[[nodiscard]] std::uint32_t child_named(const Package& package, std::uint32_t definition,
                                        const std::string& name);

// True for names that answers may hold and the form ignores.
[[nodiscard]] bool is_carried_elsewhere(const Package& package, const std::string& name);

// The first member of `answers` that the form has no place for, or of a shape that it does not take
// there; nothing where all are right.
[[nodiscard]] std::optional<AnswerRefusal> find_misplaced(const Package& package,
                                                          const Json& answers,
                                                          AnswerReading reading);

// "FILE: CODE at "PLACE": what to do", with kExitCouldNot.
[[nodiscard]] Failure failure_at(const AnswerRefusal& refusal, std::string_view file);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_ANSWER_PLACES_H_
