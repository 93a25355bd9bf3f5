#include "shared/functions/identity_answer.h"

#include <optional>

#include "shared/functions/texts.h"
#include "shared/identity/kinds.h"
#include "shared/identity/mrz_fields.h"
#include "shared/identity/mrz_name.h"

namespace landfall {
namespace {

std::optional<Date> take_date(std::string_view& joined) {
  const Result<Date> date = parse_date(take_text(joined));
  return date.ok() ? std::optional(date.value()) : std::nullopt;
}

std::string answer_of_check(std::string_view joined) {
  const std::string_view type = take_text(joined);
  const std::string_view value = take_text(joined);
  CheckContext context;
  context.as_of = take_date(joined);
  for (std::string* member :
       {&context.country, &context.region, &context.calling_code, &context.email_policy}) {
    *member = take_text(joined);
  }
  context.single_name = take_text(joined) == "1";
  context.specimens = take_text(joined) == "1";
  const Result<CheckOutcome> outcome = check_value(type, value, context);
  if (!outcome.ok()) return {};
  std::string answer = join_texts({outcome.value().normalised});
  for (const Finding& finding : outcome.value().findings) {
    append_text(answer, finding.code);
    append_text(answer, finding.severity == Severity::warning ? "w" : "e");
    append_text(answer, std::string(1, static_cast<char>(finding.params.size())));
    for (const auto& [name, text] : finding.params) {
      append_text(answer, name);
      append_text(answer, text);
    }
  }
  return answer;
}

std::string answer_of_field(std::string_view joined) {
  const Result<Mrz> mrz = parse_mrz(take_text(joined));
  const std::string_view name = take_text(joined);
  const std::optional<Date> today = take_date(joined);
  if (!mrz.ok() || !today) return {};
  const std::optional<std::string> field = find_mrz_field(mrz.value(), name, *today);
  return field ? "1" + *field : "0";
}

std::string answer_of_names(std::string_view joined) {
  const Result<Mrz> mrz = parse_mrz(take_text(joined));
  const std::string_view surname = take_text(joined);
  const std::string_view given = take_text(joined);
  return mrz.ok() && is_mrz_name_of(mrz.value().name_field, surname, given) ? "1" : "0";
}

}  // namespace

std::string identity_answer_to(Computation what, std::string_view arguments) {
  switch (what) {
    case Computation::check_identity:
      return answer_of_check(arguments);
    case Computation::field_of_zone:
      return answer_of_field(arguments);
    case Computation::can_carry_zone:
      return answer_of_names(arguments);
    default:
      return {};
  }
}

}  // namespace landfall
