#include "shared/identity/tw_ubn.h"

#include <array>
#include <string>

#include "shared/text/folding.h"

namespace landfall {
namespace {

constexpr std::array<unsigned, 8> kWeights = {1, 2, 1, 2, 1, 2, 4, 1};
constexpr std::size_t kSeventh = 6;

// Source: Ministry of Finance, check logic of unified business numbers, in force since 2023-04-01.
bool is_check_right(std::string_view number) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    const unsigned product = kWeights[i] * static_cast<unsigned>(number[i] - '0');
    sum += product / 10 + product % 10;
  }
  // Seven times four is 28, its digits 10, and their sum may be counted as 1 or as 0.
  return sum % 5 == 0 || (number[kSeventh] == '7' && (sum + 1) % 5 == 0);
}

}  // namespace

CheckOutcome check_ubn(std::string_view value) {
  const std::string number = fold_identifier(value);
  const bool has_shape =
      number.size() == kWeights.size() && is_all_digits(number) && number != "00000000";
  if (!has_shape) return refused_with(finding_code::ubn_malformed);
  if (!is_check_right(number)) return refused_with(finding_code::ubn_check_wrong);
  return {{}, number};
}

}  // namespace landfall
