#include <algorithm>
#include <string>
#include <utility>

#include "shared/identity/country.h"
#include "shared/identity/mrz.h"
#include "shared/text/folding.h"

namespace landfall {
namespace {

constexpr char kFiller = '<';
constexpr int kYearsAhead = 50;

// Six digits as a date in the hundred years that begin with `century`.
std::optional<Date> date_in(std::string_view digits, int century) {
  if (digits.size() != 6 || !is_all_digits(digits)) return {};
  const auto pair = [digits](std::size_t at) {
    return (digits[at] - '0') * 10 + (digits[at + 1] - '0');
  };
  const Date date{century + pair(0), pair(2), pair(4)};
  if (!is_date(date.year, date.month, date.day)) return {};
  return date;
}

int century_of(Date date) { return date.year / 100 * 100; }

// A date of a zone may be unknown as a whole; a birth date also in its month or day.
bool is_possible_date(std::string_view field, bool may_be_partial) {
  if (field.find_first_not_of(kFiller) == std::string_view::npos) return true;
  if (field.find(kFiller) == std::string_view::npos) {
    // 2000 was a leap year and 1900 was not, so a day in either century will do.
    return date_in(field, 1900).has_value() || date_in(field, 2000).has_value();
  }
  std::string known(field);
  for (std::size_t at = 2; at < known.size(); at += 2) {
    if (known.compare(at, 2, "<<") == 0) known.replace(at, 2, "01");
  }
  return may_be_partial && date_in(known, 2000).has_value();
}

class ZoneChecker {
 public:
  ZoneChecker(const Mrz& mrz, bool specimens) : mrz_(mrz), specimens_(specimens) {}

  std::vector<Finding> check() {
    check_digit("number", mrz_.number);
    check_digit("birth_date", mrz_.birth_date);
    check_digit("expiry_date", mrz_.expiry_date);
    if (mrz_.personal_number) check_digit("personal_number", *mrz_.personal_number);
    if (mrz_.composite) check_digit("composite", *mrz_.composite);
    check_dates();
    check_countries();
    check_person();
    return std::move(findings_);
  }

 private:
  void add(std::string_view code, FindingParams params = {}) {
    findings_.push_back(error_finding(code, params));
  }

  void check_digit(std::string_view field, const MrzChecked& value) {
    if (value.is_right) return;
    // Fillers at the end count nothing, so the digit of the trimmed value is the field's.
    const char expected = mrz_check_digit(value.value).value_or('0');
    add(finding_code::mrz_check_digit_wrong,
        {{"field", field}, {"expected", std::string(1, expected)}});
  }

  void check_dates() {
    if (!is_possible_date(padded(mrz_.birth_date.value), true)) {
      add(finding_code::mrz_date_wrong, {{"field", "birth_date"}});
    }
    if (!is_possible_date(padded(mrz_.expiry_date.value), false)) {
      add(finding_code::mrz_date_wrong, {{"field", "expiry_date"}});
    }
  }

  void check_countries() {
    if (!is_country_code(mrz_.issuer, CountryUse::mrz_issuer, specimens_)) {
      add(finding_code::mrz_country_unknown, {{"field", "issuer"}});
    }
    if (!is_country_code(mrz_.nationality, CountryUse::mrz_nationality, specimens_)) {
      add(finding_code::mrz_country_unknown, {{"field", "nationality"}});
    }
  }

  void check_person() {
    if (mrz_.sex != 'M' && mrz_.sex != 'F' && mrz_.sex != kFiller) {
      add(finding_code::mrz_sex_wrong);
    }
    if (mrz_.name.primary.empty()) add(finding_code::mrz_name_missing);
    if (mrz_.name_field.find_first_of("0123456789") != std::string::npos) {
      add(finding_code::mrz_name_character);
    }
  }

  static std::string padded(std::string_view date) {
    std::string field(date);
    field.resize(6, kFiller);
    return field;
  }

  const Mrz& mrz_;
  bool specimens_;
  std::vector<Finding> findings_;
};

}  // namespace

std::optional<Date> mrz_birth_date(std::string_view digits, Date as_of) {
  const std::optional<Date> recent = date_in(digits, century_of(as_of));
  if (recent && *recent <= as_of) return recent;
  return date_in(digits, century_of(as_of) - 100);
}

std::optional<Date> mrz_expiry_date(std::string_view digits, Date as_of) {
  const std::optional<Date> recent = date_in(digits, century_of(as_of));
  if (recent && recent->year > as_of.year + kYearsAhead) {
    return date_in(digits, century_of(as_of) - 100);
  }
  return recent;
}

std::string form_country_of_mrz(std::string_view code) {
  return code == "D<<" ? "DEU" : std::string(code.substr(0, code.find(kFiller)));
}

CheckOutcome check_mrz(std::string_view value, bool specimens) {
  const std::string zone = fold_width(trim(value));
  const Result<Mrz> mrz = parse_mrz(zone);
  if (!mrz.ok()) return refused_with(finding_code::mrz_malformed);
  CheckOutcome outcome;
  outcome.findings = ZoneChecker(mrz.value(), specimens).check();
  if (!outcome.findings.empty()) return outcome;
  outcome.normalised = mrz.value().zone;
  return outcome;
}

}  // namespace landfall
