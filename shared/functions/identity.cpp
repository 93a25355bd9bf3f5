#include "shared/functions/identity.h"

#include "shared/functions/compute.h"
#include "shared/functions/texts.h"
#include "shared/identity/types.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

constexpr Error kNobodyThere{ErrorCode::functions_needed, kIdentityModule};

std::string_view truth(bool value) { return value ? "1" : ""; }

Finding take_finding(std::string_view& joined) {
  Finding finding;
  finding.code = take_text(joined);
  finding.severity = take_text(joined) == "w" ? Severity::warning : Severity::error;
  const std::string_view count = take_text(joined);
  for (char left = count.empty() ? '\0' : count[0]; left > 0 && !joined.empty(); --left) {
    const std::string_view name = take_text(joined);
    finding.params.emplace_back(name, take_text(joined));
  }
  return finding;
}

}  // namespace

Result<CheckOutcome> check_identity(std::string_view type, std::string_view value,
                                    const CheckContext& context) {
  if (!is_identity_type(type)) return Error{ErrorCode::identity_type_unknown, 0};
  const std::size_t invalid = find_invalid_utf8(value);
  if (invalid != std::string_view::npos) {
    return Error{ErrorCode::utf8_invalid, static_cast<std::uint32_t>(invalid)};
  }
  if (is_judged_here(type)) return check_date(value);
  const std::optional<std::string> answer = compute(
      Computation::check_identity,
      join_texts({type, value, context.as_of ? format_date(*context.as_of) : std::string(),
                  context.country, context.region, context.calling_code, context.email_policy,
                  truth(context.single_name), truth(context.specimens)}));
  if (!answer) return kNobodyThere;
  std::string_view joined = *answer;
  CheckOutcome outcome;
  outcome.normalised = take_text(joined);
  while (!joined.empty()) outcome.findings.push_back(take_finding(joined));
  return outcome;
}

Result<std::string> field_of_zone(std::string_view zone, std::string_view name, Date today) {
  const std::optional<std::string> answer =
      compute(Computation::field_of_zone, join_texts({zone, name, format_date(today)}));
  if (!answer) return kNobodyThere;
  if (*answer == "0") return Error{ErrorCode::xpath_type};
  return answer->empty() ? std::string() : answer->substr(1);
}

Result<bool> can_carry_zone(std::string_view zone, std::string_view surname,
                            std::string_view given) {
  const std::optional<std::string> answer =
      compute(Computation::can_carry_zone, join_texts({zone, surname, given}));
  if (!answer) return kNobodyThere;
  return *answer == "1";
}

}  // namespace landfall
