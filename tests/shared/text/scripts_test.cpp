#include <doctest/doctest.h>

#include "shared/text/scripts.h"
#include "shared/text/simplified_han.h"

namespace landfall {
namespace {

TEST_CASE("a letter of each locale's script is recognised") {
  CHECK(script_of(U'a') == Script::latin);
  CHECK(script_of(U'ễ') == Script::latin);
  CHECK(script_of(U'ア') == Script::kana);
  CHECK(script_of(U'한') == Script::hangul);
  CHECK(script_of(U'ไ') == Script::thai);
  CHECK(script_of(U'ក') == Script::khmer);
  CHECK(script_of(U'မ') == Script::myanmar);
  CHECK(script_of(U'ह') == Script::devanagari);
  CHECK(script_of(U'ㄅ') == Script::bopomofo);
  CHECK(script_of(U'王') == Script::han);
  CHECK(script_of(U'1') == Script::common);
  CHECK(script_of(0x0301) == Script::common);
  CHECK(script_of(U'ա') == Script::other);
}

TEST_CASE("Han characters are found in every block, and nothing else is") {
  CHECK(is_han(U'林'));
  CHECK(is_han(0x3400));
  CHECK(is_han(0xF92C));
  CHECK(is_han(0x20BB7));
  CHECK(is_han(0x2EBF0));
  CHECK(is_han(0x323AF));
  CHECK_FALSE(is_han(U'あ'));
  CHECK_FALSE(is_han(U'·'));
  CHECK_FALSE(is_han(U'⺀'));
}

TEST_CASE("controls, direction marks, private use and noncharacters are unprintable") {
  CHECK(is_unprintable(0x00));
  CHECK(is_unprintable(0x7F));
  CHECK(is_unprintable(0x200B));
  CHECK(is_unprintable(0x202E));
  CHECK(is_unprintable(0xE000));
  CHECK(is_unprintable(0xFFFE));
  CHECK(is_unprintable(0xFDD0));
  CHECK(is_unprintable(0xE0041));
  CHECK_FALSE(is_unprintable(U' '));
  CHECK_FALSE(is_unprintable(0x200D));
  CHECK_FALSE(is_unprintable(0x1F600));
}

TEST_CASE("pictographs are told from letters") {
  CHECK(is_pictograph(0x1F600));
  CHECK_FALSE(is_pictograph(U'王'));
}

TEST_CASE("isolated text cannot turn its surroundings around") {
  CHECK(isolate("a\u202Eb") == "\u2068ab\u2069");
}

TEST_CASE("a simplified character is recognised, with its traditional form where there is one") {
  CHECK(traditional_form(U'陈') == U'陳');
  CHECK(traditional_form(U'发') == char32_t{0});
  CHECK_FALSE(traditional_form(U'陳').has_value());
  CHECK_FALSE(traditional_form(U'台').has_value());
  CHECK_FALSE(traditional_form(U'A').has_value());
  CHECK(suggest_traditional("陈大文") == "陳大文");
}

}  // namespace
}  // namespace landfall
