#include "shared/identity/partial_date.h"

#include "shared/text/folding.h"

namespace landfall {
namespace {

constexpr std::size_t kYearSize = 4;   // "YYYY"
constexpr std::size_t kMonthSize = 7;  // "YYYY-MM"
constexpr std::string_view kFirstDay = "0001-01-01";

}  // namespace

Result<PartialDate> parse_partial_date(std::string_view text) {
  // What is missing is taken from the first day of a year, so that one parser judges all.
  const bool is_cut = text.size() == kYearSize || text.size() == kMonthSize;
  std::string whole(text);
  if (is_cut) whole += kFirstDay.substr(text.size());
  const Result<Date> date = parse_date(whole);
  if (!date.ok()) return date.error();
  PartialDate partial{date.value().year, date.value().month, date.value().day};
  if (is_cut) partial.day = 0;
  if (text.size() == kYearSize) partial.month = 0;
  return partial;
}

std::string format_partial_date(PartialDate date) {
  const std::string whole = format_date(earliest_of(date));
  if (date.month == 0) return whole.substr(0, kYearSize);
  return date.day == 0 ? whole.substr(0, kMonthSize) : whole;
}

Date earliest_of(PartialDate date) {
  return {date.year, date.month == 0 ? 1 : date.month, date.day == 0 ? 1 : date.day};
}

Date latest_of(PartialDate date) {
  const int month = date.month == 0 ? 12 : date.month;
  return {date.year, month, date.day == 0 ? days_in_month(date.year, month) : date.day};
}

CheckOutcome check_partial_date(std::string_view value) {
  const std::string folded = fold_dashes(fold_digits(fold_width(trim(value))));
  const Result<PartialDate> date = parse_partial_date(folded);
  if (date.ok()) return {{}, format_partial_date(date.value())};
  return refused_with(date.error().code == ErrorCode::date_malformed
                          ? finding_code::date_malformed
                          : finding_code::date_does_not_exist);
}

}  // namespace landfall
