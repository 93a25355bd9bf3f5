#include <doctest/doctest.h>

#include <string>

#include "shared/text/normalization.h"

namespace landfall {
namespace {

TEST_CASE("letters and their marks are composed") {
  CHECK(normalize_nfc("e\u0301") == "\u00E9");
  CHECK(normalize_nfc("Nguye\u0302\u0303n") == "Nguy\u1EC5n");
  CHECK(normalize_nfc("o\u031B\u0301") == "\u1EDB");
  CHECK(normalize_nfc("\u30AB\u3099") == "\u30AC");
}

TEST_CASE("marks come into their order before they are composed") {
  CHECK(normalize_nfc("a\u0301\u0323") == "\u1EA1\u0301");
  CHECK(normalize_nfd("\u1EA1\u0301") == "a\u0323\u0301");
}

TEST_CASE("Hangul is composed and decomposed by arithmetic") {
  CHECK(normalize_nfc("\u1112\u1161\u11AB") == "\uD55C");
  CHECK(normalize_nfd("\uD55C\uAC00") == "\u1112\u1161\u11AB\u1100\u1161");
}

TEST_CASE("compatibility ideographs become the unified ones") {
  CHECK(normalize_nfc("\uF92C") == "\u90CE");
  CHECK(normalize_nfc("\U0002F800") == "\u4E3D");
}

TEST_CASE("compositions that Unicode excludes stay apart") {
  CHECK(normalize_nfc("\u0958") == "\u0915\u093C");
  CHECK(normalize_nfc("\u2ADC") == "\u2ADD\u0338");
}

TEST_CASE("a blocked mark is left where it is") {
  CHECK(normalize_nfc("a\u0323b\u0301") == "\u1EA1b\u0301");
  CHECK(normalize_nfc("a\u0305\u0301") == "a\u0305\u0301");
}

TEST_CASE("what is in form C already is recognised") {
  CHECK(is_nfc("王小明 Nguy\u1EC5n"));
  CHECK_FALSE(is_nfc("e\u0301"));
}

TEST_CASE("damaged bytes pass through unchanged and compose with nothing") {
  CHECK(normalize_nfc("e\xFF\u0301") == "e\xFF\u0301");
  CHECK(normalize_nfd("\xC3\u00E9") ==
        "\xC3"
        "e\u0301");
}

TEST_CASE("combining marks are told from letters") {
  CHECK(is_combining(0x0301));
  CHECK_FALSE(is_combining(U'e'));
}

}  // namespace
}  // namespace landfall
