// The names of the identity types, for those who do not check values themselves.

#ifndef LANDFALL_SHARED_IDENTITY_TYPES_H_
#define LANDFALL_SHARED_IDENTITY_TYPES_H_

#include <string_view>

namespace landfall {

// Every type check_value() of kinds.h knows, ordered by name, with a blank after each. One text: a
// table of them would weigh more on a phone.
inline constexpr std::string_view kIdentityTypes =
    "country date email hkid macau_bir mainland_travel_permit mrz name_en name_zh partial_date "
    "passport_number person_name phone prc_id roc_date roc_id tw_phone ubn ui_no zh_text ";

[[nodiscard]] constexpr bool is_identity_type(std::string_view type) {
  std::string_view rest = kIdentityTypes;
  while (!rest.empty()) {
    const std::size_t end = rest.find(' ');
    if (rest.substr(0, end) == type) return true;
    rest.remove_prefix(end + 1);
  }
  return false;
}

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_TYPES_H_
