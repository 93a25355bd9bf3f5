#include <doctest/doctest.h>

#include "shared/identity/roc_calendar.h"
#include "tests/shared/identity/outcomes.h"

namespace landfall {
namespace {

TEST_CASE("a date is read in every form that is written in Taiwan") {
  int count = 0;
  for (const char* text : {"民國89年2月29日", "89年2月29日", "民國 89 年 2 月 29 日", "89/2/29",
                           "089/02/29", "89.2.29", "89-02-29", "0890229", "890229", "2000-02-29",
                           "2000/2/29", "2000年2月29日", "８９／２／２９"}) {
    CAPTURE(text);
    const Result<Date> date = parse_roc_date(text);
    REQUIRE(date.ok());
    CHECK(date.value() == Date{2000, 2, 29});
    ++count;
  }
  CHECK(count == 13);
}

TEST_CASE("the first year may be called so, and years before the era count backwards") {
  CHECK(parse_roc_date("民國元年1月1日").value() == Date{1912, 1, 1});
  CHECK(parse_roc_date("民國前1年12月31日").value() == Date{1911, 12, 31});
  CHECK(parse_roc_date("民國前50年6月1日").value() == Date{1862, 6, 1});
  CHECK(parse_roc_date("民前1年1月1日").value() == Date{1911, 1, 1});
  CHECK(roc_year_of({1911, 5, 5}) == RocYear{1, true});
}

TEST_CASE("there is no year 0 and no day that the Gregorian calendar lacks") {
  CHECK(parse_roc_date("0/1/1").error().code == ErrorCode::date_out_of_range);
  CHECK(parse_roc_date("民國前0年1月1日").error().code == ErrorCode::date_out_of_range);
  CHECK(parse_roc_date("114/2/29").error().code == ErrorCode::date_out_of_range);
  CHECK(parse_roc_date("1140230").error().code == ErrorCode::date_out_of_range);
}

TEST_CASE("what mixes forms or says too little is no date") {
  CHECK(parse_roc_date("114/2-1").error().code == ErrorCode::date_malformed);
  CHECK(parse_roc_date("114/2").error().code == ErrorCode::date_malformed);
  CHECK(parse_roc_date("20261121").error().code == ErrorCode::date_malformed);
  CHECK(parse_roc_date("民國115").error().code == ErrorCode::date_malformed);
  CHECK(parse_roc_date("").error().code == ErrorCode::date_malformed);
}

TEST_CASE("a date is written in words and in seven digits") {
  CHECK(format_roc_date({2026, 11, 21}) == "民國115年11月21日");
  CHECK(format_roc_date({1900, 1, 2}) == "民國前12年1月2日");
  CHECK(format_roc_compact({2026, 1, 2}) == "1150102");
  CHECK(format_roc_compact({1913, 1, 2}) == "0020102");
  CHECK_FALSE(format_roc_compact({1911, 12, 31}).has_value());
}

TEST_CASE("a typed date is stored in the Gregorian calendar") {
  CHECK(check_roc_date("115/11/21").normalised == "2026-11-21");
  CHECK(codes_of(check_roc_date("115/13/21")) == "date_does_not_exist");
  CHECK(codes_of(check_roc_date("next week")) == "date_malformed");
}

}  // namespace
}  // namespace landfall
