#include "shared/identity/kinds.h"

#include <algorithm>
#include <array>

#include "shared/identity/country.h"
#include "shared/identity/email.h"
#include "shared/identity/hkid.h"
#include "shared/identity/macau_bir.h"
#include "shared/identity/mainland_travel_permit.h"
#include "shared/identity/mrz.h"
#include "shared/identity/partial_date.h"
#include "shared/identity/passport_number.h"
#include "shared/identity/person_name.h"
#include "shared/identity/phone.h"
#include "shared/identity/prc_resident_id.h"
#include "shared/identity/roc_calendar.h"
#include "shared/identity/roc_national_id.h"
#include "shared/identity/tw_ubn.h"
#include "shared/identity/types.h"
#include "shared/identity/ui_no.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

CheckOutcome check_email_with_policy(std::string_view value, const CheckContext& context) {
  CheckOutcome outcome = check_email(value);
  if (!outcome.is_acceptable() || context.email_policy.empty()) return outcome;
  const Severity severity = context.email_policy == "warn" ? Severity::warning : Severity::error;
  for (Finding& finding :
       check_email_provider(outcome.normalised, mainland_email_domains(), severity)) {
    outcome.findings.push_back(std::move(finding));
  }
  return outcome;
}

NameTrack track_of(const CheckContext& context) {
  const bool is_hong_kong_or_macao = context.region == "HKG" || context.region == "MAC";
  return is_hong_kong_or_macao ? NameTrack::hong_kong_macao : NameTrack::general;
}

using Check = CheckOutcome (*)(std::string_view value, const CheckContext& context);
using V = std::string_view;
using C = const CheckContext&;

constexpr std::size_t kTypeCount = std::count(kIdentityTypes.begin(), kIdentityTypes.end(), ' ');

constexpr std::array<std::string_view, kTypeCount> names_of_types() {
  std::array<std::string_view, kTypeCount> names;
  std::string_view rest = kIdentityTypes;
  for (std::string_view& name : names) {
    name = rest.substr(0, rest.find(' '));
    rest.remove_prefix(name.size() + 1);
  }
  return names;
}

constexpr std::array kNames = names_of_types();

// In the order of kNames.
constexpr std::array<Check, kTypeCount> kChecks = {
    [](V value, C) { return check_country(value); },
    [](V value, C) { return check_date(value); },
    check_email_with_policy,
    [](V value, C) { return check_hkid(value); },
    [](V value, C) { return check_macau_bir(value); },
    [](V value, C context) { return check_mainland_travel_permit(value, context.region); },
    [](V value, C context) { return check_mrz(value, context.specimens); },
    [](V value, C context) { return check_name_en(value, track_of(context)); },
    [](V value, C context) { return check_name_zh(value, context.single_name); },
    [](V value, C) { return check_partial_date(value); },
    [](V value, C context) { return check_passport_number(value, context.country); },
    [](V value, C context) { return check_person_name(value, context.single_name); },
    [](V value, C context) { return check_phone(value, context.calling_code); },
    [](V value, C context) { return check_prc_id(value, context.as_of); },
    [](V value, C) { return check_roc_date(value); },
    [](V value, C) { return check_roc_id(value); },
    [](V value, C) { return check_tw_phone(value); },
    [](V value, C) { return check_ubn(value); },
    [](V value, C context) { return check_ui_no(value, context.as_of); },
    [](V value, C) { return check_zh_text(value); },
};

}  // namespace

std::span<const std::string_view> identity_types() { return kNames; }

Result<CheckOutcome> check_value(std::string_view type, std::string_view value,
                                 const CheckContext& context) {
  const auto* const found = std::lower_bound(kNames.begin(), kNames.end(), type);
  if (found == kNames.end() || *found != type) return Error{ErrorCode::identity_type_unknown, 0};
  const std::size_t invalid = find_invalid_utf8(value);
  if (invalid != std::string_view::npos) {
    return Error{ErrorCode::utf8_invalid, static_cast<std::uint32_t>(invalid)};
  }
  return kChecks[static_cast<std::size_t>(found - kNames.begin())](value, context);
}

}  // namespace landfall
