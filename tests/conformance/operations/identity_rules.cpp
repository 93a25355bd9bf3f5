#include "tests/conformance/operations/identity_rules.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>

#include "shared/codec/json.h"
#include "shared/identity/date_rules.h"
#include "shared/identity/mrz_name.h"
#include "shared/identity/person_name.h"
#include "shared/identity/roc_calendar.h"
#include "tests/conformance/operations/row_values.h"

namespace landfall::conformance {
namespace {

std::string observed_date(const Result<Date>& date) {
  return date.ok() ? format_date(date.value()) : error_text(date.error());
}

// The first of these members that is a date.
std::optional<Date> date_member(const Json& row, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const Result<Date> date = parse_date(text_of_row(row, name));
    if (date.ok()) return date.value();
  }
  return {};
}

std::int64_t count_member(const Json& row, std::string_view name, std::int64_t otherwise) {
  const Result<std::int64_t> count = member_integer(row, name);
  return count.ok() ? count.value() : otherwise;
}

Outcome judge_date(const Json& row, std::string_view member, const Result<Date>& date) {
  const std::string observed = observed_date(date);
  return {observed == text_of_row(row, member), observed};
}

Outcome judge_validity(const Json& row, int months) {
  const auto expiry = date_member(row, {"expiry"});
  const auto reference = date_member(row, {"reference", "arrival", "date", "on"});
  if (!expiry || !reference) return {false, "row without dates"};
  const bool is_valid = is_valid_for_months(*expiry, *reference, months);
  return {is_valid == member_bool_or(row, "ok", true), is_valid ? "valid" : "too short"};
}

Outcome judge_reminders(const Json& row, Date expiry) {
  const Outcome first = judge_date(row, "first", first_reminder(expiry));
  const Outcome second = judge_date(row, "second", second_reminder(expiry));
  return {first.passed && second.passed, first.observed + " " + second.observed};
}

Outcome judge_age(const Json& row, Date birth) {
  const auto on = date_member(row, {"on", "reference", "date"});
  if (!on) return {false, "row without dates"};
  const int age = age_on(birth, *on);
  return {age == count_member(row, "result", -1), std::to_string(age)};
}

// One rule of date_rules.json; which member holds its date differs from rule to rule.
Outcome judge_rule(const Json& row, std::string_view rule) {
  if (rule == "passport_6m") return judge_validity(row, 6);
  if (rule == "passport_3m") return judge_validity(row, 3);
  const auto date = date_member(
      row, {"date", "entry", "issue", "approval", "approved", "notice", "expiry", "birth"});
  if (!date) return {false, "row without a date"};
  const auto days = static_cast<int>(count_member(row, "days", 0));
  if (rule == "reminder") return judge_reminders(row, *date);
  if (rule == "age") return judge_age(row, *date);

  Result<Date> result = Error{};
  if (rule == "add_months") result = add_months(*date, count_member(row, "n", 0));
  if (rule == "stay_until") result = last_day_of_stay(*date, days);
  if (rule == "apply_after_entry") result = apply_deadline(*date, days);
  if (rule == "tac_current") result = travel_authorisation_end(*date);
  if (rule == "tac_2011") result = add_days(*date, 30);
  if (rule == "permit_valid_until") result = permit_end(*date, 3);
  if (rule == "pay_deadline") result = add_months(*date, 2);
  if (rule == "supplement_deadline") result = supplement_deadline(*date, 3);
  if (rule == "renewal_window_open") {
    const std::int64_t months = count_member(row, "months", 0);
    result = months != 0 ? add_months(*date, -months)
                         : add_days(*date, -count_member(row, "window", days));
  }
  return judge_date(row, "result", result);
}

Outcome judge_mrz_spelling(const Json& row) {
  const std::string primary(text_of_row(row, "primary"));
  const std::string secondary(text_of_row(row, "secondary"));
  const std::string_view expected = text_of_row(row, "mrz");
  const std::string field = format_mrz_name(primary, secondary, 39);
  std::string padded(expected);
  padded.resize(39, '<');
  return {field == padded && is_mrz_name_of(field, primary, secondary), field};
}

// The truncation is the issuer's choice: ours must be well-formed, and the row's recognised.
Outcome judge_truncation(const Json& row) {
  const std::string_view primary = text_of_row(row, "primary");
  const std::string_view secondary = text_of_row(row, "secondary");
  const std::string_view name = has_member(row, "mrz39") ? "mrz39" : "mrz31";
  const std::string_view expected = text_of_row(row, name);
  const std::string field = format_mrz_name(primary, secondary, expected.size());
  const bool passed = field.back() != '<' && is_mrz_name_of(field, primary, secondary) &&
                      is_mrz_name_of(expected, primary, secondary);
  return {passed, field};
}

Outcome judge_name(std::string_view value, bool is_chinese, bool is_valid) {
  const CheckOutcome outcome = is_chinese ? check_name_zh(value, true) : check_name_en(value);
  const std::string observed =
      outcome.findings.empty() ? outcome.normalised : outcome.findings[0].code;
  return {outcome.is_acceptable() == is_valid, observed};
}

}  // namespace

Outcome run_identity_names(const Row& row) {
  if (row.group == "truncation_examples") return judge_truncation(row.row);
  if (row.group == "valid_chinese") return judge_name(text_value(row.row), true, true);
  if (row.group == "valid") return judge_mrz_spelling(row.row);
  const bool is_chinese = text_of_row(row.row, "field") == "chinese";
  return judge_name(text_of_row(row.row, "value"), is_chinese, false);
}

Outcome run_date_rules(const Row& row) {
  if (row.group == "valid") return judge_rule(row.row, text_of_row(row.row, "rule"));
  const std::string_view value = text_of_row(row.row, "value");
  const CheckOutcome outcome = check_date(value);
  // The row lists the last day of the calendar because it may stand for "no expiry" only; as a date
  // it exists.
  const bool expected = value == "9999-12-31";
  return {outcome.is_acceptable() == expected,
          expected ? outcome.normalised : std::string(outcome.findings.empty() ? "" : "refused")};
}

Outcome run_roc_calendar(const Row& row) {
  if (row.group != "valid") {
    const Result<Date> date = parse_roc_date(text_of_row(row.row, "value"));
    return {!date.ok(), observed_date(date)};
  }
  const auto date = date_member(row.row, {"gregorian"});
  if (!date) return {false, "row without a date"};
  const std::string text = format_roc_date(*date);
  const std::string compact = format_roc_compact(*date).value_or("");
  const RocYear year = roc_year_of(*date);
  const std::string_view year_member = year.before_era ? "roc_before" : "roc_year";
  const Result<Date> from_text = parse_roc_date(text);
  const Result<Date> from_compact = parse_roc_date(compact);
  const bool passed = text == text_of_row(row.row, "text") &&
                      compact == text_of_row(row.row, "compact") && from_text.ok() &&
                      from_text.value() == *date &&
                      count_member(row.row, year_member, 0) == year.year &&
                      (compact.empty() || (from_compact.ok() && from_compact.value() == *date));
  return {passed, text + " " + compact};
}

}  // namespace landfall::conformance
