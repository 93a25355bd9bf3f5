#include "shared/form/question_types.h"

#include "shared/identity/types.h"

namespace landfall {
namespace {

constexpr QuestionType kTypes[] = {
    {"text", NodeKind::question, AnswerShape::text, false, false},
    {"integer", NodeKind::question, AnswerShape::integer, false, false},
    {"decimal", NodeKind::question, AnswerShape::decimal, false, false},
    {"range", NodeKind::question, AnswerShape::decimal, false, false},
    {"select_one", NodeKind::question, AnswerShape::select_one, false, false},
    {"select_one_from_file", NodeKind::question, AnswerShape::select_one, false, false},
    {"select_multiple", NodeKind::question, AnswerShape::select_multiple, false, false},
    {"select_multiple_from_file", NodeKind::question, AnswerShape::select_multiple, false, false},
    {"rank", NodeKind::question, AnswerShape::select_multiple, false, false},
    {"time", NodeKind::question, AnswerShape::time, false, false},
    {"dateTime", NodeKind::question, AnswerShape::date_time, false, false},
    {"datetime", NodeKind::question, AnswerShape::date_time, false, false},
    {"geopoint", NodeKind::question, AnswerShape::places, false, false},
    {"geotrace", NodeKind::question, AnswerShape::places, false, false},
    {"geoshape", NodeKind::question, AnswerShape::places, false, false},
    {"barcode", NodeKind::question, AnswerShape::text, false, false},
    {"note", NodeKind::note, AnswerShape::none, false, false},
    {"image", NodeKind::question, AnswerShape::files, false, false},
    {"audio", NodeKind::question, AnswerShape::files, false, false},
    {"video", NodeKind::question, AnswerShape::files, false, false},
    {"file", NodeKind::question, AnswerShape::files, false, false},
    {"acknowledge", NodeKind::question, AnswerShape::boolean, false, true},
    {"boolean", NodeKind::question, AnswerShape::boolean, false, false},
    {"calculate", NodeKind::question, AnswerShape::computed, false, false},
    {"hidden", NodeKind::question, AnswerShape::text, false, false},
};

}  // namespace

std::optional<QuestionType> find_question_type(std::string_view word) {
  for (const QuestionType& type : kTypes) {
    if (type.name == word) return type;
  }
  if (!is_identity_type(word)) return std::nullopt;
  return QuestionType{word, NodeKind::question, AnswerShape::text, true, false};
}

}  // namespace landfall
