#include <array>
#include <string>

#include "shared/codec/json.h"
#include "shared/identity/country.h"
#include "shared/identity/kinds.h"
#include "shared/identity/mainland_travel_permit.h"
#include "shared/identity/mrz.h"
#include "shared/identity/phone.h"
#include "shared/identity/prc_resident_id.h"
#include "shared/identity/ui_no.h"
#include "tests/conformance/operations/identity_rules.h"
#include "tests/conformance/operations/operations.h"
#include "tests/conformance/operations/row_values.h"

namespace landfall::conformance {
namespace {

constexpr Date kAsOf{2026, 11, 21};

// The files whose rows are single values of one type.
struct FileType {
  std::string_view file;
  std::string_view type;
};
constexpr auto kFileTypes = std::to_array<FileType>({
    {"email.json", "email"},
    {"hkid.json", "hkid"},
    {"macau_bir.json", "macau_bir"},
    {"mainland_travel_permit.json", "mainland_travel_permit"},
    {"mrz_mrv_a.json", "mrz"},
    {"mrz_mrv_b.json", "mrz"},
    {"mrz_td1.json", "mrz"},
    {"mrz_td2.json", "mrz"},
    {"mrz_td3.json", "mrz"},
    {"passport_numbers.json", "passport_number"},
    {"prc_resident_id.json", "prc_id"},
    {"roc_national_id.json", "roc_id"},
    {"tw_phone.json", "tw_phone"},
    {"tw_ubn.json", "ubn"},
    {"ui_no_new.json", "ui_no"},
    {"ui_no_old.json", "ui_no"},
});

CheckContext context_of(const Row& row) {
  CheckContext context;
  context.as_of = kAsOf;
  context.country = text_of_row(row.row, "country");
  context.email_policy = "block";
  context.specimens = true;
  return context;
}

std::string value_of(const Row& row) {
  if (row.row.is_string()) return std::string(text_value(row.row));
  if (row.group == "normalised") return std::string(text_of_row(row.row, "raw"));
  if (!has_member(row.row, "lines")) return std::string(text_of_row(row.row, "value"));
  std::string zone;
  for (const std::string& line : texts_of_row(row.row, "lines")) zone += line + "\n";
  return zone;
}

std::string described(const CheckOutcome& outcome) {
  std::string text = outcome.normalised;
  for (const Finding& finding : outcome.findings) {
    text += finding.severity == Severity::error ? " error:" : " warning:";
    text += finding.code;
    for (const auto& [name, param] : finding.params) text += " " + name + "=" + param;
  }
  return text;
}

// True when the row has no text member of that name, or has this one.
bool agrees(const Json& row, std::string_view name, std::string_view value) {
  const Json* member = find_member(row, name);
  return member == nullptr || !member->is_string() || text_value(*member) == value;
}

std::string_view group_name(UiNoGroup group) {
  switch (group) {
    case UiNoGroup::foreign:
      return "foreign";
    case UiNoGroup::without_household_registration:
      return "NWOHR";
    case UiNoGroup::hong_kong_macao:
      return "Hong Kong";
    case UiNoGroup::mainland:
      return "mainland resident";
    case UiNoGroup::mixed:
      return "NWOHR/CN/HK/MO";
  }
  return "";
}

// What the rows say about an accepted number besides that it is one.
bool facts_agree(std::string_view type, const Json& row, const std::string& normalised) {
  if (!row.is_object()) return true;
  if (type == "tw_phone") {
    const auto phone = read_tw_phone(text_of_row(row, "value"));
    return phone && agrees(row, "e164", phone->e164) && agrees(row, "ext", phone->extension) &&
           agrees(row, "kind", phone->kind == TwPhoneKind::mobile ? "mobile" : "landline");
  }
  if (type == "prc_id") {
    const auto id = read_prc_id(normalised);
    return id && agrees(row, "upgraded", normalised) &&
           agrees(row, "birth", format_date(id->birth)) &&
           agrees(row, "sex", std::string(1, id->sex));
  }
  if (type == "ui_no") {
    const auto number = read_ui_no(normalised);
    return number && agrees(row, "sex", std::string(1, number->sex)) &&
           text_of_row(row, "group").starts_with(group_name(number->group));
  }
  if (type == "mainland_travel_permit") {
    const auto permit = read_mainland_travel_permit(normalised);
    const Json* renewals = find_member(row, "renewals");
    const bool counts = renewals == nullptr || renewals->is_null() == !permit->renewals;
    return permit && agrees(row, "region", permit->region) && counts;
  }
  return true;
}

Outcome judge(const Row& row, std::string_view type, const CheckOutcome& outcome) {
  const std::string observed = described(outcome);
  const bool accepted = outcome.is_acceptable();
  if (row.group.starts_with("invalid")) return {!accepted, observed};
  if (row.group.starts_with("warn")) return {accepted && !outcome.findings.empty(), observed};
  if (row.group == "normalised") {
    return {accepted && outcome.normalised == text_of_row(row.row, "value"), observed};
  }
  if (row.group == "partial_without_check") {
    const std::string whole = value_of(row) + std::string(text_of_row(row.row, "check"));
    return {accepted && outcome.normalised == whole, observed};
  }
  return {accepted && facts_agree(type, row.row, outcome.normalised), observed};
}

// "form", "mrz", "mrz nationality", "mrz issuer" and "mrz, test mode only".
Outcome run_country(const Row& row) {
  const std::string_view context = text_of_row(row.row, "context");
  const std::string_view code = text_of_row(row.row, "value");
  const bool specimens = context.find("test mode") != std::string_view::npos;
  bool accepted = false;
  if (context == "form") {
    accepted = check_country(code).is_acceptable();
  } else {
    const bool as_issuer = context.find("nationality") == std::string_view::npos;
    const bool as_nationality = context.find("issuer") == std::string_view::npos;
    accepted = (as_issuer && is_country_code(code, CountryUse::mrz_issuer, specimens)) ||
               (as_nationality && is_country_code(code, CountryUse::mrz_nationality, specimens));
  }
  return {accepted == (row.group == "valid"), accepted ? "accepted" : "refused"};
}

Outcome run_mrz_check_digit(const Row& row) {
  const std::string digit(1, mrz_check_digit(text_of_row(row.row, "value")).value_or('?'));
  const bool is_equal = digit == text_of_row(row.row, "check");
  return {is_equal == (row.group == "valid"), digit};
}

}  // namespace

Outcome run_identity(const Row& row) {
  if (row.file == "country_codes.json") return run_country(row);
  if (row.file == "mrz_check_digit.json") return run_mrz_check_digit(row);
  if (row.file == "names.json") return run_identity_names(row);
  if (row.file == "date_rules.json") return run_date_rules(row);
  if (row.file == "roc_calendar.json") return run_roc_calendar(row);
  if (row.file == "form_cases.json") return run_form_case(row);
  if (row.file == "fees.json") return run_fees(row);
  if (row.file == "fines.json") return run_fines(row);
  if (row.file == "attachments.json") return run_attachments(row);
  for (const FileType& entry : kFileTypes) {
    if (entry.file != row.file) continue;
    const Result<CheckOutcome> outcome = check_value(entry.type, value_of(row), context_of(row));
    if (!outcome.ok()) return {row.group.starts_with("invalid"), error_text(outcome.error())};
    return judge(row, entry.type, outcome.value());
  }
  return {false, "no operation for this file"};
}

}  // namespace landfall::conformance
