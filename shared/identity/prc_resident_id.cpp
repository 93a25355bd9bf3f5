#include "shared/identity/prc_resident_id.h"

#include <array>
#include <string>

#include "shared/text/folding.h"

namespace landfall {
namespace {

constexpr std::size_t kLength = 18;
constexpr std::size_t kOldLength = 15;
constexpr std::size_t kChecked = 17;
constexpr std::size_t kBirthOffset = 6;
constexpr std::string_view kCheckCharacters = "10X98765432";
// GB/T 2260, first two digits.
constexpr std::string_view kProvinces =
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 "
    "71 81 82 83 91";
// Taiwan, Hong Kong, Macao, Taiwanese with a residence permit, and foreigners.
constexpr std::string_view kNotMainland = "71 81 82 83 91";

char check_character(std::string_view first_17) {
  constexpr std::array<unsigned, kChecked> kWeights = {7, 9, 10, 5,  8, 4, 2, 1, 6,
                                                       3, 7, 9,  10, 5, 8, 4, 2};
  unsigned sum = 0;
  for (std::size_t i = 0; i < kChecked; ++i) {
    sum += kWeights[i] * static_cast<unsigned>(first_17[i] - '0');
  }
  return kCheckCharacters[sum % kCheckCharacters.size()];
}

bool has_shape(std::string_view number) {
  if (number.empty() || number[0] == '0') return false;
  if (number.size() == kOldLength) return is_all_digits(number);
  return number.size() == kLength && is_all_digits(number.substr(0, kChecked)) &&
         (is_ascii_digit(number[kChecked]) || number[kChecked] == 'X');
}

bool is_listed(std::string_view list, std::string_view province) {
  return list.find(province) != std::string_view::npos;
}

std::optional<Date> birth_of(std::string_view number) {
  std::string iso(number.substr(kBirthOffset, 4));
  iso += '-';
  iso += number.substr(kBirthOffset + 4, 2);
  iso += '-';
  iso += number.substr(kBirthOffset + 6, 2);
  const Result<Date> date = parse_date(iso);
  if (!date.ok()) return {};
  return date.value();
}

}  // namespace

std::optional<PrcResidentId> read_prc_id(std::string_view normalised) {
  if (normalised.size() != kLength || !check_prc_id(normalised).is_acceptable()) return {};
  const std::optional<Date> birth = birth_of(normalised);
  if (!birth) return {};
  const bool is_male = (normalised[kChecked - 1] - '0') % 2 == 1;
  return PrcResidentId{*birth, is_male ? 'M' : 'F'};
}

CheckOutcome check_prc_id(std::string_view value, std::optional<Date> as_of) {
  std::string number = fold_identifier(value);
  if (!has_shape(number)) return refused_with(finding_code::prc_id_malformed);
  if (number.size() == kOldLength) {
    // The short form left out the century and the check character.
    number.insert(kBirthOffset, "19");
    number.push_back(check_character(number));
  }

  CheckOutcome outcome;
  const std::string_view province = std::string_view(number).substr(0, 2);
  if (!is_listed(kProvinces, province)) {
    outcome.findings.push_back(error_finding(finding_code::prc_id_area_unknown));
  } else if (is_listed(kNotMainland, province)) {
    outcome.findings.push_back(warning_finding(finding_code::prc_id_not_mainland));
  }
  const std::optional<Date> birth = birth_of(number);
  if (!birth || (as_of && *birth > *as_of)) {
    outcome.findings.push_back(error_finding(finding_code::prc_id_birth_date_wrong));
  }
  const char expected = check_character(number);
  if (number[kChecked] != expected) {
    outcome.findings.push_back(error_finding(finding_code::prc_id_check_character_wrong,
                                             {{"expected", std::string(1, expected)}}));
  }
  if (outcome.is_acceptable()) outcome.normalised = number;
  return outcome;
}

}  // namespace landfall
