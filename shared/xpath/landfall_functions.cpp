// Landfall's own functions: month arithmetic, ages, identifiers, switches of the package.

#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "shared/identity/kinds.h"
#include "shared/identity/mrz.h"
#include "shared/identity/mrz_name.h"
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

CheckContext check_context(Evaluator& e) {
  CheckContext context;
  const CivilTime today = civil_of(e.context().now_ms, e.context().zone);
  if (today.year >= kMinYear && today.year <= kMaxYear) {
    context.as_of = Date{static_cast<int>(today.year), static_cast<int>(today.month),
                         static_cast<int>(today.day)};
  }
  return context;
}

// check(type, value): whether the value is acceptable as one of shared/identity's types; an empty
// value is.
Value call_check(Evaluator& e, const SyntaxNode& call) {
  const std::string type = e.text_argument(call, 0);
  const std::string value = e.text_argument(call, 1);
  if (value.empty() || e.failed()) return true;
  const Result<CheckOutcome> outcome = check_value(type, value, check_context(e));
  if (!outcome.ok()) {
    e.fail(ErrorCode::xpath_type, e.syntax_of_argument(call, 0));
    return false;
  }
  return outcome.value().is_acceptable();
}

// config(key): the text of a switch of the package; its truth values are "true" and "false".
Value call_config(Evaluator& e, const SyntaxNode& call) {
  return e.nodes().config(e.text_argument(call, 0)).value_or(std::string());
}

std::string date_text(const std::optional<Date>& date) {
  return date ? format_date(*date) : std::string();
}

// One field of a zone as text; nothing for a name that is no field.
std::optional<std::string> field_of(const Mrz& m, std::string_view name, Date today) {
  if (name == "number") return m.number.value;
  if (name == "birth_date") return date_text(mrz_birth_date(m.birth_date.value, today));
  if (name == "expiry_date") return date_text(mrz_expiry_date(m.expiry_date.value, today));
  if (name == "sex") return std::string(1, m.sex == '<' ? 'X' : m.sex);
  if (name == "issuer") return m.issuer;
  if (name == "nationality") return m.nationality;
  if (name == "issuer_country") return form_country_of_mrz(m.issuer);
  if (name == "nationality_country") return form_country_of_mrz(m.nationality);
  if (name == "document_code") return m.document_code;
  if (name == "surname") return m.name.primary;
  if (name == "given_names") return m.name.secondary;
  if (name == "optional_data") return m.optional_data;
  return std::nullopt;
}

// mrz-field(zone, name): a field of a machine-readable zone by the names above, dates as
// "YYYY-MM-DD"; the …_country ones as a form has them ("DEU" for "D<<"); empty when the zone cannot
// be read.
Value call_mrz_field(Evaluator& e, const SyntaxNode& call) {
  const std::string zone = e.text_argument(call, 0);
  const std::string name = e.text_argument(call, 1);
  const Result<Mrz> mrz = parse_mrz(zone);
  const std::optional<Date> today = check_context(e).as_of;
  if (!mrz.ok() || !today) return std::string();
  std::optional<std::string> field = field_of(mrz.value(), name, *today);
  if (field) return std::move(*field);
  e.fail(ErrorCode::xpath_type, e.syntax_of_argument(call, 1));
  return std::string();
}

// mrz-name-matches(zone, surname, given): whether a passport with these names can carry the zone.
Value call_mrz_name_matches(Evaluator& e, const SyntaxNode& call) {
  const Result<Mrz> mrz = parse_mrz(e.text_argument(call, 0));
  const std::string surname = e.text_argument(call, 1);
  const std::string given = e.text_argument(call, 2);
  return mrz.ok() && is_mrz_name_of(mrz.value().name_field, surname, given);
}

constexpr std::array kFunctions = {
    Function{"add-months", 2, 2, 0, FunctionInput::nothing, call_add_months},
    Function{"age-on", 2, 2, 0, FunctionInput::nothing, call_age_on},
    Function{"check", 2, 2, 0, FunctionInput::clock, call_check},
    Function{"mrz-field", 2, 2, 0, FunctionInput::clock, call_mrz_field},
    Function{"mrz-name-matches", 3, 3, 0, FunctionInput::nothing, call_mrz_name_matches},
    Function{"config", 1, 1, 0, FunctionInput::form, call_config},
};

}  // namespace

std::span<const Function> landfall_functions() { return kFunctions; }

}  // namespace landfall
