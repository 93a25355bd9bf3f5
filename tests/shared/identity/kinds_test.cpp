#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "shared/identity/kinds.h"
#include "shared/identity/types.h"
#include "shared/text/utf8.h"
#include "tests/shared/identity/outcomes.h"

namespace landfall {
namespace {

TEST_CASE("every type is known by its name, and the names are in order") {
  int count = 0;
  for (const std::string_view type : identity_types()) {
    CHECK(is_identity_type(type));
    CHECK(check_value(type, "x").ok());
    ++count;
  }
  CHECK(count == 20);
  CHECK(std::is_sorted(identity_types().begin(), identity_types().end()));
}

TEST_CASE("an unknown type and damaged text are errors, not findings") {
  CHECK(check_value("shoe_size", "42").error().code == ErrorCode::identity_type_unknown);
  CHECK(check_value("hkid", "A1\xFF").error() == Error{ErrorCode::utf8_invalid, 2});
}

TEST_CASE("each type does what its name says") {
  int count = 0;
  const auto stores = [&count](std::string_view type, std::string_view value,
                               std::string_view stored) {
    CAPTURE(type);
    CHECK(check_value(type, value).value().normalised == stored);
    ++count;
  };

  stores("country", "hkg", "HKG");
  stores("date", "2026-11-21", "2026-11-21");
  stores("email", "a@Example.com", "a@example.com");
  stores("hkid", "Y246801(6)", "Y2468016");
  stores("macau_bir", "7000000(9)", "70000009");
  stores("mainland_travel_permit", "h12345678", "H12345678");
  stores("name_en", "wong", "WONG");
  stores("name_zh", "黃梅", "黃梅");
  stores("partial_date", "1950-07", "1950-07");
  stores("passport_number", "k76543210", "K76543210");
  stores("person_name", "María", "María");
  stores("phone", "+85251234567", "+85251234567");
  stores("prc_id", "350203198808161277", "350203198808161277");
  stores("roc_date", "115/11/21", "2026-11-21");
  stores("roc_id", "w290807063", "W290807063");
  stores("tw_phone", "0987654321", "+886987654321");
  stores("ubn", "53212540", "53212540");
  stores("ui_no", "h880011223", "H880011223");
  stores("zh_text", "臺北市1號", "臺北市1號");
  CHECK(count == 19);
}

TEST_CASE("the context reaches the checks that need it") {
  CheckContext context;
  context.region = "MAC";
  context.country = "HKG";
  context.email_policy = "warn";
  context.single_name = true;

  CHECK(codes_of(check_value("mainland_travel_permit", "H12345678", context).value()) ==
        "mainland_travel_permit_region");
  CHECK(codes_of(check_value("passport_number", "Z7654321", context).value()) ==
        "(passport_number_unusual)");
  CHECK(codes_of(check_value("email", "a@qq.com", context).value()) == "(email_provider_refused)");
  CHECK(codes_of(check_value("name_zh", "黃", context).value()) == "");
  CHECK(check_value("name_en", "O'Brien", context).value().normalised == "OBRIEN");
}

TEST_CASE("every finding that a check makes is a listed one") {
  const std::set<std::string_view> listed = {
#define LANDFALL_FINDING(name) #name,
#include "shared/base/finding_codes.def"
#undef LANDFALL_FINDING
  };
  int count = 0;
  for (const std::string_view type : identity_types()) {
    for (const char* value : {"", "x", "王", "1234567890", "A123456789", "\U0001F600", "<<<<"}) {
      const CheckOutcome outcome = check_value(type, value).value();
      for (const Finding& finding : outcome.findings) {
        CHECK(listed.count(finding.code) == 1);
        ++count;
      }
    }
  }
  CHECK(count > 60);
}

}  // namespace
}  // namespace landfall
