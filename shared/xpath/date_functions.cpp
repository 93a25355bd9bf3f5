// Functions on dates and times.

#include <array>
#include <cmath>
#include <limits>

#include "shared/xpath/evaluator.h"

namespace landfall {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

DateTime midnight_of(const DateTime& value, const TimeZone& zone) {
  if (!value.valid) return value;
  const CivilTime civil = civil_of(value.milliseconds, zone);
  const std::int64_t local = days_of_civil(civil.year, civil.month, civil.day) * 86400000;
  return {instant_of_local(zone, local), false, true};
}

Value call_today(Evaluator& e, const SyntaxNode&) {
  return midnight_of({e.context().now_ms, false, true}, e.context().zone);
}

Value call_now(Evaluator& e, const SyntaxNode&) { return DateTime{e.context().now_ms, true, true}; }

// An empty text stays empty, so that an unanswered date is no invalid one.
Value call_date(Evaluator& e, const SyntaxNode& call) {
  const Value value = e.argument(call, 0);
  if (!std::holds_alternative<double>(value) && !std::holds_alternative<DateTime>(value) &&
      e.text_of(value).empty()) {
    return std::string();
  }
  return e.date_of(value);
}

Value call_decimal_date_time(Evaluator& e, const SyntaxNode& call) {
  return days_of(e.date_of(e.argument(call, 0)));
}

// The time of day as a fraction of the day.
Value call_decimal_time(Evaluator& e, const SyntaxNode& call) {
  const std::string text = e.text_argument(call, 0);
  const TimeZone& zone = e.context().zone;
  const DateTime time = e.date_of("1970-01-01T" + text);
  if (!time.valid) return kNaN;
  const CivilTime civil = civil_of(time.milliseconds, zone);
  const double milliseconds =
      civil.hour * 3600000.0 + civil.minute * 60000.0 + civil.second * 1000.0 + civil.millisecond;
  return milliseconds / 86400000.0;
}

Value call_format_date(Evaluator& e, const SyntaxNode& call) {
  const Value value = e.argument(call, 0);
  const std::string pattern = e.text_argument(call, 1);
  return format_by_pattern(e.date_of(value), pattern, e.context().zone);
}

constexpr std::array kFunctions = {
    Function{"today", 0, 0, 0, FunctionInput::clock, call_today},
    Function{"now", 0, 0, 0, FunctionInput::clock, call_now},
    Function{"date", 1, 1, 0, FunctionInput::nothing, call_date},
    Function{"date-time", 1, 1, 0, FunctionInput::nothing, call_date},
    Function{"decimal-date-time", 1, 1, 0, FunctionInput::nothing, call_decimal_date_time},
    Function{"decimal-time", 1, 1, 0, FunctionInput::nothing, call_decimal_time},
    Function{"format-date", 2, 2, 0, FunctionInput::nothing, call_format_date},
    Function{"format-date-time", 2, 2, 0, FunctionInput::nothing, call_format_date},
};

}  // namespace

std::span<const Function> date_functions() { return kFunctions; }

}  // namespace landfall
