#include <doctest/doctest.h>

#include <string>

#include "shared/identity/mrz.h"
#include "shared/identity/mrz_name.h"
#include "tests/shared/identity/outcomes.h"

namespace landfall {
namespace {

constexpr std::string_view kPassport =
    "P<CHNWONG<<SIU<MING<<<<<<<<<<<<<<<<<<<<<<<<<\n"
    "KJ01234562CHN0102030F3104057<<<<<<<<<<<<<<00";

// `zone` with the character at `offset` changed.
std::string with(std::string_view zone, std::size_t offset, char c) {
  std::string changed(zone);
  changed[offset] = c;
  return changed;
}

TEST_CASE("a name is known in its field also where no cut of it ends in a letter") {
  const std::string field = format_mrz_name("P CHNAN TAI MAN AN A T", "AI MAN ARTII M A", 39);

  CHECK(field.ends_with('<'));
  CHECK(is_mrz_name_of(field, "P CHNAN TAI MAN AN A T", "AI MAN ARTII M A"));
  CHECK(!is_mrz_name_of(field, "P CHNAN TAI MAN AN A", "AI MAN ARTII"));
}

TEST_CASE("a passport's zone is read into its fields") {
  const Mrz mrz = parse_mrz(kPassport).value();

  CHECK(mrz.format == MrzFormat::td3);
  CHECK(mrz.document_code == "P");
  CHECK(mrz.issuer == "CHN");
  CHECK(mrz.nationality == "CHN");
  CHECK(mrz.name == MrzName{"WONG", "SIU MING"});
  CHECK(mrz.number == MrzChecked{"KJ0123456", '2', true});
  CHECK(mrz.birth_date == MrzChecked{"010203", '0', true});
  CHECK(mrz.expiry_date == MrzChecked{"310405", '7', true});
  CHECK(mrz.sex == 'F');
  CHECK(mrz.personal_number == MrzChecked{"", '0', true});
  CHECK(mrz.composite->is_right);
}

TEST_CASE("lines may be separated in any way or run together, and are stored as lines") {
  std::string together(kPassport);
  together.erase(44, 1);

  CHECK(check_mrz(together).normalised == kPassport);
  CHECK(check_mrz("  " + std::string(kPassport) + " \r\n").normalised == kPassport);
}

TEST_CASE("a wrong character in a checked field is found, and the digit it needs is named") {
  const CheckOutcome outcome = check_mrz(with(kPassport, 45 + 13, '1'));

  CHECK(codes_of(outcome) == "mrz_check_digit_wrong mrz_check_digit_wrong");
  CHECK(param_of(outcome, "field") == "birth_date");
  CHECK(param_of(outcome, "expected") == "7");
  CHECK(outcome.normalised.empty());
}

TEST_CASE("every wrong check digit of a passport is found") {
  int count = 0;
  for (const std::size_t offset : {9u, 19u, 27u, 42u, 43u}) {
    const char right = kPassport[45 + offset];
    const std::string zone = with(kPassport, 45 + offset, right == '9' ? '8' : '9');
    CHECK(codes_of(check_mrz(zone)).starts_with("mrz_check_digit_wrong"));
    ++count;
  }
  CHECK(count == 5);
}

TEST_CASE("an empty personal number may leave its check digit open") {
  CHECK(check_mrz(with(kPassport, 45 + 42, '<')).findings.empty());
}

TEST_CASE("other characters, lengths and documents are no zone") {
  CHECK(parse_mrz(with(kPassport, 5, 'w')).error() == Error{ErrorCode::mrz_malformed, 5});
  CHECK(parse_mrz(kPassport.substr(0, 44)).error() == Error{ErrorCode::mrz_malformed, 44});
  CHECK(codes_of(check_mrz(std::string(kPassport) + "<")) == "mrz_malformed");
  CHECK(codes_of(check_mrz(with(kPassport, 0, 'X'))) == "mrz_malformed");
  CHECK(codes_of(check_mrz("")) == "mrz_malformed");
}

TEST_CASE("codes, sex and name are judged besides the digits") {
  CHECK(codes_of(check_mrz(with(kPassport, 2, 'Q'))) == "mrz_country_unknown");
  CHECK(codes_of(check_mrz(with(kPassport, 45 + 20, 'X'))) == "mrz_sex_wrong");
  CHECK(codes_of(check_mrz(with(kPassport, 6, '0'))) == "mrz_name_character");
  std::string nameless(kPassport);
  nameless.replace(5, 16, "<<<<<<<<<<<<<<<<");
  CHECK(codes_of(check_mrz(nameless)) == "mrz_name_missing");
}

TEST_CASE("a specimen is accepted where specimens are, with a birth date known in part") {
  constexpr std::string_view kSpecimen =
      "P<UTOSUPARTO<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n"
      "X1234567<7UTO76<<<<7<3002289<<<<<<<<<<<<<<06";

  CHECK(codes_of(check_mrz(kSpecimen)) == "mrz_country_unknown mrz_country_unknown");
  CHECK(check_mrz(kSpecimen, true).findings.empty());
  CHECK(parse_mrz(kSpecimen).value().name == MrzName{"SUPARTO", ""});
}

TEST_CASE("a German passport says D in the zone and DEU in the form") {
  constexpr std::string_view kGerman =
      "P<D<<MUELLER<<JOERG<<<<<<<<<<<<<<<<<<<<<<<<<\n"
      "C01X0006H1D<<0002299M3002289<<<<<<<<<<<<<<08";

  CHECK(check_mrz(kGerman).findings.empty());
  CHECK(form_country_of_mrz(parse_mrz(kGerman).value().issuer) == "DEU");
}

TEST_CASE("two digits of a year mean a birth in the past and an expiry not far ahead") {
  constexpr Date kToday{2026, 11, 21};

  CHECK(mrz_birth_date("261121", kToday) == Date{2026, 11, 21});
  CHECK(mrz_birth_date("261122", kToday) == Date{1926, 11, 22});
  CHECK(mrz_birth_date("000229", kToday) == Date{2000, 2, 29});
  CHECK_FALSE(mrz_birth_date("76<<<<", kToday).has_value());
  CHECK_FALSE(mrz_birth_date("761301", kToday).has_value());
  CHECK(mrz_expiry_date("760101", kToday) == Date{2076, 1, 1});
  CHECK(mrz_expiry_date("770101", kToday) == Date{1977, 1, 1});
}

TEST_CASE("check digits count letters, digits and fillers, and nothing else") {
  CHECK(mrz_check_digit("") == '0');
  CHECK(mrz_check_digit("Z<1") == '6');
  CHECK_FALSE(mrz_check_digit("a").has_value());
}

}  // namespace
}  // namespace landfall
