#include <doctest/doctest.h>

#include "shared/identity/date.h"
#include "shared/identity/date_rules.h"
#include "shared/identity/partial_date.h"
#include "tests/shared/identity/outcomes.h"

namespace landfall {
namespace {

TEST_CASE("a date is read and written as year, month and day") {
  CHECK(parse_date("2026-11-21").value() == Date{2026, 11, 21});
  CHECK(format_date({7, 1, 2}) == "0007-01-02");
}

TEST_CASE("another shape than ISO's is refused at its first wrong byte") {
  CHECK(parse_date("").error() == Error{ErrorCode::date_malformed, 0});
  CHECK(parse_date("20261121").error() == Error{ErrorCode::date_malformed, 4});
  CHECK(parse_date("2026-1-21").error() == Error{ErrorCode::date_malformed, 6});
  CHECK(parse_date("2026-11-21T00:00").error() == Error{ErrorCode::date_malformed, 10});
  CHECK(parse_date(" 2026-11-21").error() == Error{ErrorCode::date_malformed, 0});
  CHECK(parse_date("-026-11-21").error() == Error{ErrorCode::date_malformed, 0});
}

TEST_CASE("days that do not exist are refused at the wrong part") {
  CHECK(parse_date("0000-01-01").error() == Error{ErrorCode::date_out_of_range, 0});
  CHECK(parse_date("2026-13-01").error() == Error{ErrorCode::date_out_of_range, 5});
  CHECK(parse_date("2026-00-01").error() == Error{ErrorCode::date_out_of_range, 5});
  CHECK(parse_date("2026-02-29").error() == Error{ErrorCode::date_out_of_range, 8});
  CHECK(parse_date("1900-02-29").error() == Error{ErrorCode::date_out_of_range, 8});
  CHECK(parse_date("2026-04-31").error() == Error{ErrorCode::date_out_of_range, 8});
  CHECK(parse_date("2000-02-29").ok());
}

TEST_CASE("every day of the calendar has its own number, one more than the day before") {
  int count = 0;
  Date day{1, 1, 1};
  std::int32_t number = days_from_date(day);
  CHECK(number == -719162);
  for (; day != Date{9999, 12, 31}; ++count) {
    const Result<Date> next = add_days(day, 1);
    if (!next.ok() || days_from_date(next.value()) != ++number) FAIL(format_date(day));
    if (next.value() <= day) FAIL(format_date(day));
    day = next.value();
  }
  CHECK(count == 3652058);
  CHECK(days_from_date({1970, 1, 1}) == 0);
}

TEST_CASE("the calendar ends where it ends") {
  CHECK(add_days({9999, 12, 31}, 1).error().code == ErrorCode::date_out_of_range);
  CHECK(add_days({1, 1, 1}, -1).error().code == ErrorCode::date_out_of_range);
  CHECK(add_days({2026, 1, 1}, INT64_MAX).error().code == ErrorCode::date_out_of_range);
  CHECK(add_months({9999, 12, 1}, 1).error().code == ErrorCode::date_out_of_range);
  CHECK(add_months({1, 1, 1}, INT64_MIN).error().code == ErrorCode::date_out_of_range);
}

TEST_CASE("a month later is the same day or the month's last") {
  CHECK(add_months({2026, 1, 31}, 1).value() == Date{2026, 2, 28});
  CHECK(add_months({2028, 1, 31}, 1).value() == Date{2028, 2, 29});
  CHECK(add_months({2026, 5, 15}, -17).value() == Date{2024, 12, 15});
  CHECK(add_months({2026, 12, 1}, 1).value() == Date{2027, 1, 1});
}

TEST_CASE("weekdays and ages are right on the edges") {
  CHECK(weekday({1970, 1, 1}) == 4);
  CHECK(weekday({2026, 11, 21}) == 6);
  CHECK(weekday({1, 1, 1}) == 1);
  CHECK(age_on({2004, 2, 29}, {2022, 2, 28}) == 17);
  CHECK(age_on({2004, 2, 29}, {2022, 3, 1}) == 18);
  CHECK(age_on({2030, 1, 1}, {2026, 1, 1}) == 0);
}

TEST_CASE("the immigration rules count as the law does") {
  CHECK(is_valid_for_months({2027, 5, 21}, {2026, 11, 21}, 6));
  CHECK_FALSE(is_valid_for_months({2027, 5, 20}, {2026, 11, 21}, 6));
  CHECK(last_day_of_stay({2026, 11, 21}, 30).value() == Date{2026, 12, 21});
  CHECK(supplement_deadline({2026, 11, 30}, 3).value() == Date{2027, 2, 28});
  CHECK(travel_authorisation_end({2026, 11, 21}).value() == Date{2027, 2, 19});
  CHECK(permit_end({2026, 11, 30}, 3).value() == Date{2027, 2, 28});
  CHECK(days_overstayed({2026, 11, 21}, {2026, 12, 1}) == 10);
  CHECK(days_overstayed({2026, 11, 21}, {2026, 11, 1}) == 0);
}

TEST_CASE("a typed date is stored in ASCII digits") {
  CHECK(check_date(" ２０２６－１１－２１ ").normalised == "2026-11-21");
  CHECK(check_date("٢٠٢٦-١١-٢١").normalised == "2026-11-21");
  CHECK(codes_of(check_date("21.11.2026")) == "date_malformed");
  CHECK(codes_of(check_date("2026-02-30")) == "date_does_not_exist");
}

TEST_CASE("a date may lack its day, or day and month") {
  CHECK(parse_partial_date("1950").value() == PartialDate{1950, 0, 0});
  CHECK(parse_partial_date("1950-07").value() == PartialDate{1950, 7, 0});
  CHECK(parse_partial_date("1950-07-09").value() == PartialDate{1950, 7, 9});
  CHECK(format_partial_date({1950, 7, 0}) == "1950-07");
  CHECK(earliest_of({1952, 2, 0}) == Date{1952, 2, 1});
  CHECK(latest_of({1952, 2, 0}) == Date{1952, 2, 29});
  CHECK(latest_of({1952, 0, 0}) == Date{1952, 12, 31});
  CHECK(codes_of(check_partial_date("1950-13")) == "date_does_not_exist");
  CHECK(codes_of(check_partial_date("50")) == "date_malformed");
}

}  // namespace
}  // namespace landfall
