#include "shared/xpath/regex.h"

#include <algorithm>
#include <string>

#include "shared/text/scripts.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

bool is_line_end(char32_t c) {
  return c == U'\n' || c == U'\r' || c == U'\u0085' || c == U'\u2028' || c == U'\u2029';
}

// Letters of the scripts that the locales use; a table of all letters would cost more than it
// gives.
bool is_letter_of_a_locale(char32_t c) {
  const Script script = script_of(c);
  return script != Script::common && script != Script::other;
}

bool is_word(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9') ||
         c == U'_';
}

}  // namespace

// The instructions that are alive at one place of the text, each once.
struct Regex::Threads {
  explicit Threads(std::size_t size) : seen(size, 0) {}

  std::vector<std::uint32_t> list;
  std::vector<std::uint8_t> seen;

  void clear() {
    for (const std::uint32_t at : list) seen[at] = 0;
    for (const std::uint32_t at : passed) seen[at] = 0;
    list.clear();
    passed.clear();
  }
  std::vector<std::uint32_t> passed;   // seen without consuming anything
  std::vector<std::uint32_t> pending;  // of follow(), kept so that it is not made anew each time
};

bool Regex::has_property(Property property, char32_t c) {
  switch (property) {
    case Property::letter:
      return is_letter_of_a_locale(c);
    case Property::upper:
      return c >= U'A' && c <= U'Z';
    case Property::lower:
      return c >= U'a' && c <= U'z';
    case Property::digit:
      return c >= U'0' && c <= U'9';
    case Property::han:
      return is_han(c);
    case Property::latin:
      return script_of(c) == Script::latin;
    case Property::word:
      return is_word(c);
    case Property::space:
      return is_white_space(c);
  }
  return false;
}

bool Regex::holds(const Member& member, char32_t c) {
  if (member.low <= member.high) return c >= member.low && c <= member.high;
  return has_property(static_cast<Property>(member.low / 2 - 1), c) == (member.low % 2 == 0);
}

bool Regex::steps_over(const Instruction& instruction, char32_t c) const {
  switch (instruction.kind) {
    case Kind::character:
      return c == static_cast<char32_t>(instruction.a);
    case Kind::any:
      return !is_line_end(c);
    case Kind::set:
    case Kind::other:
      for (std::uint32_t at = instruction.a; at < instruction.b; ++at) {
        if (holds(members_[at], c)) return instruction.kind == Kind::set;
      }
      return instruction.kind == Kind::other;
    default:
      return false;
  }
}

// Adds `start` and all that is reached from it without consuming a character.
void Regex::follow(Threads& threads, std::uint32_t start, std::size_t position,
                   const std::u32string& text) const {
  const auto is_boundary = [&text, position] {
    const bool word_before = position > 0 && is_word(text[position - 1]);
    const bool word_after = position < text.size() && is_word(text[position]);
    return word_before != word_after;
  };
  std::vector<std::uint32_t>& pending = threads.pending;
  pending.push_back(start);
  while (!pending.empty()) {
    const std::uint32_t at = pending.back();
    pending.pop_back();
    if (threads.seen[at] != 0) continue;
    threads.seen[at] = 1;
    const Instruction& instruction = program_[at];
    bool passes = false;
    switch (instruction.kind) {
      case Kind::split:
        pending.push_back(instruction.b);
        pending.push_back(instruction.a);
        break;
      case Kind::jump:
        pending.push_back(instruction.a);
        break;
      case Kind::text_start:
        passes = position == 0;
        break;
      case Kind::text_end:
        passes = position == text.size();
        break;
      case Kind::word_boundary:
        passes = is_boundary();
        break;
      case Kind::no_word_boundary:
        passes = !is_boundary();
        break;
      default:
        threads.list.push_back(at);
        continue;
    }
    if (passes) pending.push_back(at + 1);
    threads.passed.push_back(at);
  }
}

bool Regex::matches(std::string_view text) const {
  std::u32string points;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = read_code_point(text, at);
    points.push_back(point == kNoCodePoint ? U'\uFFFD' : point);
  }
  Threads now(program_.size());
  Threads next(program_.size());
  follow(now, 0, 0, points);
  for (std::size_t i = 0; i < points.size() && !now.list.empty(); ++i) {
    next.clear();
    for (const std::uint32_t at : now.list) {
      if (steps_over(program_[at], points[i])) follow(next, at + 1, i + 1, points);
    }
    std::swap(now, next);
  }
  return std::any_of(now.list.begin(), now.list.end(),
                     [this](std::uint32_t at) { return program_[at].kind == Kind::match; });
}

}  // namespace landfall
