#include "shared/identity/ui_no.h"

#include <string>

#include "shared/identity/roc_national_id.h"
#include "shared/text/folding.h"

namespace landfall {
namespace {

constexpr std::size_t kLength = 10;
constexpr Date kOldFormatEnd{2031, 1, 1};

bool is_old(char second) { return second >= 'A' && second <= 'D'; }
bool is_new(char second) { return second == '8' || second == '9'; }

// The check digit that belongs to a number of the right shape; nullopt for another shape.
std::optional<char> expected_digit(std::string_view number) {
  if (number.size() != kLength || !is_ascii_digit(number[kLength - 1])) return {};
  if (!is_old(number[1]) && !is_new(number[1])) return {};
  return roc_check_digit(number.substr(0, kLength - 1));
}

UiNoGroup group_of(char third) {
  switch (third) {
    case '7':
      return UiNoGroup::without_household_registration;
    case '8':
      return UiNoGroup::hong_kong_macao;
    case '9':
      return UiNoGroup::mainland;
    default:
      return UiNoGroup::foreign;
  }
}

}  // namespace

std::optional<UiNo> read_ui_no(std::string_view normalised) {
  const std::optional<char> expected = expected_digit(normalised);
  if (!expected || *expected != normalised[kLength - 1]) return {};
  const char second = normalised[1];
  if (is_new(second)) {
    return UiNo{UiNoFormat::new_one_letter, second == '8' ? 'M' : 'F', group_of(normalised[2])};
  }
  const bool is_male = second == 'A' || second == 'C';
  return UiNo{UiNoFormat::old_two_letters, is_male ? 'M' : 'F',
              second >= 'C' ? UiNoGroup::foreign : UiNoGroup::mixed};
}

CheckOutcome check_ui_no(std::string_view value, std::optional<Date> as_of) {
  const std::string number = fold_identifier(value);
  const std::optional<char> expected = expected_digit(number);
  if (!expected) return refused_with(finding_code::ui_no_malformed);
  if (*expected != number[kLength - 1]) {
    return refused_with(finding_code::ui_no_check_digit_wrong,
                        {{"expected", std::string(1, *expected)}});
  }
  CheckOutcome outcome{{}, number};
  if (is_old(number[1]) && as_of && *as_of > kOldFormatEnd) {
    outcome.findings.push_back(warning_finding(finding_code::ui_no_old_format_ended));
  }
  return outcome;
}

}  // namespace landfall
