#include <doctest/doctest.h>

#include <string>

#include "shared/xpath/regex.h"

namespace landfall {
namespace {

bool matches(std::string_view pattern, std::string_view text) {
  const Result<Regex> regex = Regex::compile(pattern);
  REQUIRE(regex.ok());
  return regex.value().matches(text);
}

ErrorCode refusal(std::string_view pattern) {
  const Result<Regex> regex = Regex::compile(pattern);
  REQUIRE_FALSE(regex.ok());
  return regex.error().code;
}

TEST_CASE("literals, classes, groups and repetitions match as everywhere") {
  CHECK(matches("a|bc|d", "bc"));
  CHECK(matches("(ab){2,3}c?", "ababab"));
  CHECK_FALSE(matches("(ab){2,3}", "ab"));
  CHECK(matches("[A-Z]{1,2}\\d{6}", "WX123456"));
  CHECK(matches("[^0-9]+", "abc"));
  CHECK(matches("a{0}b", "b"));
  CHECK(matches("(a|b)*?c+?", "ababcc"));
  CHECK(matches("^abc$", "abc"));
  CHECK(matches("\\bab\\b-\\w+", "ab-c_1"));
  CHECK(matches("\\u81fa\\x41", "臺A"));
  CHECK(matches("[\\-\\]\\\\]+", "-]\\"));
  CHECK(matches("", ""));
}

TEST_CASE("a character is a code point, and scripts have names") {
  CHECK(matches("...", "臺灣。"));
  CHECK(matches("\\p{Han}+", "臺灣𠮷"));
  CHECK(matches("[\\p{Han}\\p{Latin} ]+", "Café 臺灣"));
  CHECK(matches("\\P{Han}+", "abc"));
  CHECK_FALSE(matches("\\p{Han}+", "アイ"));
  CHECK(matches("\\p{L}+", "Привет"));
}

TEST_CASE("what has no linear-time matcher is refused") {
  CHECK(refusal("(a)\\1") == ErrorCode::regex_unsupported);
  CHECK(refusal("(?=a)a") == ErrorCode::regex_unsupported);
  CHECK(refusal("(?<!a)b") == ErrorCode::regex_unsupported);
  CHECK(refusal("a++") == ErrorCode::regex_unsupported);
  CHECK(refusal("\\q") == ErrorCode::regex_unsupported);
  CHECK(refusal("[a-z&&[^b]]") == ErrorCode::regex_unsupported);
}

TEST_CASE("what is no pattern is refused with the place of the mistake") {
  CHECK(refusal("a(b") == ErrorCode::regex_syntax);
  CHECK(refusal("a)b") == ErrorCode::regex_syntax);
  CHECK(refusal("*a") == ErrorCode::regex_syntax);
  CHECK(refusal("[z-a]") == ErrorCode::regex_syntax);
  CHECK(refusal("a{3,2}") == ErrorCode::regex_syntax);
  CHECK(Regex::compile("ab[").error().offset == 3);
}

TEST_CASE("a pattern that would grow without end is refused") {
  CHECK(refusal("((a{100}){100}){100}") == ErrorCode::regex_too_large);
  CHECK(refusal(std::string(5000, 'a')) == ErrorCode::regex_too_large);
  CHECK(refusal(std::string(200, '(')) == ErrorCode::regex_too_large);
}

TEST_CASE("a pattern that makes other engines stand still takes a moment here") {
  const std::string text(20000, 'a');

  CHECK_FALSE(matches("(a+)+b", text));
  CHECK_FALSE(matches("(a|aa)*c", text));
  CHECK_FALSE(matches("(.*)(.*)(.*)(.*)x", text));
}

}  // namespace
}  // namespace landfall
