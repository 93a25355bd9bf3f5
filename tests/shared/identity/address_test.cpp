#include <doctest/doctest.h>

#include <array>
#include <string>

#include "shared/identity/email.h"
#include "shared/identity/phone.h"
#include "shared/identity/punycode.h"
#include "tests/shared/identity/outcomes.h"

namespace landfall {
namespace {

TEST_CASE("an e-mail address is stored with its domain in lower-case A-labels") {
  CHECK(check_email(" Mei.Lin+visa@Example.ORG ").normalised == "Mei.Lin+visa@example.org");
  CHECK(check_email("a@bücher.example").normalised == "a@xn--bcher-kva.example");
  CHECK(check_email("ｍｅｉ＠ｅｘａｍｐｌｅ．ｃｏｍ").normalised == "mei@example.com");
  CHECK(check_email("梅@example.com").normalised == "梅@example.com");
}

TEST_CASE("what mail could not reach is no e-mail address") {
  int count = 0;
  for (const char* value : {"",
                            "mei",
                            "@example.com",
                            "mei@",
                            "mei@example",
                            "mei@.com",
                            "mei@example..com",
                            "mei@-example.com",
                            "mei@example-.com",
                            "mei lin@example.com",
                            ".mei@example.com",
                            "mei.@example.com",
                            "me..i@example.com",
                            "mei@exam ple.com",
                            "mei@1.2.3.4",
                            "mei@[1.2.3.4]",
                            "mei@exa_mple.com",
                            "\"mei\"@example.com",
                            "mei\u202E@example.com",
                            "mei@exam\U0001F600.com",
                            "a@b@"}) {
    CAPTURE(value);
    CHECK(codes_of(check_email(value)) == "email_malformed");
    ++count;
  }
  CHECK(count == 21);
}

TEST_CASE("an e-mail address has a longest length") {
  const std::string label(63, 'a');
  const std::string domain = label + "." + label + "." + label;

  CHECK(check_email(std::string(62, 'x') + "@" + domain).findings.empty());
  CHECK(param_of(check_email(std::string(65, 'x') + "@example.com"), "max") == "64");
  CHECK(param_of(check_email(std::string(63, 'x') + "@" + domain), "max") == "254");
  CHECK(codes_of(check_email("a@" + label + "b.com")) == "email_malformed");
}

TEST_CASE("a form's policy on providers covers whole domains and nothing beside them") {
  const auto refused = [](std::string_view address) {
    return !check_email_provider(address, mainland_email_domains(), Severity::error).empty();
  };

  CHECK(refused("a@qq.com"));
  CHECK(refused("a@vip.qq.com"));
  CHECK(refused("a@university.edu.cn"));
  CHECK(refused("a@wo.cn"));
  CHECK_FALSE(refused("a@notqq.com"));
  CHECK_FALSE(refused("a@example.com.tw"));
  CHECK_FALSE(refused("qq.com@example.com"));
}

TEST_CASE("a form may bring its own list and warn only") {
  const std::array<std::string_view, 1> domains = {"example.net"};

  const auto findings = check_email_provider("a@example.net", domains, Severity::warning);

  REQUIRE(findings.size() == 1);
  CHECK(findings[0].severity == Severity::warning);
  CHECK(findings[0].params[0].second == "example.net");
}

TEST_CASE("labels of other scripts are written in Punycode") {
  CHECK(encode_punycode(U"münchen") == "mnchen-3ya");
  CHECK(encode_punycode(U"例え") == "r8jz45g");
  CHECK(encode_punycode(U"ドメイン名例") == "eckwd4c7cu47r2wf");
}

TEST_CASE("Taiwanese numbers are read with all their decoration") {
  CHECK(read_tw_phone("0987-654-321") == TwPhone{TwPhoneKind::mobile, "+886987654321", ""});
  CHECK(read_tw_phone("+886 (0)987 654 321")->e164 == "+886987654321");
  CHECK(read_tw_phone("００８８６ ２ ２７６５ ４３２１")->e164 == "+886227654321");
  CHECK(read_tw_phone("(04) 765-4321")->kind == TwPhoneKind::landline);
  CHECK(read_tw_phone("04-2765-4321 分機 12")->extension == "12");
  CHECK(read_tw_phone("02 2765 4321 ext. 7")->extension == "7");
  CHECK(read_tw_phone("0826-54321").has_value());
  CHECK(check_tw_phone("02-27654321#123").normalised == "+886227654321;ext=123");
}

TEST_CASE("numbers of the wrong length and nobody's numbers are refused") {
  CHECK(codes_of(check_tw_phone("098765432")) == "tw_phone_malformed");
  CHECK(param_of(check_phone("912345678", "886"), "expected") == "0912345678");
  CHECK(param_of(check_phone("2-2765-4321", "886"), "expected") == "0227654321");
  CHECK(check_tw_phone("098765432").findings[0].params.empty());
  CHECK(codes_of(check_tw_phone("02-1765-4321")) == "tw_phone_malformed");
  CHECK(codes_of(check_tw_phone("02-2765-432")) == "tw_phone_malformed");
  CHECK(codes_of(check_tw_phone("02-2765-4321#1234567")) == "tw_phone_malformed");
  CHECK(codes_of(check_tw_phone("")) == "tw_phone_malformed");
  CHECK(codes_of(check_tw_phone("0800-123-456")) == "phone_not_personal");
  CHECK(codes_of(check_tw_phone("1999")) == "phone_not_personal");
}

TEST_CASE("a number of another country is stored as E.164") {
  CHECK(check_phone("5123 4567", "852").normalised == "+85251234567");
  CHECK(check_phone("+852 5123-4567").normalised == "+85251234567");
  CHECK(check_phone("00852 51234567", "852").normalised == "+85251234567");
  CHECK(check_phone("090-1234-5678", "81").normalised == "+819012345678");
  CHECK(check_phone("06 1234 5678", "39").normalised == "+390612345678");
  CHECK(check_phone("0987654321", "886").normalised == "+886987654321");
  CHECK(check_phone("0987654321").normalised == "+886987654321");
}

TEST_CASE("a number that contradicts its country or E.164 is refused") {
  CHECK(codes_of(check_phone("+853 6123 4567", "852")) == "phone_malformed");
  CHECK(codes_of(check_phone("85251234567", "852")) == "phone_malformed");
  CHECK(codes_of(check_phone("12345", "84")) == "phone_malformed");
  CHECK(codes_of(check_phone("123456789012345", "84")) == "phone_malformed");
  CHECK(codes_of(check_phone("51234x67", "852")) == "phone_malformed");
  CHECK(codes_of(check_phone("+0123456789")) == "phone_malformed");
}

TEST_CASE("what is dialled at home before a number does not travel with it") {
  CHECK(check_phone("+61 (0)412 345 678").normalised == "+61412345678");
  CHECK(check_phone("8 912 345 67 89", "7").normalised == "+79123456789");
  CHECK(check_phone("1 (202) 555-0143", "1").normalised == "+12025550143");
  CHECK(check_phone("06 20 123 4567", "36").normalised == "+36201234567");
  // Zero belongs to the number where it is not dialled at home only.
  CHECK(check_phone("+39 06 1234 5678").normalised == "+390612345678");
  CHECK(check_phone("+225 07 01 02 03 04").normalised == "+2250701020304");
}

TEST_CASE("more than one zero dialled at home does not travel either, and is no number alone") {
  const CheckOutcome typed = check_phone("+231 00886 912-8", "");
  const CheckOutcome again = check_phone(typed.normalised, "");

  CHECK(typed.normalised == "+2318869128");
  CHECK(again.normalised == typed.normalised);
  CHECK(!check_phone("+231 000000", "").is_acceptable());
}

TEST_CASE("a number of a length that its country does not have is stored with a warning") {
  const CheckOutcome short_by_one = check_phone("412 345 67", "61");

  CHECK(codes_of(short_by_one) == "(phone_unusual)");
  CHECK(short_by_one.is_acceptable());
  CHECK(short_by_one.normalised == "+6141234567");
  CHECK(codes_of(check_phone("912345678", "84")) == "");
  CHECK(codes_of(check_phone("51234567", "852")) == "");
  CHECK(codes_of(check_phone("512345678", "852")) == "(phone_unusual)");
  CHECK(codes_of(check_phone("9812345678", "91")) == "");
  CHECK(check_phone("51234", "500").normalised == "+50051234");
  CHECK(codes_of(check_phone("2055512345", "856")) == "");
  CHECK(codes_of(check_phone("12345678", "9999")) == "(phone_unusual)");
}

TEST_CASE("a number with a calling code of no country is none") {
  CHECK(codes_of(check_phone("+999 1234 5678")) == "phone_malformed");
  CHECK(codes_of(check_phone("+210 1234 5678")) == "phone_malformed");
}

}  // namespace
}  // namespace landfall
