#include <doctest/doctest.h>

#include "shared/identity/hkid.h"
#include "shared/identity/macau_bir.h"
#include "shared/identity/mainland_travel_permit.h"
#include "shared/identity/prc_resident_id.h"
#include "shared/identity/roc_national_id.h"
#include "shared/identity/tw_ubn.h"
#include "shared/identity/ui_no.h"
#include "tests/shared/identity/outcomes.h"

namespace landfall {
namespace {

TEST_CASE("a national identity number needs its check digit, and the right one is named") {
  CHECK(check_roc_id("W290807063").findings.empty());
  CHECK(check_roc_id("c-1020 40603").normalised == "C102040603");
  const CheckOutcome wrong = check_roc_id("C102040604");
  CHECK(codes_of(wrong) == "roc_id_check_digit_wrong");
  CHECK(param_of(wrong, "expected") == "3");
  CHECK(wrong.normalised.empty());
  CHECK(codes_of(check_roc_id("C302040603")) == "roc_id_malformed");
  CHECK(codes_of(check_roc_id("C10204060")) == "roc_id_malformed");
  CHECK(codes_of(check_roc_id("")) == "roc_id_malformed");
}

TEST_CASE("a UI number is taken in both formats and says who its holder is") {
  CHECK(check_ui_no("H880011223").findings.empty());
  CHECK(check_ui_no("PB13579026").findings.empty());
  CHECK(read_ui_no("H880011223") ==
        UiNo{UiNoFormat::new_one_letter, 'M', UiNoGroup::hong_kong_macao});
  CHECK(read_ui_no("T923456781") == UiNo{UiNoFormat::new_one_letter, 'F', UiNoGroup::foreign});
  CHECK(read_ui_no("PB13579026") == UiNo{UiNoFormat::old_two_letters, 'F', UiNoGroup::mixed});
  CHECK_FALSE(read_ui_no("H880011224").has_value());
  CHECK(codes_of(check_ui_no("H780011223")) == "ui_no_malformed");
  CHECK(param_of(check_ui_no("PB13579020"), "expected") == "6");
}

TEST_CASE("the old format is warned about once it has ended") {
  CHECK(codes_of(check_ui_no("PB13579026", Date{2031, 1, 1})) == "");
  CHECK(codes_of(check_ui_no("PB13579026", Date{2031, 1, 2})) == "(ui_no_old_format_ended)");
  CHECK(codes_of(check_ui_no("H880011223", Date{2031, 1, 2})) == "");
}

TEST_CASE("a Hong Kong number is stored with its check character, whether typed or not") {
  CHECK(check_hkid("Y246801(6)").normalised == "Y2468016");
  CHECK(check_hkid("y246801 6").normalised == "Y2468016");
  CHECK(check_hkid("ＡＢ１３５７９０（３）").normalised == "AB1357903");
  CHECK(check_hkid("P200001(a)").normalised == "P200001A");
  const CheckOutcome supplied = check_hkid("AB135790");
  CHECK(codes_of(supplied) == "(hkid_check_character_supplied)");
  CHECK(supplied.normalised == "AB1357903");
}

TEST_CASE("a wrong Hong Kong number is refused, with the right character when only that is wrong") {
  CHECK(param_of(check_hkid("Y246801(5)"), "expected") == "6");
  CHECK(param_of(check_hkid("P2000010"), "expected") == "A");
  int count = 0;
  for (const char* value : {"Y24680(6)", "ABC135790(3)", "246801(6)", "Y246801()", "Y246801(66)",
                            "Y246801((6)", "Y246801(B)", "(Y2468016)", ""}) {
    CAPTURE(value);
    CHECK(codes_of(check_hkid(value)) == "hkid_malformed");
    ++count;
  }
  CHECK(count == 9);
}

TEST_CASE("a Macao number is judged by its form alone") {
  CHECK(check_macau_bir("5/234567/0").normalised == "52345670");
  CHECK(check_macau_bir("7000000(9)").normalised == "70000009");
  CHECK(check_macau_bir("1000000").normalised == "1000000");
  CHECK(codes_of(check_macau_bir("3000000(9)")) == "macau_bir_malformed");
  CHECK(codes_of(check_macau_bir("1/00000/00")) == "macau_bir_malformed");
  CHECK(codes_of(check_macau_bir("100000")) == "macau_bir_malformed");
  CHECK(codes_of(check_macau_bir("1(000000)9")) == "macau_bir_malformed");
}

TEST_CASE("a Mainland Travel Permit belongs to its region, and some to no Chinese citizen") {
  CHECK(read_mainland_travel_permit("M1234567805") == MainlandTravelPermit{"MAC", 5, false});
  CHECK(read_mainland_travel_permit("HA7654321") == MainlandTravelPermit{"HKG", {}, true});
  CHECK(codes_of(check_mainland_travel_permit("h12345678", "HKG")) == "");
  const CheckOutcome other = check_mainland_travel_permit("H12345678", "MAC");
  CHECK(codes_of(other) == "mainland_travel_permit_region");
  CHECK(param_of(other, "region") == "HKG");
  CHECK(codes_of(check_mainland_travel_permit("MA1234567", "MAC")) ==
        "(mainland_travel_permit_non_chinese)");
  CHECK(codes_of(check_mainland_travel_permit("H123456789")) == "mainland_travel_permit_malformed");
  CHECK(codes_of(check_mainland_travel_permit("H")) == "mainland_travel_permit_malformed");
}

TEST_CASE("a Mainland number is checked in all its parts") {
  CHECK(check_prc_id("350203198808161277").findings.empty());
  CHECK(read_prc_id("330102197703034562") == PrcResidentId{{1977, 3, 3}, 'F'});
  CHECK(codes_of(check_prc_id("350203198802301275")) == "prc_id_birth_date_wrong");
  CHECK(codes_of(check_prc_id("990102197703034565")) == "prc_id_area_unknown");
  CHECK(codes_of(check_prc_id("810000199001010019")) == "(prc_id_not_mainland)");
  CHECK(codes_of(check_prc_id("350203203001011271", Date{2026, 11, 21})) ==
        "prc_id_birth_date_wrong");
  CHECK(param_of(check_prc_id("350203198808161270"), "expected") == "7");
  CHECK(codes_of(check_prc_id("35020319880816127")) == "prc_id_malformed");
  CHECK(check_prc_id("35020319880816104x").normalised == "35020319880816104X");
}

TEST_CASE("a Mainland number of fifteen digits is stored as eighteen characters") {
  const CheckOutcome outcome = check_prc_id("350203880816127");

  CHECK(outcome.findings.empty());
  CHECK(outcome.normalised == "350203198808161277");
}

TEST_CASE("a business number follows the rule of 2023") {
  CHECK(check_ubn("53212540").findings.empty());
  CHECK(check_ubn("30000072").findings.empty());
  CHECK(check_ubn("３００００ ０６６").normalised == "30000066");
  CHECK(codes_of(check_ubn("53212541")) == "ubn_check_wrong");
  CHECK(codes_of(check_ubn("00000000")) == "ubn_malformed");
  CHECK(codes_of(check_ubn("5321254")) == "ubn_malformed");
}

}  // namespace
}  // namespace landfall
