#include "shared/identity/roc_national_id.h"

#include <cstddef>
#include <string>

#include "shared/text/folding.h"

namespace landfall {
namespace {

// Position in this order plus 10 is a letter's value: the letters that came late stand last.
constexpr std::string_view kLetterOrder = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
constexpr std::size_t kChecked = 9;
constexpr unsigned kUnitsWeight = 9;

}  // namespace

std::optional<char> roc_check_digit(std::string_view letter_and_eight) {
  if (letter_and_eight.size() != kChecked) return {};
  const std::size_t order = kLetterOrder.find(letter_and_eight[0]);
  if (order == std::string_view::npos) return {};
  const unsigned letter = static_cast<unsigned>(order) + 10;
  unsigned sum = letter / 10 + kUnitsWeight * (letter % 10);
  for (std::size_t i = 1; i < kChecked; ++i) {
    const char c = letter_and_eight[i];
    const bool is_old_letter = i == 1 && c >= 'A' && c <= 'D';
    if (!is_ascii_digit(c) && !is_old_letter) return {};
    const auto value = static_cast<unsigned>(is_old_letter ? c - 'A' : c - '0');
    sum += static_cast<unsigned>(kChecked - i) * value;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

CheckOutcome check_roc_id(std::string_view value) {
  const std::string number = fold_identifier(value);
  const bool has_shape = number.size() == kChecked + 1 && (number[1] == '1' || number[1] == '2') &&
                         is_ascii_digit(number[kChecked]);
  const std::optional<char> expected =
      has_shape ? roc_check_digit(std::string_view(number).substr(0, kChecked)) : std::nullopt;
  if (!expected) return refused_with(finding_code::roc_id_malformed);
  if (*expected != number[kChecked]) {
    return refused_with(finding_code::roc_id_check_digit_wrong,
                        {{"expected", std::string(1, *expected)}});
  }
  return {{}, number};
}

}  // namespace landfall
