#include <doctest/doctest.h>

#include <string>

#include "shared/text/folding.h"

namespace landfall {
namespace {

TEST_CASE("full-width forms and the ideographic space become ASCII") {
  CHECK(fold_width("Ａ１２３（３）　ｚ") == "A123(3) z");
  CHECK(fold_width("王小明") == "王小明");
}

TEST_CASE("digits of any script become 0 to 9") {
  CHECK(fold_digits("٠١٢٣٤٥٦٧٨٩") == "0123456789");
  CHECK(fold_digits("۵۶ ०१ ๒๓ ၄၅ ១២ ໓໔ ７８") == "56 01 23 45 12 34 78");
  CHECK(fold_digits("\U0001D7CE\U0001D7CF") == "01");
  CHECK(fold_digits("Ⅷ½²") == "Ⅷ½²");
}

TEST_CASE("only ASCII letters change case") {
  CHECK(ascii_upper("abcé\u0131") == "ABCé\u0131");
  CHECK(ascii_lower("ABCÉ\u0130") == "abcÉ\u0130");
}

TEST_CASE("white space of every kind is trimmed at both ends and kept inside") {
  CHECK(trim(" \t\u3000a b\u00A0\u2003\n") == "a b");
  CHECK(trim("\uFEFF\u200A") == "");
  CHECK(trim("") == "");
}

TEST_CASE("an identifier is read without its decoration") {
  CHECK(fold_identifier(" ａ 123\u2010456-7 ") == "A1234567");
  CHECK(fold_identifier("a123456(3)") == "A123456(3)");
}

TEST_CASE("damaged bytes pass through unchanged") {
  CHECK(fold_width("a\xFF\xE6") == "a\xFF\xE6");
  CHECK(fold_identifier("\xFFz") == "\xFFZ");
}

TEST_CASE("a text of digits is told from one that is not") {
  CHECK(is_all_digits("0123"));
  CHECK_FALSE(is_all_digits(""));
  CHECK_FALSE(is_all_digits("12a"));
}

}  // namespace
}  // namespace landfall
