#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <string>

#include "shared/text/decimal.h"

namespace landfall {
namespace {

TEST_CASE("the shortest digits of a double are found") {
  CHECK(shortest_decimal(0.1) == ShortestDecimal{false, "1", 0});
  CHECK(shortest_decimal(-1234.5) == ShortestDecimal{true, "12345", 4});
  CHECK(shortest_decimal(1e23) == ShortestDecimal{false, "1", 24});
  CHECK(shortest_decimal(5e-324) == ShortestDecimal{false, "5", -323});
  CHECK(shortest_decimal(0.0) == ShortestDecimal{false, "", 0});
  CHECK(shortest_decimal(100) == ShortestDecimal{false, "1", 3});
}

TEST_CASE("numbers are written as ECMAScript writes them") {
  CHECK(format_es6_number(-0.0) == "0");
  CHECK(format_es6_number(1e21) == "1e+21");
  CHECK(format_es6_number(1e20) == "100000000000000000000");
  CHECK(format_es6_number(0.000001) == "0.000001");
  CHECK(format_es6_number(1e-7) == "1e-7");
  CHECK(format_es6_number(-1.5e-10) == "-1.5e-10");
  CHECK(format_es6_number(123.456) == "123.456");
  CHECK(format_es6_number(std::numeric_limits<double>::max()) == "1.7976931348623157e+308");
}

TEST_CASE("every double that is written is read back bit for bit") {
  std::uint64_t state = 0x9E3779B97F4A7C15;
  int count = 0;
  for (int i = 0; i < 200000; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    double value = 0;
    std::memcpy(&value, &state, sizeof value);
    if (value != value || value - value != 0) continue;
    const Result<double> read = parse_decimal(format_es6_number(value));
    if (!read.ok() || read.value() != value) FAIL("bits ", state);
    ++count;
  }
  CHECK(count > 190000);
}

TEST_CASE("decimal text is read whatever its zeros") {
  CHECK(parse_decimal("007").value() == 7);
  CHECK(parse_decimal(".5").value() == 0.5);
  CHECK(parse_decimal("5.").value() == 5);
  CHECK(parse_decimal("-1.5e+3").value() == -1500);
  CHECK(parse_decimal("1e-400").value() == 0);
}

TEST_CASE("long and extreme numbers are read to the nearest double, ties to even") {
  constexpr double kLeast = std::numeric_limits<double>::denorm_min();

  CHECK(parse_decimal("9007199254740993").value() == 9007199254740992.0);
  CHECK(parse_decimal("9007199254740993.0000000000000000000001").value() == 9007199254740994.0);
  CHECK(parse_decimal("2.2250738585072011e-308").value() == 2.2250738585072011e-308);
  CHECK(parse_decimal("2.47032822920623272e-324").value() == 0);
  CHECK(parse_decimal("2.47032822920623273e-324").value() == kLeast);
  CHECK(parse_decimal("1.7976931348623158e308").value() == std::numeric_limits<double>::max());
  CHECK(parse_decimal("1.7976931348623159e308").error().code == ErrorCode::number_out_of_range);
  CHECK(parse_decimal("0." + std::string(400, '0') + "1e401").value() == 1);
  CHECK(parse_decimal("1" + std::string(900, '0') + "e-900").value() == 1);
  CHECK(parse_decimal("1e99999999999999999999").error().code == ErrorCode::number_out_of_range);
  CHECK(parse_decimal("0e99999999999999999999").value() == 0);
}

TEST_CASE("digits beyond all that a double can tell still break a tie") {
  const std::string midpoint = "9007199254740993." + std::string(2000, '0');

  CHECK(parse_decimal(midpoint).value() == 9007199254740992.0);
  CHECK(parse_decimal(midpoint + "1").value() == 9007199254740994.0);
}

TEST_CASE("what is no number is refused at its first wrong byte") {
  CHECK(parse_decimal("").error() == Error{ErrorCode::number_malformed, 0});
  CHECK(parse_decimal("-").error() == Error{ErrorCode::number_malformed, 1});
  CHECK(parse_decimal("+1").error() == Error{ErrorCode::number_malformed, 0});
  CHECK(parse_decimal(" 1").error() == Error{ErrorCode::number_malformed, 0});
  CHECK(parse_decimal("1e").error() == Error{ErrorCode::number_malformed, 2});
  CHECK(parse_decimal("1,5").error() == Error{ErrorCode::number_malformed, 1});
  CHECK(parse_decimal("inf").error() == Error{ErrorCode::number_malformed, 0});
  CHECK(parse_decimal("0x10").error() == Error{ErrorCode::number_malformed, 1});
  CHECK(parse_decimal("1e400").error() == Error{ErrorCode::number_out_of_range, 0});
}

TEST_CASE("a number that people type has no exponent") {
  CHECK(parse_plain_decimal("-12.50").value() == -12.5);
  CHECK(parse_plain_decimal("1e5").error() == Error{ErrorCode::number_malformed, 1});
  CHECK(parse_plain_decimal("2.5E3").error() == Error{ErrorCode::number_malformed, 3});
}

}  // namespace
}  // namespace landfall
