#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "shared/text/utf8.h"

namespace landfall {
namespace {

TEST_CASE("every scalar value survives being written and read") {
  int count = 0;
  for (char32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
    if (code_point == 0xD800) code_point = 0xE000;
    std::string text;
    append_utf8(text, code_point);
    std::size_t offset = 0;
    const char32_t read = read_code_point(text, offset);
    if (read != code_point || offset != text.size()) FAIL("code point ", code_point);
    ++count;
  }
  CHECK(count == 0x110000 - 0x800);
}

TEST_CASE("overlong forms, surrogates, too large values and cut sequences are refused") {
  int count = 0;
  for (std::string_view text : {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80",
                                "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\x80",
                                "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF",
                                "\xC3", "\xE6\x97", "\xF0\x9F\x98", "\xE6\x28\xA5", "\xC3\x28"}) {
    CAPTURE(text);
    CHECK(find_invalid_utf8(text) == 0);
    ++count;
  }
  CHECK(count == 18);
}

TEST_CASE("the first wrong byte is named") {
  CHECK(decode_utf8("ab\xFF").error() == Error{ErrorCode::utf8_invalid, 2});
  CHECK(find_invalid_utf8("\u738B\xE5\xB0") == 3);
  CHECK(decode_utf8("\u738B\U0001F600").value() == U"\u738B\U0001F600");
}

TEST_CASE("reading goes on one byte behind a wrong one") {
  const std::string_view text = "\xE6\x41";
  std::size_t offset = 0;

  CHECK(read_code_point(text, offset) == kNoCodePoint);
  CHECK(read_code_point(text, offset) == U'A');
  CHECK(offset == 2);
}

}  // namespace
}  // namespace landfall
