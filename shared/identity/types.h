// The names of the identity types, for those who do not check values themselves.

#ifndef LANDFALL_SHARED_IDENTITY_TYPES_H_
#define LANDFALL_SHARED_IDENTITY_TYPES_H_

#include <algorithm>
#include <array>
#include <string_view>

namespace landfall {

// Every type check_value() of kinds.h knows, ordered by name.
inline constexpr std::array<std::string_view, 19> kIdentityTypes = {
    "country", "date",    "email",    "hkid",         "macau_bir",       "mainland_travel_permit",
    "mrz",     "name_en", "name_zh",  "partial_date", "passport_number", "person_name",
    "phone",   "prc_id",  "roc_date", "roc_id",       "tw_phone",        "ubn",
    "ui_no",
};

[[nodiscard]] inline bool is_identity_type(std::string_view type) {
  return std::binary_search(kIdentityTypes.begin(), kIdentityTypes.end(), type);
}

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_TYPES_H_
