#include "shared/identity/date_rules.h"

#include <algorithm>

namespace landfall {
namespace {

constexpr int kTravelAuthorisationDays = 90;
constexpr int kFirstReminderDays = 15;
constexpr int kSecondReminderDays = 7;

}  // namespace

bool is_valid_for_months(Date expiry, Date reference, int months) {
  const Result<Date> needed = add_months(reference, months);
  return needed.ok() && expiry >= needed.value();
}

Result<Date> last_day_of_stay(Date entry, int days) { return add_days(entry, days); }

Result<Date> apply_deadline(Date entry, int days) { return add_days(entry, days); }

Result<Date> supplement_deadline(Date notice, int months) {
  const Result<Date> first_day = add_days(notice, 1);
  if (!first_day.ok()) return first_day;
  const Result<Date> behind = add_months(first_day.value(), months);
  if (!behind.ok()) return behind;
  return add_days(behind.value(), -1);
}

Result<Date> travel_authorisation_end(Date issue) {
  return add_days(issue, kTravelAuthorisationDays);
}

Result<Date> permit_end(Date issue, int months) { return add_months(issue, months); }

Result<Date> first_reminder(Date expiry) { return add_days(expiry, -kFirstReminderDays); }

Result<Date> second_reminder(Date expiry) { return add_days(expiry, -kSecondReminderDays); }

int days_overstayed(Date last_permitted, Date report) {
  return std::max(0, days_from_date(report) - days_from_date(last_permitted));
}

}  // namespace landfall
