#include "shared/form/range_step.h"

#include <doctest/doctest.h>

#include <string>

#include "shared/text/decimal.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

double number_of(const std::string& text) {
  const Result<double> number = parse_decimal(text);
  REQUIRE(number.ok());
  return number.value();
}

// `count` thousandths, written out.
std::string thousandths(int count) {
  const std::string rest = std::to_string(1000 + count % 1000).substr(1);
  return std::to_string(count / 1000) + "." + rest;
}

TEST_CASE(
    "each step of a tenth, a hundredth or a thousandth lies on it, and nothing between does") {
  int seen = 0;
  for (const int step : {1, 3, 7, 10, 25, 100}) {
    for (int count = 0; count <= 30000; ++count) {
      const double value = number_of(thousandths(count));
      const bool lies = lies_on_step(value, 0, number_of(thousandths(step)));
      if (lies != (count % step == 0)) FAIL_CHECK("step " << step << " at " << count);
      ++seen;
    }
  }
  CHECK(seen == 6 * 30001);
}

TEST_CASE("steps are counted from the start, upwards and downwards") {
  CHECK(lies_on_step(0.35, 0.05, 0.1));
  CHECK(lies_on_step(-0.25, 0.05, 0.1));
  CHECK_FALSE(lies_on_step(0.25, 0, 0.1));
  CHECK_FALSE(lies_on_step(-0.3, 0.05, 0.1));
  CHECK(lies_on_step(-7, 2, 3));
  CHECK_FALSE(lies_on_step(-8, 2, 3));
  CHECK(lies_on_step(8, 10, 2));
  CHECK_FALSE(lies_on_step(9, 10, 2));
}

TEST_CASE("what binary arithmetic gives beside the decimal does not lie on the step") {
  CHECK(lies_on_step(0.3, 0, 0.1));
  CHECK_FALSE(lies_on_step(0.1 + 0.2, 0, 0.1));
  CHECK_FALSE(lies_on_step(0.30000000000000004, 0.1, 0.1));
}

TEST_CASE("numbers far apart in size are decided as exactly") {
  CHECK(lies_on_step(1e20, 0, 1));
  CHECK(lies_on_step(1e20, 0, 1e20));
  CHECK(lies_on_step(3e300, 0, 1e300));
  CHECK(lies_on_step(-3e300, 1e300, 2e300));
  CHECK_FALSE(lies_on_step(3e300, 0, 2e300));
  CHECK(lies_on_step(1e300, 0, 1e-300));
  CHECK(lies_on_step(1e300, 0, 5e-324));
  CHECK_FALSE(lies_on_step(1e-20, 0, 1));
  CHECK_FALSE(lies_on_step(5e-324, 0, 1.7976931348623157e308));
  CHECK(lies_on_step(5e-324, 5e-324, 1.7976931348623157e308));
  CHECK_FALSE(lies_on_step(5, 0, 1e20));
  CHECK(lies_on_step(9007199254740993.0, 0, 2));
  CHECK_FALSE(lies_on_step(9007199254740991.0, 0, 2));
  CHECK(lies_on_step(12345.678901234567, 0, 12345.678901234567));
}

TEST_CASE("without a step every number is offered") { CHECK(lies_on_step(0.123, 0, 0)); }

TEST_CASE("a range finds fault with what its slider cannot give") {
  const Package package = package_with(
      R"j({"type":"range","name":"r","label":"a","parameters":{"start":0,"end":1,"step":0.1}},)j"
      R"j({"type":"range","name":"down","label":"a","parameters":{"start":"10","end":"1","step":"-3"}},)j"
      R"j({"type":"range","name":"plain","label":"b"})j");
  OpenForm form = open_on(package);

  (void)set(form, "r", "0.7");
  (void)set(form, "down", "7");
  (void)set(form, "plain", "7");
  CHECK(findings_of(form).empty());

  (void)set(form, "r", "0.75");
  (void)set(form, "down", R"j("2")j");
  CHECK(findings_of(form) == "number_off_step@r number_off_step@down");
  CHECK(member_of(form, "r", "findings") ==
        R"j([{"code":"number_off_step","params":{"start":"0","step":"0.1"},"severity":"error"}])j");
  (void)set(form, "r", "null");
  (void)set(form, "down", "1");
  CHECK(findings_of(form).empty());
}

}  // namespace
}  // namespace landfall
