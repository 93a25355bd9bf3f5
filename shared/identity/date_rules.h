// The date arithmetic of the immigration rules: validity, stays and deadlines.

#ifndef LANDFALL_SHARED_IDENTITY_DATE_RULES_H_
#define LANDFALL_SHARED_IDENTITY_DATE_RULES_H_

#include "shared/base/result.h"
#include "shared/identity/date.h"

namespace landfall {

// Results before year 1 or after 9999 fail with date_out_of_range.

// A passport that must be valid for `months` after `reference` is when it expires on or after
// add_months(reference, months).
[[nodiscard]] bool is_valid_for_months(Date expiry, Date reference, int months);

// The last permitted day of a stay of `days` days, which count from the day after entry.
[[nodiscard]] Result<Date> last_day_of_stay(Date entry, int days);

// The last day to apply within `days` days of entry, the day of entry not counted.
[[nodiscard]] Result<Date> apply_deadline(Date entry, int days);

// The last day to hand in what a notice asks for: `months` months from the day after the notice.
[[nodiscard]] Result<Date> supplement_deadline(Date notice, int months);

// The last day of a travel authorisation: 90 days after its date.
[[nodiscard]] Result<Date> travel_authorisation_end(Date issue);

// The last day of a permit efficacious for `months` months from its issue.
[[nodiscard]] Result<Date> permit_end(Date issue, int months);

// 15 days and 7 days before an expiry.
[[nodiscard]] Result<Date> first_reminder(Date expiry);
[[nodiscard]] Result<Date> second_reminder(Date expiry);

// Days overstayed: report minus last permitted day, not below 0.
[[nodiscard]] int days_overstayed(Date last_permitted, Date report);

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_DATE_RULES_H_
