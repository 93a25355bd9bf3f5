#include <doctest/doctest.h>

#include <string_view>

#include "shared/text/graphemes.h"

namespace landfall {
namespace {

TEST_CASE("what a person sees as one character counts as one") {
  CHECK(count_graphemes("") == 0);
  CHECK(count_graphemes("abc") == 3);
  CHECK(count_graphemes("王小明") == 3);
  CHECK(count_graphemes("e\u0301") == 1);
  CHECK(count_graphemes("\r\n") == 1);
  CHECK(count_graphemes("\n\r") == 2);
  CHECK(count_graphemes("\U00020BB7\U000E0100") == 1);
}

TEST_CASE("emoji sequences and flags are one each") {
  CHECK(count_graphemes("\U0001F468\u200D\U0001F469\u200D\U0001F467") == 1);
  CHECK(count_graphemes("\U0001F44B\U0001F3FD") == 1);
  CHECK(count_graphemes("\U0001F1F9\U0001F1FC\U0001F1ED\U0001F1F0") == 2);
  CHECK(count_graphemes("\U0001F1F9\U0001F1FC\U0001F1ED") == 2);
  CHECK(count_graphemes("a\u200D\U0001F467") == 2);
}

TEST_CASE("Hangul syllables are one, composed or as letters") {
  CHECK(count_graphemes("한글") == 2);
  CHECK(count_graphemes("\u1112\u1161\u11AB\u1100\u1173\u11AF") == 2);
  CHECK(count_graphemes("\uAC00\u11A8\u11A8") == 1);
  CHECK(count_graphemes("\uAC01\u1161") == 2);
}

TEST_CASE("vowel signs, marks and conjuncts stay with their consonant") {
  CHECK(count_graphemes("नमस्ते") == 3);
  CHECK(count_graphemes("क्ष") == 1);
  CHECK(count_graphemes("प्रौद्योगिकी") == 4);
  CHECK(count_graphemes("สวัสดี") == 4);
  CHECK(count_graphemes("မြန်") == 2);
  CHECK(count_graphemes("ភាសា") == 2);
  CHECK(count_graphemes("Nguyễn") == 6);
}

TEST_CASE("a prepended sign joins what follows, a control never does") {
  CHECK(count_graphemes("\u0600\u0661") == 1);
  CHECK(count_graphemes("a\u200B\u0301") == 3);
}

TEST_CASE("every damaged byte counts as one") {
  CHECK(count_graphemes("\xFF\xFE\x61") == 3);
  CHECK(count_graphemes("a\xE7\x8E") == 3);
}

TEST_CASE("text is cut only between characters") {
  CHECK(first_graphemes("e\u0301xy", 1) == "e\u0301");
  CHECK(first_graphemes("ab", 5) == "ab");
  CHECK(first_graphemes("ab", 0) == "");
  CHECK(next_grapheme("ab", 2) == 2);
}

}  // namespace
}  // namespace landfall
