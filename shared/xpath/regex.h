// Regular expressions matched in time linear in the text, for regex() and for checks.

#ifndef LANDFALL_SHARED_XPATH_REGEX_H_
#define LANDFALL_SHARED_XPATH_REGEX_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace landfall {

inline constexpr std::size_t kMaxRegexBytes = 4096;
inline constexpr std::size_t kMaxRegexInstructions = 4096;

// A compiled pattern. Understands: literals, `.`, classes with ranges and negation, \d \w \s \D \W
// \S \t \n \r \f \v \uXXXX \xXX, \p{L} \p{Lu} \p{Ll} \p{N} \p{Nd} \p{Han} \p{Latin} and \P{…},
// groups (also (?:…)), `|`, `* + ? {n} {n,} {n,m}` (lazy marks are accepted and change nothing
// in a whole match), `^ $ \b \B`. Works on code points.
class Regex {
 public:
  // Errors (offset = byte in `pattern`):
  //   regex_syntax         not a pattern
  //   regex_unsupported    a backreference, look-around, or another construct that has no
  //                        linear-time matcher
  //   regex_too_large      more than kMaxRegexBytes, kMaxRegexInstructions or 100 nested groups
  [[nodiscard]] static Result<Regex> compile(std::string_view pattern);

  // True when the pattern matches the whole of `text`, as ODK Collect's regex() does.
  [[nodiscard]] bool matches(std::string_view text) const;

  // The number of instructions: the work per character of the text is at most proportional to it.
  [[nodiscard]] std::size_t size() const { return program_.size(); }

 private:
  friend class RegexCompiler;

  enum class Kind : std::uint8_t {
    character,  // a: the code point
    any,        // any but line ends
    set,        // one of the members from a to b
    other,      // none of them
    split,      // goes on at a and at b
    jump,       // goes on at a
    text_start,
    text_end,
    word_boundary,
    no_word_boundary,
    match,
  };
  enum class Property : std::uint8_t { letter, upper, lower, digit, han, latin, word, space };

  struct Instruction {
    Kind kind = Kind::match;
    std::uint32_t a = 0;
    std::uint32_t b = 0;
  };
  // Of a set: the characters from low to high; where low is above high those with a property, whose
  // number is low / 2 - 1, or where low is odd those without it.
  struct Member {
    char32_t low = 0;
    char32_t high = 0;
  };

  struct Threads;
  [[nodiscard]] static bool has_property(Property property, char32_t c);
  [[nodiscard]] static bool holds(const Member& member, char32_t c);
  [[nodiscard]] bool steps_over(const Instruction& instruction, char32_t c) const;
  void follow(Threads& threads, std::uint32_t start, std::size_t position,
              const std::u32string& text) const;

  std::vector<Instruction> program_;
  std::vector<Member> members_;  // of all sets
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_XPATH_REGEX_H_
