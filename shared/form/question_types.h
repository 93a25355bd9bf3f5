// The types a survey row may have, and what kind of node and answer each makes.

#ifndef LANDFALL_SHARED_FORM_QUESTION_TYPES_H_
#define LANDFALL_SHARED_FORM_QUESTION_TYPES_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace landfall {

enum class NodeKind : std::uint8_t { group, repeat, note, question };

// How an answer is held: a date and every identifier is text that is checked by its type.
enum class AnswerShape : std::uint8_t {
  none,
  text,
  integer,
  decimal,
  boolean,
  select_one,
  select_multiple,
  files,
  time,       // text "hh:mm", checked
  date_time,  // text, an ISO 8601 moment
  places,     // text as shared/form/places.h has it, checked
  computed,   // whatever the calculation gives
};

struct QuestionType {
  std::string_view name;
  NodeKind kind = NodeKind::question;
  AnswerShape shape = AnswerShape::text;
  bool identity = false;      // checked by shared/identity under this name
  bool must_be_true = false;  // acknowledge
};

// What `word`, the first word of a row's type, means: XLSForm's question types that a browser can
// ask, and every type of shared/identity/kinds.h. Nothing for any other; groups, repeats and
// external data sets are not questions.
[[nodiscard]] std::optional<QuestionType> find_question_type(std::string_view word);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_QUESTION_TYPES_H_
