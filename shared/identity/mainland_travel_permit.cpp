#include "shared/identity/mainland_travel_permit.h"

#include "shared/text/folding.h"

namespace landfall {

std::optional<MainlandTravelPermit> read_mainland_travel_permit(std::string_view normalised) {
  if (normalised.empty() || (normalised[0] != 'H' && normalised[0] != 'M')) return {};
  MainlandTravelPermit permit;
  permit.region = normalised[0] == 'H' ? "HKG" : "MAC";
  const std::string_view number = normalised.substr(1);
  if (number.size() == 8 && number[0] == 'A' && is_all_digits(number.substr(1))) {
    permit.non_chinese_citizen = true;
    return permit;
  }
  if (!is_all_digits(number) || (number.size() != 8 && number.size() != 10)) return {};
  if (number.size() == 10) permit.renewals = (number[8] - '0') * 10 + (number[9] - '0');
  return permit;
}

CheckOutcome check_mainland_travel_permit(std::string_view value, std::string_view region) {
  const std::string number = fold_identifier(value);
  const auto permit = read_mainland_travel_permit(number);
  if (!permit) return refused_with(finding_code::mainland_travel_permit_malformed);
  CheckOutcome outcome{{}, number};
  if (!region.empty() && region != permit->region) {
    outcome.findings.push_back(
        error_finding(finding_code::mainland_travel_permit_region, {{"region", permit->region}}));
  }
  if (permit->non_chinese_citizen) {
    outcome.findings.push_back(warning_finding(finding_code::mainland_travel_permit_non_chinese));
  }
  return outcome;
}

}  // namespace landfall
