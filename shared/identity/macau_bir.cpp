#include "shared/identity/macau_bir.h"

#include <string>

#include "shared/text/folding.h"

namespace landfall {
namespace {

// Replaces decoration in its places, "(8)" or "1/234567/8", by nothing; other places stay and fail.
std::string without_decoration(std::string_view number) {
  const bool is_legacy = number.size() == 10 && number[1] == '/' && number[8] == '/';
  if (is_legacy) return remove_ascii(number, "/");
  const bool has_parentheses = number.size() == 10 && number[7] == '(' && number[9] == ')';
  if (has_parentheses) return remove_ascii(number, "()");
  return std::string(number);
}

}  // namespace

CheckOutcome check_macau_bir(std::string_view value) {
  const std::string number = without_decoration(fold_identifier(value));
  const bool has_shape = is_all_digits(number) && (number.size() == 7 || number.size() == 8) &&
                         (number[0] == '1' || number[0] == '5' || number[0] == '7');
  if (!has_shape) return refused_with(finding_code::macau_bir_malformed);
  return {{}, number};
}

}  // namespace landfall
