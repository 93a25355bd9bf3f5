#include <doctest/doctest.h>

#include "shared/xpath/date_time.h"
#include "tests/shared/xpath/expressions.h"

namespace landfall {
namespace {

TEST_CASE("today is the date that calendars show in the form's zone") {
  const char* tree = R"({"data":{}})";

  CHECK(text_of("today()", tree, "Asia/Taipei", "2026-11-20T23:30:00Z") == "2026-11-21");
  CHECK(text_of("today()", tree, "America/Phoenix", "2026-11-21T01:00:00Z") == "2026-11-20");
  CHECK(text_of("now()", tree, "Asia/Taipei", "2026-11-21T00:00:00+08:00") ==
        "2026-11-21T00:00:00.000+08:00");
}

TEST_CASE("every zone that is listed is taken, the agency's first") {
  const std::vector<std::string_view> names = time_zone_names();
  REQUIRE(!names.empty());
  CHECK(names.front() == "Asia/Taipei");
  for (const std::string_view name : names) {
    CAPTURE(name);
    CHECK(find_time_zone(name).has_value());
  }
}

TEST_CASE("zones that are not whole hours from UTC are taken at their word") {
  const char* tree = R"({"data":{}})";

  CHECK(text_of("now()", tree, "Asia/Kathmandu", "2026-11-21T00:00:00Z") ==
        "2026-11-21T05:45:00.000+05:45");
  CHECK(text_of("now()", tree, "Asia/Yangon", "2026-11-21T00:00:00Z") ==
        "2026-11-21T06:30:00.000+06:30");
}

TEST_CASE("summer time begins and ends where its rule says") {
  const TimeZone new_york = *find_time_zone("America/New_York");
  const TimeZone berlin = *find_time_zone("Europe/Berlin");
  const TimeZone sydney = *find_time_zone("Australia/Sydney");
  const auto at = [](const char* text) { return parse_date_time(text, TimeZone{})->milliseconds; };

  CHECK(offset_minutes_at(new_york, at("2026-03-08T06:59:59Z")) == -300);
  CHECK(offset_minutes_at(new_york, at("2026-03-08T07:00:00Z")) == -240);
  CHECK(offset_minutes_at(new_york, at("2026-11-01T06:00:00Z")) == -300);
  CHECK(offset_minutes_at(berlin, at("2026-03-29T01:00:00Z")) == 120);
  CHECK(offset_minutes_at(berlin, at("2026-10-25T01:00:00Z")) == 60);
  CHECK(offset_minutes_at(sydney, at("2026-01-15T00:00:00Z")) == 660);
  CHECK(offset_minutes_at(sydney, at("2026-07-15T00:00:00Z")) == 600);
}

TEST_CASE("a date is midnight where the form is filled in, also half an hour off") {
  const char* tree = R"({"data":{}})";

  CHECK(text_of("number('1970-01-01')", tree, "Asia/Taipei") == "-0.3333333333333333");
  CHECK(text_of("number('1970-01-01')", tree, "Asia/Yangon") == "-0.2708333333333333");
  CHECK(text_of("number('1970-01-01')", tree, "Asia/Kathmandu") == "-0.23958333333333334");
  CHECK(text_of("decimal-time('06:30:00.000+06:30')", tree, "Asia/Yangon") == "0.2708333333333333");
  CHECK(text_of("date-time('2026-11-21T00:15:00Z')", tree, "Asia/Kathmandu") ==
        "2026-11-21T06:00:00.000+05:45");
  CHECK(text_of("today()", tree, "Asia/Yangon", "2026-11-20T17:29:59Z") == "2026-11-20");
  CHECK(text_of("today()", tree, "Asia/Yangon", "2026-11-20T17:30:00Z") == "2026-11-21");
  CHECK(text_of("today()", tree, "Asia/Kathmandu", "2026-11-20T18:14:59Z") == "2026-11-20");
  CHECK(text_of("today()", tree, "Asia/Kathmandu", "2026-11-20T18:15:00Z") == "2026-11-21");
}

TEST_CASE("a day on which clocks are changed is one day and has 23 or 25 hours") {
  const char* tree = R"({"data":{}})";

  CHECK(text_of("date('2026-03-09') - '2026-03-08'", tree, "America/New_York") == "1");
  CHECK(text_of("date('2026-10-26') - date('2026-10-25')", tree, "Europe/Berlin") == "1");
  CHECK(text_of("date('2026-10-25') - date('2026-11-09') = -15", tree, "Europe/Berlin") == "true");
  CHECK(text_of("round((date-time('2026-03-08T12:00:00') - date-time('2026-03-07T12:00:00')) * 24)",
                tree, "America/New_York") == "23");
  CHECK(text_of("add-months('2026-01-29', 2)", tree, "Europe/Berlin") == "2026-03-29");
  CHECK(text_of("add-months('2026-10-01', 1)", tree, "America/New_York") == "2026-11-01");
}

TEST_CASE("from a date to a date are whole days, in every zone and from every year") {
  const char* tree = R"({"data":{"a":"1996-11-21","b":"2026-11-21"}})";
  int ran = 0;

  for (const char* zone : {"Asia/Taipei", "Asia/Kathmandu", "America/New_York", "UTC"}) {
    CHECK(text_of("/data/b - /data/a <= 10957", tree, zone) == "true");
    for (int year = 1950; year < 2026; ++year) {
      const std::string birth = "date('" + std::to_string(year) + "-05-05')";
      const std::string days = text_of("date('2026-05-05') - " + birth, tree, zone);
      CHECK(days.find('.') == std::string::npos);
      // The same day is reached by adding them.
      if (zone == std::string_view("Asia/Taipei")) {
        CHECK(text_of(birth + " + " + days + " = '2026-05-05'", tree, zone) == "true");
        CHECK(text_of("'2026-05-05' <= " + birth + " + " + days, tree, zone) == "true");
      }
      ++ran;
    }
  }
  CHECK(ran == 4 * 76);
}

TEST_CASE("the hour that is skipped or comes twice is read as standard time") {
  const char* tree = R"({"data":{}})";

  CHECK(text_of("date-time('2026-03-08T02:30:00')", tree, "America/New_York") ==
        "2026-03-08T03:30:00.000-04:00");
  CHECK(text_of("date-time('2026-11-01T01:30:00')", tree, "America/New_York") ==
        "2026-11-01T01:30:00.000-05:00");
  CHECK(text_of("date-time('2026-10-25T02:30:00')", tree, "Europe/Berlin") ==
        "2026-10-25T02:30:00.000+01:00");
  CHECK(text_of("format-date-time('2026-10-25T00:30:00Z', '%H:%M')", tree, "Europe/Berlin") ==
        "02:30");
}

TEST_CASE("a day that its month does not have is no date") {
  CHECK_FALSE(parse_date_time("2026-02-29", TimeZone{}).has_value());
  CHECK_FALSE(parse_date_time("2026-13-01", TimeZone{}).has_value());
  CHECK_FALSE(parse_date_time("2026-11-21T25:00", TimeZone{}).has_value());
  CHECK_FALSE(parse_date_time("21/11/2026", TimeZone{}).has_value());
  CHECK(parse_date_time("2024-02-29", TimeZone{}).has_value());
}

TEST_CASE("dates are written by a pattern") {
  CHECK(text_of("format-date('2026-03-05', '%Y/%n/%e %y %b %a')") == "2026/3/5 26 Mar Thu");
  CHECK(text_of("format-date-time('2026-03-05T07:08:09', '%H:%M:%S.%3 %h')") == "07:08:09.000 7");
  CHECK(text_of("format-date('', '%Y')") == "");
  CHECK(text_of("date('nonsense')") == "Invalid Date");
}

TEST_CASE("days before 1970 and after 9999 are kept apart from nonsense") {
  CHECK(text_of("date(-1)", R"({"data":{}})", "UTC") == "1969-12-31");
  CHECK(text_of("date(99999999)") == "Invalid Date");
  CHECK_FALSE(date_time_of_days(1e300).valid);
}

}  // namespace
}  // namespace landfall
