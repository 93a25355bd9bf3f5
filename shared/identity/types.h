// The names of the identity types, for those who do not check values themselves.

#ifndef LANDFALL_SHARED_IDENTITY_TYPES_H_
#define LANDFALL_SHARED_IDENTITY_TYPES_H_

#include <cstddef>
#include <string_view>

namespace landfall {

// Every type check_value() of kinds.h knows, ordered by name, with a blank after each. One text: a
// table of them would weigh more on a phone.
inline constexpr std::string_view kIdentityTypes =
    "country date email hkid macau_bir mainland_travel_permit mrz name_en name_zh partial_date "
    "passport_number person_name phone prc_id roc_date roc_id tw_phone ubn ui_no zh_text ";

[[nodiscard]] constexpr bool is_identity_type(std::string_view type) {
  const char* name = kIdentityTypes.data();
  const char* const end = name + kIdentityTypes.size();
  while (name != end) {
    std::size_t size = 0;
    while (name[size] != ' ') ++size;
    if (std::string_view(name, size) == type) return true;
    name += size + 1;
  }
  return false;
}

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_TYPES_H_
