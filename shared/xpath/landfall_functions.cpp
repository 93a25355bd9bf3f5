// Landfall's own functions: month arithmetic, ages, identifiers, switches of the package.

#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "shared/functions/compute.h"
#include "shared/functions/identity.h"
#include "shared/xpath/evaluator.h"

namespace landfall {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// add-months(date, n): the same day n months later, the last of the month where there is none.
Value call_add_months(Evaluator& e, const SyntaxNode& call) {
  const DateTime date = e.date_of(e.argument(call, 0));
  const double months = std::trunc(e.number_argument(call, 1));
  if (!(std::abs(months) <= 120000)) return DateTime{0, false, false};
  return add_months(date, static_cast<std::int64_t>(months), e.context().zone);
}

// age-on(birth, date): full years; someone born on 29 February has a birthday on 1 March otherwise.
Value call_age_on(Evaluator& e, const SyntaxNode& call) {
  const DateTime birth = e.date_of(e.argument(call, 0));
  const DateTime on = e.date_of(e.argument(call, 1));
  if (!birth.valid || !on.valid) return kNaN;
  const CivilTime from = civil_of(birth.milliseconds, e.context().zone);
  const CivilTime to = civil_of(on.milliseconds, e.context().zone);
  const bool before_birthday =
      to.month < from.month || (to.month == from.month && to.day < from.day);
  return static_cast<double>(to.year - from.year - (before_birthday ? 1 : 0));
}

// Nothing where the clock stands before year 1 or after year 9999.
std::optional<Date> today_of(Evaluator& e) {
  const CivilTime today = civil_of(e.context().now_ms, e.context().zone);
  if (today.year < kMinYear || today.year > kMaxYear) return std::nullopt;
  return Date{static_cast<int>(today.year), static_cast<int>(today.month),
              static_cast<int>(today.day)};
}

// check(type, value): whether the value is acceptable as one of shared/identity's types; an empty
// value is.
Value call_check(Evaluator& e, const SyntaxNode& call) {
  const std::string type = e.text_argument(call, 0);
  const std::string value = e.text_argument(call, 1);
  if (value.empty() || e.failed()) return true;
  CheckContext context;
  context.as_of = today_of(e);
  const Result<CheckOutcome> outcome = check_identity(type, value, context);
  if (outcome.ok()) return outcome.value().is_acceptable();
  const bool is_there = outcome.error().code != ErrorCode::functions_needed;
  e.fail(is_there ? ErrorCode::xpath_type : ErrorCode::functions_needed,
         e.syntax_of_argument(call, 0));
  return false;
}

// config(key): the text of a switch of the package; its truth values are "true" and "false".
Value call_config(Evaluator& e, const SyntaxNode& call) {
  return e.nodes().config(e.text_argument(call, 0)).value_or(std::string());
}

// mrz-field(zone, name): a field of a machine-readable zone, as field_of_zone() names and writes
// it.
Value call_mrz_field(Evaluator& e, const SyntaxNode& call) {
  const std::string zone = e.text_argument(call, 0);
  const std::string name = e.text_argument(call, 1);
  const std::optional<Date> today = today_of(e);
  if (e.failed() || !today) return std::string();
  Result<std::string> field = field_of_zone(zone, name, *today);
  if (field.ok()) return std::move(field).value();
  e.fail(field.error().code, e.syntax_of_argument(call, 1));
  return std::string();
}

// mrz-name-matches(zone, surname, given): whether a passport with these names can carry the zone.
Value call_mrz_name_matches(Evaluator& e, const SyntaxNode& call) {
  const std::string zone = e.text_argument(call, 0);
  const std::string surname = e.text_argument(call, 1);
  const std::string given = e.text_argument(call, 2);
  if (e.failed()) return false;
  const Result<bool> matches = can_carry_zone(zone, surname, given);
  if (!matches.ok()) e.fail(matches.error().code, call);
  return matches.ok() && matches.value();
}

constexpr std::array kFunctions = {
    Function{"add-months", 2, 2, 0, FunctionInput::nothing, call_add_months},
    Function{"age-on", 2, 2, 0, FunctionInput::nothing, call_age_on},
    Function{"check", 2, 2, 0, FunctionInput::clock, call_check, false, false, kIdentityModule},
    Function{"mrz-field", 2, 2, 0, FunctionInput::clock, call_mrz_field, false, false,
             kIdentityModule},
    Function{"mrz-name-matches", 3, 3, 0, FunctionInput::nothing, call_mrz_name_matches, false,
             false, kIdentityModule},
    Function{"config", 1, 1, 0, FunctionInput::form, call_config},
};

}  // namespace

std::span<const Function> landfall_functions() { return kFunctions; }

}  // namespace landfall
