// PRC resident identity numbers (GB 11643-1999) and their 15-digit predecessor.

#ifndef LANDFALL_SHARED_IDENTITY_PRC_RESIDENT_ID_H_
#define LANDFALL_SHARED_IDENTITY_PRC_RESIDENT_ID_H_

#include <optional>
#include <string_view>

#include "shared/identity/date.h"
#include "shared/identity/outcome.h"

namespace landfall {

struct PrcResidentId {
  Date birth;
  char sex = 'M';

  bool operator==(const PrcResidentId&) const = default;
};

// Reads a normalised 18-character number that check_prc_id() accepts; nullopt for any other text.
[[nodiscard]] std::optional<PrcResidentId> read_prc_id(std::string_view normalised);

// Checks a number of 18 characters, or of 15 digits, which is stored as 18. The birth date may not
// be after `as_of`.
//
// Findings: prc_id_malformed, prc_id_area_unknown, prc_id_birth_date_wrong,
// prc_id_check_character_wrong {expected}; warning prc_id_not_mainland for area codes 71, 81, 82,
// 83 and 91.
// Source: GB 11643-1999, ISO 7064 MOD 11-2.
[[nodiscard]] CheckOutcome check_prc_id(std::string_view value, std::optional<Date> as_of = {});

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_PRC_RESIDENT_ID_H_
