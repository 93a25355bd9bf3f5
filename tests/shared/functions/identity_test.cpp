#include "shared/functions/identity.h"

#include <doctest/doctest.h>

#include <string>

#include "shared/functions/identity_answer.h"
#include "shared/functions/texts.h"
#include "shared/identity/kinds.h"
#include "shared/identity/mrz_fields.h"

namespace landfall {
namespace {

constexpr std::string_view kZone =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10";

CheckContext full_context() {
  CheckContext context;
  context.as_of = Date{2026, 11, 21};
  context.country = "HKG";
  context.region = "MAC";
  context.calling_code = "852";
  context.email_policy = "warn";
  context.single_name = true;
  context.specimens = true;
  return context;
}

TEST_CASE("what is asked for is what the check itself says, for every type and context") {
  const std::string long_name(3000, 'x');
  int compared = 0;
  for (const std::string_view type : identity_types()) {
    for (const std::string_view value :
         {std::string_view("A123456(3)"), std::string_view("王小东"),
          std::string_view("Ærøskøbing щ"), std::string_view("a@qq.com"),
          std::string_view("2026-02-30"), kZone, std::string_view(long_name)}) {
      for (const CheckContext& context : {CheckContext{}, full_context()}) {
        CAPTURE(type);
        CAPTURE(value);
        CHECK(check_identity(type, value, context).value() ==
              check_value(type, value, context).value());
        ++compared;
      }
    }
  }
  CHECK(compared == 20 * 7 * 2);
}

TEST_CASE("the room for an answer is enough for names that grow when they are spelt out") {
  int asked = 0;
  for (const std::string_view part : {"Щ", "Æ", "ß", "e\u0301", "\u0301", "𠮷", "简"}) {
    std::string value;
    while (value.size() < 6000) value += part;
    for (const std::string_view type : identity_types()) {
      const std::string request = join_texts({type, value, "", "", "", "", "", "", ""});
      CHECK(identity_answer_to(Computation::check_identity, request).size() <=
            longest_answer(request.size()));
      ++asked;
    }
  }
  CHECK(asked == 7 * 20);
}

TEST_CASE("an unknown type and damaged text are errors without asking") {
  CHECK(check_identity("shoe_size", "42", {}).error().code == ErrorCode::identity_type_unknown);
  CHECK(check_identity("hkid", "A1\xFF", {}).error() == Error{ErrorCode::utf8_invalid, 2});
}

TEST_CASE("a zone's fields go by their names") {
  const Date today{2026, 11, 21};

  CHECK(field_of_zone(kZone, "surname", today).value() == "ERIKSSON");
  CHECK(field_of_zone(kZone, "birth_date", today).value() == "1974-08-12");
  CHECK(field_of_zone(kZone, "shoe_size", today).error().code == ErrorCode::xpath_type);
  CHECK(field_of_zone("no zone", "shoe_size", today).value().empty());
  CHECK(can_carry_zone(kZone, "Eriksson", "Anna Maria").value());
  CHECK_FALSE(can_carry_zone(kZone, "Eriksson", "Anna").value());
  CHECK_FALSE(can_carry_zone("no zone", "Eriksson", "Anna").value());
}

TEST_CASE("arguments of another shape have an answer, and it says nothing") {
  const std::string whole = join_texts({"hkid", "A123456(3)", "2026-11-21"});
  int asked = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string_view cut = std::string_view(whole).substr(0, size);
    CHECK(identity_answer_to(Computation::field_of_zone, cut).empty());
    CHECK(identity_answer_to(Computation::can_carry_zone, cut) == "0");
    ++asked;
  }
  CHECK(asked > 20);
  CHECK(identity_answer_to(Computation::check_identity, "\xFF\xFF\xFF\xFFx").empty());
  CHECK(identity_answer_to(Computation::nothing_of_identity, whole).empty());
}

TEST_CASE("joined texts come apart as they were, and damaged ones end") {
  const std::string joined = join_texts({"one", "", std::string_view("\0\xFF", 2)});
  std::string_view left = joined;

  CHECK(take_text(left) == "one");
  CHECK(take_text(left).empty());
  CHECK(take_text(left) == std::string_view("\0\xFF", 2));
  CHECK(left.empty());
  CHECK(take_text(left).empty());

  std::string_view cut = std::string_view(joined).substr(0, 5);
  CHECK(take_text(cut).empty());
  CHECK(cut.empty());
}

}  // namespace
}  // namespace landfall
