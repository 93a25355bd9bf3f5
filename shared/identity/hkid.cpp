#include "shared/identity/hkid.h"

#include <string>

#include "shared/text/folding.h"

namespace landfall {
namespace {

constexpr std::size_t kDigits = 6;
constexpr unsigned kSpaceValue = 36;  // stands before a single letter
constexpr unsigned kFirstWeight = 9;

// How many letters a number begins with, if it goes on with six digits; 0 otherwise.
std::size_t letters_of(std::string_view number) {
  const std::size_t letters = number.size() > 1 && is_ascii_upper(number[1]) ? 2 : 1;
  if (number.size() < letters + kDigits || !is_ascii_upper(number[0])) return 0;
  return is_all_digits(number.substr(letters, kDigits)) ? letters : 0;
}

// "3" of "3", "(3)", "(3" and "3)"; "" of ""; nullopt for anything else.
std::optional<std::string_view> check_character_in(std::string_view tail) {
  if (tail.starts_with('(')) {
    tail.remove_prefix(1);
    if (tail.empty()) return {};
  }
  if (tail.size() == 2 && tail[1] == ')') tail.remove_suffix(1);
  if (tail.empty()) return tail;
  const bool is_check = is_ascii_digit(tail[0]) || tail[0] == 'A';
  if (tail.size() != 1 || !is_check) return {};
  return tail;
}

}  // namespace

std::optional<char> hkid_check_character(std::string_view letters_and_digits) {
  const std::size_t letters = letters_of(letters_and_digits);
  if (letters == 0 || letters_and_digits.size() != letters + kDigits) return {};
  // A is 10 here, not 1: the popular A=1 rule is wrong for two letters.
  unsigned weight = kFirstWeight;
  unsigned sum = letters == 1 ? kSpaceValue * weight-- : 0;
  for (const char c : letters_and_digits) {
    const int value = is_ascii_digit(c) ? c - '0' : c - 'A' + 10;
    sum += static_cast<unsigned>(value) * weight--;
  }
  const unsigned check = (11 - sum % 11) % 11;
  return check == 10 ? 'A' : static_cast<char>('0' + check);
}

CheckOutcome check_hkid(std::string_view value) {
  const std::string folded = fold_identifier(value);
  const std::string_view number = folded;
  const std::size_t letters = letters_of(number);
  if (letters == 0) return refused_with(finding_code::hkid_malformed);
  const std::string_view body = number.substr(0, letters + kDigits);
  const auto typed = check_character_in(number.substr(letters + kDigits));
  if (!typed) return refused_with(finding_code::hkid_malformed);

  const std::string expected(1, hkid_check_character(body).value_or('?'));
  CheckOutcome outcome{{}, std::string(body) + expected};
  if (typed->empty()) {
    outcome.findings.push_back(
        warning_finding(finding_code::hkid_check_character_supplied, {{"expected", expected}}));
  } else if (*typed != expected) {
    return refused_with(finding_code::hkid_check_character_wrong, {{"expected", expected}});
  }
  return outcome;
}

}  // namespace landfall
