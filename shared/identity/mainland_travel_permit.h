// Mainland Travel Permits for Hong Kong and Macao residents 回鄉證.

#ifndef LANDFALL_SHARED_IDENTITY_MAINLAND_TRAVEL_PERMIT_H_
#define LANDFALL_SHARED_IDENTITY_MAINLAND_TRAVEL_PERMIT_H_

#include <optional>
#include <string>
#include <string_view>

#include "shared/identity/outcome.h"

namespace landfall {

// `region` is "HKG" or "MAC"; `renewals` is known on cards that print it.
struct MainlandTravelPermit {
  std::string region;
  std::optional<int> renewals;
  bool non_chinese_citizen = false;

  bool operator==(const MainlandTravelPermit&) const = default;
};

// Reads a normalised number; nullopt for any other text.
[[nodiscard]] std::optional<MainlandTravelPermit> read_mainland_travel_permit(
    std::string_view normalised);

// Checks H or M and eight digits, with two more for renewals; or HA or MA and seven digits for
// holders who are not Chinese citizens. `region` is where the applicant is a resident; empty when
// not known.
//
// Findings: mainland_travel_permit_malformed, mainland_travel_permit_region {region}; warning
// mainland_travel_permit_non_chinese.
[[nodiscard]] CheckOutcome check_mainland_travel_permit(std::string_view value,
                                                        std::string_view region = {});

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_MAINLAND_TRAVEL_PERMIT_H_
