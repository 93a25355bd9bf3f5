#include <doctest/doctest.h>

#include <string>

#include "shared/identity/mrz_name.h"
#include "shared/identity/person_name.h"
#include "shared/identity/transliteration.h"
#include "tests/shared/identity/outcomes.h"

namespace landfall {
namespace {

TEST_CASE("a Latin name is stored in upper case with single spaces") {
  CHECK(check_name_en("  van   der berg ").normalised == "VAN DER BERG");
  CHECK(check_name_en("O’Brien-Smith").normalised == "O'BRIEN-SMITH");
  CHECK(check_name_en("Ｃｈａｎ").normalised == "CHAN");
}

TEST_CASE("the Hong Kong and Macao track stores letters and spaces, and says so") {
  const CheckOutcome outcome = check_name_en("O'Brien-Smith", NameTrack::hong_kong_macao);

  CHECK(outcome.normalised == "OBRIEN SMITH");
  CHECK(codes_of(outcome) == "(name_en_punctuation)");
  CHECK(codes_of(check_name_en("TAI MAN", NameTrack::hong_kong_macao)) == "");
}

TEST_CASE("letters with marks are refused with the spelling that the passport has") {
  const CheckOutcome outcome = check_name_en("Nguyễn");

  CHECK(codes_of(outcome) == "name_en_character");
  CHECK(param_of(outcome, "character") == "ễ");
  CHECK(param_of(outcome, "expected") == "NGUYEN");
}

TEST_CASE("what is no Latin name is refused") {
  CHECK(codes_of(check_name_en("")) == "name_empty");
  CHECK(codes_of(check_name_en("   ")) == "name_empty");
  CHECK(codes_of(check_name_en("Wong 3")) == "name_en_character");
  CHECK(codes_of(check_name_en("'Wong")) == "name_en_character");
  CHECK(codes_of(check_name_en("黃")) == "name_en_character");
  CHECK(param_of(check_name_en("黃"), "expected") == "");
  CHECK(param_of(check_name_en(std::string(40, 'A')), "max") == "39");
  CHECK(check_name_en(std::string(39, 'A')).findings.empty());
}

TEST_CASE("a Chinese name is two to twenty characters, one for a single name") {
  CHECK(check_name_zh("黃小梅").normalised == "黃小梅");
  CHECK(codes_of(check_name_zh("黃")) == "name_zh_too_short");
  CHECK(codes_of(check_name_zh("黃", true)) == "");
  CHECK(codes_of(check_name_zh("黃\U00020BB7")) == "");
  std::string long_name;
  for (int i = 0; i < 21; ++i) long_name += "梅";
  CHECK(param_of(check_name_zh(long_name), "max") == "20");
}

TEST_CASE("middle dots are stored in one form and stand between characters only") {
  CHECK(check_name_zh("艾山‧買買提").normalised == "艾山·買買提");
  CHECK(check_name_zh("艾山・買買提").normalised == "艾山·買買提");
  CHECK(codes_of(check_name_zh("·買買提")) == "name_zh_character");
  CHECK(codes_of(check_name_zh("艾山·")) == "name_zh_character");
  CHECK(codes_of(check_name_zh("艾··山")) == "name_zh_character");
}

TEST_CASE("compatibility characters and glyph variants are stored as the character") {
  CHECK(check_name_zh("\uF92C\uF92C").normalised == "郎郎");
  CHECK(check_name_zh("葛\U000E0100小").normalised == "葛小");
}

TEST_CASE("anything but Han in a Chinese name is refused and shown whole") {
  CHECK(param_of(check_name_zh("黃A"), "character") == "A");
  CHECK(param_of(check_name_zh("黃\U0001F468\u200D\U0001F469"), "character") ==
        "\U0001F468\u200D\U0001F469");
  CHECK(codes_of(check_name_zh("黃　梅")) == "name_zh_character");
  CHECK(codes_of(check_name_zh("黃\uE000")) == "name_zh_character");
  CHECK(codes_of(check_name_zh("はな")) == "name_zh_character");
  CHECK(codes_of(check_name_zh("")) == "name_empty");
}

TEST_CASE("simplified characters are warned about with the traditional form") {
  const CheckOutcome outcome = check_name_zh("刘国华");

  CHECK(codes_of(outcome) == "(name_zh_simplified)");
  CHECK(param_of(outcome, "expected") == "劉國華");
  CHECK(outcome.normalised == "刘国华");
}

TEST_CASE("a name of any script is accepted as its bearer writes it") {
  int count = 0;
  for (const char* name :
       {"Nguyễn Thị Đào", "สมชาย ใจดี", "သန်းဝင်း", "សុខា ចាន់", "ललित शर्मा", "김민준", "アンナ・マリア",
        "山田 花子", "María José O'Connor-Núñez", "Sukarno"}) {
    CAPTURE(name);
    CHECK(codes_of(check_person_name(name)) == "");
    ++count;
  }
  CHECK(count == 10);
}

TEST_CASE("digits, symbols, pictures and invisible characters are in no name") {
  CHECK(codes_of(check_person_name("Anna2")) == "name_character");
  CHECK(codes_of(check_person_name("अन्ना२")) == "name_character");
  CHECK(codes_of(check_person_name("Anna<script>")) == "name_character");
  CHECK(codes_of(check_person_name("Анна\u202E")) == "name_character");
  CHECK(codes_of(check_person_name("Анна\U0001F600")) == "name_character");
  CHECK(codes_of(check_person_name("-.-")) == "name_empty");
}

TEST_CASE("the single-name tick and the given name exclude each other") {
  CHECK(check_single_name("", true).empty());
  CHECK(check_single_name("ANNA", false).empty());
  CHECK(check_single_name("ANNA", true)[0].code == "name_given_not_empty");
  CHECK(check_single_name(" ", false)[0].code == "name_given_missing");
}

TEST_CASE("Latin letters are spelt as Doc 9303 recommends, in either case") {
  CHECK(transliterate("Müßiggänger Øre þorn") == "MUESSIGGAENGER OERE THORN");
  CHECK(transliterate("ĳ İıŸÿŒœ") == "IJ IIYYOEOE");
  CHECK(transliterate("Ướt Ơ ơ") == "UOT O O");
  CHECK(transliterate("é\u0301 e\u0301") == "E\u0301 E");
  CHECK(icao_alternatives(U'ü') == "UE UXX U");
  CHECK(icao_transliteration(U'王') == "");
}

TEST_CASE("a name field drops apostrophes, splits at hyphens and ends in fillers") {
  CHECK(format_mrz_name("O'Neil-Smith", "Mary Ann", 39) ==
        "ONEIL<SMITH<<MARY<ANN<<<<<<<<<<<<<<<<<<");
  CHECK(format_mrz_name("Suparto", "", 31) == "SUPARTO<<<<<<<<<<<<<<<<<<<<<<<<");
}

TEST_CASE("a name field that is too short is cut in a letter, never in a filler") {
  CHECK(format_mrz_name("ABCDEFGH", "IJ KLMN", 12) == "ABCDEFGH<<IJ");
  CHECK(format_mrz_name("ABCDEFGH", "IJ KLMN", 13) == "ABCDEFGH<<I<K");
  CHECK(format_mrz_name("ABCDEFGH IJKL", "MN", 12) == "ABCDEFGH<<MN");
  CHECK(format_mrz_name("ABCDEFGHIJKLMNOP", "QRST", 10) == "ABCDEF<<QR");
  CHECK(format_mrz_name("ABCDEFGH", "I JKL", 12) == "ABCDEFG<<I<J");
  CHECK(format_mrz_name("ABCDEFGHIJ", "", 6) == "ABCDEF");
}

TEST_CASE("a name field is recognised as the typed name in any allowed spelling") {
  CHECK(is_mrz_name_of("MUELLER<<JOERG<<<<<<", "Müller", "Jörg"));
  CHECK(is_mrz_name_of("MULLER<<JORG<<<<<<<<", "Müller", "Jörg"));
  CHECK(is_mrz_name_of("MUXXLLER<<JORG<<<<<<", "Müller", "Jörg"));
  CHECK_FALSE(is_mrz_name_of("MILLER<<JOERG<<<<<<<", "Müller", "Jörg"));
  CHECK_FALSE(is_mrz_name_of("MUELLER<<JOERG<<<<<<", "Müller", "Jörg Max"));
  CHECK_FALSE(is_mrz_name_of("MUELLER<<JOERG<MAX<<", "Müller", "Jörg"));
}

TEST_CASE("a cut name field is recognised by what is left of its parts") {
  CHECK(is_mrz_name_of("BERGMANN<LIN<<ANN<MA", "Bergmann Lindqvist", "Anna Maria Elisa"));
  CHECK_FALSE(is_mrz_name_of("BERGMANN<LIN<<ANN<XA", "Bergmann Lindqvist", "Anna Maria Elisa"));
}

TEST_CASE("text in Chinese is asked for in traditional characters, whatever else stands in it") {
  const CheckOutcome outcome = check_zh_text("台北市广州街15号 5F, Apt. 2");
  CHECK(codes_of(outcome) == "name_zh_simplified");
  CHECK(param_of(outcome, "expected") == "台北市廣州街15號 5F, Apt. 2");
  CHECK(codes_of(check_zh_text("臺北市廣州街15號")) == "");
  CHECK(codes_of(check_zh_text("Example Rd. 1, Taichung")) == "");
}

}  // namespace
}  // namespace landfall
