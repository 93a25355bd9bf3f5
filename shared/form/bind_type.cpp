#include "shared/form/bind_type.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "shared/form/places.h"
#include "shared/form/reading.h"
#include "shared/identity/date.h"
#include "shared/xpath/value.h"

namespace landfall {
namespace {

constexpr double kLeastInt = -2147483648.0;
constexpr double kMostInt = 2147483647.0;

Answer whole_number(double number) {
  if (!std::isfinite(number)) return {};
  const double whole = std::trunc(number);
  return whole < kLeastInt || whole > kMostInt ? Answer{} : Answer::of_number(whole);
}

void find_fault(Reading& reading, std::string_view code) {
  if (!reading.findings.empty()) return;
  reading.findings.push_back({"", std::string(code), {}, Severity::error});
}

}  // namespace

Answer cast_answer(std::string_view bind_type, Answer answer) {
  const bool is_int = bind_type == "int" || bind_type == "integer";
  if (is_int || bind_type == "decimal") {
    if (answer.kind == AnswerKind::boolean) return Answer::of_number(answer.boolean ? 1 : 0);
    const std::string text = text_of_answer(answer);
    const double number =
        answer.kind == AnswerKind::number ? answer.number : number_of_text(text, TimeZone{});
    if (is_int) return whole_number(number);
    return std::isfinite(number) ? Answer::of_number(number) : Answer{};
  }
  if (bind_type == "date") {
    const std::string text = text_of_answer(answer);
    const std::string day = text.substr(0, 10);
    return parse_date(day).ok() ? Answer::of_text(day) : Answer{};
  }
  return answer;
}

void fit_to_bind_type(const NodeDefinition& definition, Reading& reading) {
  const std::string& type = definition.bind_type;
  const bool is_open = definition.shape == AnswerShape::text ||
                       definition.shape == AnswerShape::integer ||
                       definition.shape == AnswerShape::decimal;
  if (type.empty() || !is_open || reading.answer.kind == AnswerKind::empty) return;
  if (definition.type == "hidden") {
    reading.answer = cast_answer(type, std::move(reading.answer));
    reading.text = text_of_answer(reading.answer);
    return;
  }
  if (type == "int" || type == "integer" || (type == "date" && reading.text.empty())) {
    const std::string typed = text_of_answer(reading.answer);
    // The day of a moment in another place may be another one here.
    const bool has_zone = type == "date" && typed.find_first_of("Z+-", 10) != std::string::npos;
    reading.text = has_zone ? std::string() : text_of_answer(cast_answer(type, reading.answer));
    if (reading.text.empty()) find_fault(reading, finding_code::type_mismatch);
  }
  const std::string_view fault = fault_of_places(type, reading.text);
  if (!fault.empty()) {
    reading.text.clear();
    find_fault(reading, fault);
  }
  const bool is_range = definition.type == "range" || definition.appearance == "range";
  if (is_range && !reading.findings.empty()) reading.text.clear();
}

}  // namespace landfall
