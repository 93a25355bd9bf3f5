#include "shared/form/places.h"

#include <doctest/doctest.h>

#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

constexpr std::string_view kPoint = "geopoint_malformed";
constexpr std::string_view kTrace = "geotrace_malformed";
constexpr std::string_view kShape = "geoshape_malformed";

TEST_CASE("a geopoint is one place with latitude and longitude, altitude and accuracy or not") {
  for (const char* text : {"25.03 121.56", "-90 -180", "90 180 0 0", "25.03 121.56 -12.5",
                           "25.03  121.56   10 4.5", "0 0;"}) {
    CAPTURE(text);
    CHECK(fault_of_places("geopoint", text).empty());
  }
  for (const char* text :
       {"25.03", "25.03,121.56", "90.01 0", "-90.01 0", "0 180.01", "0 -180.01", "0 0 0 -1",
        "0 0 0 0 0", "north east", "0 0; 1 1", ";", "nan 0", "0 0 high", "25.03 121.56°"}) {
    CAPTURE(text);
    CHECK(fault_of_places("geopoint", text) == kPoint);
  }
}

TEST_CASE("a geotrace is two places or more with semicolons between") {
  for (const char* text : {"0 0;1 1", "0 0 0 0; 1 1 0 0;", "0 0 ; 1 1 ; ", "0 0;0 0"}) {
    CAPTURE(text);
    CHECK(fault_of_places("geotrace", text).empty());
  }
  for (const char* text : {"0 0", "0 0;", "; ;", "0 0;91 0", "0 0;1", "0 0,1 1", "0 0 1 1 2 2",
                           "from here to there"}) {
    CAPTURE(text);
    CHECK(fault_of_places("geotrace", text) == kTrace);
  }
}

TEST_CASE("a geoshape is four places or more and ends where it begins") {
  for (const char* text : {"0 0;0 1;1 1;0 0", "0 0 5 1;0 1;1 1;0.0 -0.0 6 2;"}) {
    CAPTURE(text);
    CHECK(fault_of_places("geoshape", text).empty());
  }
  for (const char* text : {"0 0;0 1;1 1;1 0", "0 0;0 1;0 0", "0 0", "0 0;0 1;1 1;0 1",
                           "0 0;a;b;0 0", "0 0;0 1;1 1;0 181;0 0"}) {
    CAPTURE(text);
    CHECK(fault_of_places("geoshape", text) == kShape);
  }
}

TEST_CASE("a line or an area that is none stays as typed, and expressions do not see it") {
  const Package package = package_with(
      R"j({"type":"geotrace","name":"line","label":"a"},)j"
      R"j({"type":"geoshape","name":"area","label":"b"},)j"
      R"j({"type":"calculate","name":"seen","calculation":"concat(${line}, '|', ${area})"})j");
  OpenForm form = open_on(package);

  (void)set(form, "line", R"j("\uff10 0; 1 \u22121;")j");
  (void)set(form, "area", R"j("0 0;0 1;1 1")j");

  CHECK(findings_of(form) == "geoshape_malformed@area");
  CHECK(member_of(form, "area", "value") == R"j("0 0;0 1;1 1")j");
  CHECK(member_of(form, "seen", "value") == R"j("0 0; 1 -1;|")j");
  (void)set(form, "area", "null");
  (void)set(form, "line", "null");
  CHECK(findings_of(form).empty());
}

TEST_CASE("a question with the type of a place in its bind is held to it as well") {
  const Package package =
      package_with(R"j({"type":"text","name":"line","label":"a","bind_type":"geotrace"},)j"
                   R"j({"type":"text","name":"place","label":"a","bind_type":"geopoint"})j");
  OpenForm form = open_on(package);

  (void)set(form, "line", R"j("0 0")j");
  (void)set(form, "place", R"j("0")j");

  CHECK(findings_of(form) == "geotrace_malformed@line geopoint_malformed@place");
  (void)set(form, "line", R"j("0 0; 1 1")j");
  (void)set(form, "place", R"j("0 1")j");
  CHECK(findings_of(form).empty());
}

}  // namespace
}  // namespace landfall
