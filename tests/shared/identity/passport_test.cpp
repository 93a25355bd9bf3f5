#include <doctest/doctest.h>

#include <string>

#include "shared/identity/country.h"
#include "shared/identity/passport_number.h"
#include "tests/shared/identity/outcomes.h"

namespace landfall {
namespace {

TEST_CASE("a passport number is five to fifteen letters and digits, stored in upper case") {
  CHECK(check_passport_number(" x 12-345 ").normalised == "X12345");
  CHECK(check_passport_number("ABCDE1234567890").findings.empty());
  CHECK(codes_of(check_passport_number("X123")) == "passport_number_malformed");
  CHECK(codes_of(check_passport_number("ABCDE12345678901")) == "passport_number_malformed");
  CHECK(codes_of(check_passport_number("X12345É")) == "passport_number_malformed");
}

TEST_CASE("an unusual number is only warned about, and only where the format is known") {
  CHECK(codes_of(check_passport_number("K76543210", "HKG")) == "");
  CHECK(codes_of(check_passport_number("KA7654321", "HKG")) == "");
  const CheckOutcome unusual = check_passport_number("Z7654321", "HKG");
  CHECK(codes_of(unusual) == "(passport_number_unusual)");
  CHECK(param_of(unusual, "country") == "HKG");
  CHECK(unusual.normalised == "Z7654321");
  CHECK(codes_of(check_passport_number("EA7654321", "CHN")) == "");
  CHECK(codes_of(check_passport_number("EI7654321", "CHN")) == "(passport_number_unusual)");
  CHECK(codes_of(check_passport_number("PE1234567", "CHN")) == "");
  CHECK(codes_of(check_passport_number("M123A4567", "KOR")) == "");
  CHECK(codes_of(check_passport_number("C01X0006H", "DEU")) == "");
  CHECK(codes_of(check_passport_number("A123456BC", "CAN")) == "");
  CHECK(codes_of(check_passport_number("Z7654321", "FJI")) == "");
}

TEST_CASE("a form takes ISO codes, a zone takes ICAO's") {
  CHECK(check_country(" twn ").normalised == "TWN");
  CHECK(codes_of(check_country("D")) == "country_unknown");
  CHECK(codes_of(check_country("TPE")) == "country_unknown");
  CHECK(codes_of(check_country("WTW")) == "country_unknown");
  CHECK(is_country_code("D<<", CountryUse::mrz_issuer));
  CHECK_FALSE(is_country_code("DEU", CountryUse::mrz_nationality));
  CHECK(is_country_code("GBN", CountryUse::mrz_nationality));
  CHECK(is_country_code("EUE", CountryUse::mrz_issuer));
  CHECK_FALSE(is_country_code("EUE", CountryUse::mrz_nationality));
  CHECK(is_country_code("XXA", CountryUse::mrz_nationality));
  CHECK_FALSE(is_country_code("XXA", CountryUse::mrz_issuer));
  CHECK_FALSE(is_country_code("", CountryUse::mrz_issuer));
}

TEST_CASE("the specimen state exists in tests only") {
  CHECK(is_country_code("UTO", CountryUse::mrz_issuer, true));
  CHECK_FALSE(is_country_code("UTO", CountryUse::mrz_issuer));
  CHECK_FALSE(is_country_code("UTO", CountryUse::form, true));
}

}  // namespace
}  // namespace landfall
