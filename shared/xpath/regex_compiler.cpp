// Regex::compile: pattern to program.

#include <algorithm>
#include <string>
#include <utility>

#include "shared/text/utf8.h"
#include "shared/xpath/regex.h"

namespace landfall {
namespace {

constexpr std::size_t kMaxGroupDepth = 100;
constexpr std::uint32_t kMaxRepetition = 1000;
constexpr std::uint32_t kUnbounded = 0xFFFFFFFF;
constexpr char32_t kLastCodePoint = 0x10FFFF;

}  // namespace

// Recursive descent that appends instructions; a repetition copies those of its operand.
class RegexCompiler {
 public:
  explicit RegexCompiler(std::string_view pattern) : pattern_(pattern) {}

  Result<Regex> run() {
    if (pattern_.size() > kMaxRegexBytes) return Error{ErrorCode::regex_too_large, 0};
    if (!is_utf8(pattern_)) return Error{ErrorCode::regex_syntax, 0};
    if (!parse_alternatives(0)) return error_;
    if (at_ != pattern_.size()) {
      fail(ErrorCode::regex_syntax);
      return error_;
    }
    emit(Regex::Kind::match, 0, 0);
    if (failed_) return error_;
    return std::move(regex_);
  }

 private:
  using Kind = Regex::Kind;
  using Property = Regex::Property;

  bool fail(ErrorCode code) {
    if (!failed_) error_ = {code, static_cast<std::uint32_t>(std::min(at_, pattern_.size()))};
    failed_ = true;
    return false;
  }

  [[nodiscard]] bool done() const { return at_ >= pattern_.size(); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < pattern_.size() ? pattern_[at_ + ahead] : '\0';
  }
  bool accept(char c) {
    if (done() || pattern_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool emit(Kind kind, std::uint32_t a, std::uint32_t b) {
    if (regex_.program_.size() >= kMaxRegexInstructions) return fail(ErrorCode::regex_too_large);
    regex_.program_.push_back({kind, a, b});
    return true;
  }

  [[nodiscard]] std::uint32_t here() const {
    return static_cast<std::uint32_t>(regex_.program_.size());
  }

  // Makes room for an instruction before those from `start` on.
  bool insert(std::uint32_t start, Kind kind) {
    if (!emit(kind, 0, 0)) return false;
    auto& program = regex_.program_;
    std::rotate(program.begin() + static_cast<std::ptrdiff_t>(start), program.end() - 1,
                program.end());
    for (std::uint32_t i = start + 1; i < here(); ++i) shift_targets(program[i], start, 1);
    return true;
  }

  static void shift_targets(Regex::Instruction& instruction, std::uint32_t from, std::uint32_t by) {
    if (instruction.kind != Kind::split && instruction.kind != Kind::jump) return;
    if (instruction.a >= from) instruction.a += by;
    if (instruction.kind == Kind::split && instruction.b >= from) instruction.b += by;
  }

  bool parse_alternatives(std::size_t depth) {
    if (depth > kMaxGroupDepth) return fail(ErrorCode::regex_too_large);
    const std::uint32_t start = here();
    if (!parse_sequence(depth)) return false;
    std::vector<std::uint32_t> exits;
    std::uint32_t branch = start;
    while (accept('|')) {
      if (!insert(branch, Kind::split)) return false;
      exits.push_back(here());
      if (!emit(Kind::jump, 0, 0)) return false;
      regex_.program_[branch].a = branch + 1;
      regex_.program_[branch].b = here();
      branch = here();
      if (!parse_sequence(depth)) return false;
    }
    for (const std::uint32_t exit : exits) regex_.program_[exit].a = here();
    return true;
  }

  bool parse_sequence(std::size_t depth) {
    while (!done() && peek() != '|' && peek() != ')') {
      const std::uint32_t start = here();
      if (!parse_atom(depth) || !parse_repetition(start)) return false;
    }
    return true;
  }

  bool parse_atom(std::size_t depth) {
    switch (peek()) {
      case '(':
        return parse_group(depth);
      case '[':
        return parse_class();
      case '.':
        ++at_;
        return emit(Kind::any, 0, 0);
      case '^':
        ++at_;
        return emit(Kind::text_start, 0, 0);
      case '$':
        ++at_;
        return emit(Kind::text_end, 0, 0);
      case '\\':
        return parse_escaped_atom();
      case '*':
      case '+':
      case '?':
        return fail(ErrorCode::regex_syntax);
      default:
        return emit(Kind::character, read(), 0);
    }
  }

  std::uint32_t read() { return static_cast<std::uint32_t>(read_code_point(pattern_, at_)); }

  bool parse_group(std::size_t depth) {
    ++at_;
    if (accept('?')) {
      if (!accept(':')) return fail(ErrorCode::regex_unsupported);
    }
    if (!parse_alternatives(depth + 1)) return false;
    return accept(')') || fail(ErrorCode::regex_syntax);
  }

  bool parse_escaped_atom() {
    const char c = peek(1);
    if (c >= '1' && c <= '9') return fail(ErrorCode::regex_unsupported);
    if (c == 'b' || c == 'B') {
      at_ += 2;
      return emit(c == 'b' ? Kind::word_boundary : Kind::no_word_boundary, 0, 0);
    }
    const std::uint32_t first = members();
    char32_t single = 0;
    if (!parse_escape(single)) return false;
    if (members() == first) {
      return emit(Kind::character, static_cast<std::uint32_t>(single), 0);
    }
    return emit(Kind::set, first, members());
  }

  [[nodiscard]] std::uint32_t members() const {
    return static_cast<std::uint32_t>(regex_.members_.size());
  }

  // An escape is one character, or a property, which becomes a member.
  bool parse_escape(char32_t& single) {
    ++at_;
    if (done()) return fail(ErrorCode::regex_syntax);
    const char c = pattern_[at_];
    switch (c) {
      case 'd':
      case 'D':
        return add_property(Property::digit, c == 'D');
      case 'w':
      case 'W':
        return add_property(Property::word, c == 'W');
      case 's':
      case 'S':
        return add_property(Property::space, c == 'S');
      case 'p':
      case 'P':
        return parse_property(c == 'P');
      case 't':
        single = U'\t';
        break;
      case 'n':
        single = U'\n';
        break;
      case 'r':
        single = U'\r';
        break;
      case 'f':
        single = U'\f';
        break;
      case 'v':
        single = U'\v';
        break;
      case 'x':
        return parse_hexadecimal(2, single);
      case 'u':
        return parse_hexadecimal(4, single);
      default:
        // Another letter or digit means something in other engines; better refused than misread.
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
          return fail(ErrorCode::regex_unsupported);
        }
        single = read();
        return true;
    }
    ++at_;
    return true;
  }

  bool add_property(Property property, bool negated) {
    ++at_;
    regex_.members_.push_back(
        {static_cast<char32_t>((static_cast<unsigned>(property) + 1) * 2 + (negated ? 1 : 0)), 0});
    return true;
  }

  bool parse_property(bool negated) {
    static constexpr std::pair<std::string_view, Property> kProperties[] = {
        {"L", Property::letter},     {"Letter", Property::letter}, {"Lu", Property::upper},
        {"Ll", Property::lower},     {"N", Property::digit},       {"Nd", Property::digit},
        {"Han", Property::han},      {"IsHan", Property::han},     {"Latin", Property::latin},
        {"IsLatin", Property::latin}};
    ++at_;
    const std::size_t close = pattern_.find('}', at_);
    if (!accept('{') || close == std::string_view::npos) return fail(ErrorCode::regex_syntax);
    std::string_view name = pattern_.substr(at_, close - at_);
    for (const std::string_view prefix : {"Script=", "sc="}) {
      if (name.substr(0, prefix.size()) == prefix) name.remove_prefix(prefix.size());
    }
    for (const auto& [known, property] : kProperties) {
      if (known != name) continue;
      at_ = close;
      return add_property(property, negated);
    }
    return fail(ErrorCode::regex_unsupported);
  }

  bool parse_hexadecimal(std::size_t digits, char32_t& single) {
    ++at_;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < digits; ++i, ++at_) {
      const char c = peek();
      const bool decimal = c >= '0' && c <= '9';
      const char lower = static_cast<char>(c | 0x20);
      if (!decimal && !(lower >= 'a' && lower <= 'f')) return fail(ErrorCode::regex_syntax);
      value = value * 16 + static_cast<std::uint32_t>(decimal ? c - '0' : lower - 'a' + 10);
    }
    single = static_cast<char32_t>(value);
    return true;
  }

  bool parse_class() {
    ++at_;
    const std::uint32_t first_member = members();
    const Kind kind = accept('^') ? Kind::other : Kind::set;
    bool first = true;
    while (first || peek() != ']') {
      if (done()) return fail(ErrorCode::regex_syntax);
      if (!parse_class_item()) return false;
      first = false;
    }
    ++at_;
    return emit(kind, first_member, members());
  }

  bool parse_class_item() {
    char32_t low = 0;
    const std::uint32_t before = members();
    if (!parse_class_character(low)) return false;
    if (members() != before) return true;
    char32_t high = low;
    if (peek() == '-' && peek(1) != ']' && peek(1) != '\0') {
      ++at_;
      if (!parse_class_character(high)) return false;
      if (members() != before || high < low) return fail(ErrorCode::regex_syntax);
    }
    regex_.members_.push_back({low, std::min(high, kLastCodePoint)});
    return true;
  }

  bool parse_class_character(char32_t& single) {
    if (done()) return fail(ErrorCode::regex_syntax);
    if (peek() == '\\') return parse_escape(single);
    // Java nests and intersects classes here; other engines do not.
    if (peek() == '[' || (peek() == '&' && peek(1) == '&')) {
      return fail(ErrorCode::regex_unsupported);
    }
    single = read();
    return true;
  }

  bool parse_repetition(std::uint32_t start) {
    std::uint32_t least = 0;
    std::uint32_t most = kUnbounded;
    switch (peek()) {
      case '*':
        ++at_;
        break;
      case '+':
        ++at_;
        least = 1;
        break;
      case '?':
        ++at_;
        most = 1;
        break;
      case '{':
        if (!parse_bounds(least, most)) return false;
        break;
      default:
        return true;
    }
    if (!repeat(start, least, most)) return false;
    // Lazy: how much is taken first does not matter in a match of the whole text.
    accept('?');
    // Possessive marks do change what matches, and a second quantifier is a mistake.
    if (peek() == '+') return fail(ErrorCode::regex_unsupported);
    if (peek() == '*' || peek() == '?' || peek() == '{') return fail(ErrorCode::regex_syntax);
    return true;
  }

  // "{n}", "{n,}" or "{n,m}"; leaves the place behind the closing brace.
  bool parse_bounds(std::uint32_t& least, std::uint32_t& most) {
    ++at_;
    if (!parse_count(least)) return false;
    most = least;
    if (accept(',')) {
      most = kUnbounded;
      if (peek() != '}') {
        if (!parse_count(most)) return false;
      }
    }
    if (!accept('}') || most < least) return fail(ErrorCode::regex_syntax);
    return true;
  }

  bool parse_count(std::uint32_t& value) {
    std::size_t digits = 0;
    value = 0;
    while (peek() >= '0' && peek() <= '9') {
      value = value * 10 + static_cast<std::uint32_t>(peek() - '0');
      if (value > kMaxRepetition) return fail(ErrorCode::regex_too_large);
      ++at_;
      ++digits;
    }
    return digits > 0 || fail(ErrorCode::regex_syntax);
  }

  // Repeats the instructions from `start` on.
  bool repeat(std::uint32_t start, std::uint32_t least, std::uint32_t most) {
    const std::vector<Regex::Instruction> operand(
        regex_.program_.begin() + static_cast<std::ptrdiff_t>(start), regex_.program_.end());
    regex_.program_.resize(start);
    for (std::uint32_t i = 0; i < least; ++i) {
      if (!append_copy(operand, start)) return false;
    }
    if (most == kUnbounded) {
      const std::uint32_t loop = here();
      if (!emit(Kind::split, loop + 1, 0) || !append_copy(operand, start) ||
          !emit(Kind::jump, loop, 0)) {
        return false;
      }
      regex_.program_[loop].b = here();
      return true;
    }
    std::vector<std::uint32_t> splits;
    for (std::uint32_t i = least; i < most; ++i) {
      splits.push_back(here());
      if (!emit(Kind::split, here() + 1, 0) || !append_copy(operand, start)) return false;
    }
    for (const std::uint32_t split : splits) regex_.program_[split].b = here();
    return true;
  }

  bool append_copy(const std::vector<Regex::Instruction>& operand, std::uint32_t start) {
    const std::uint32_t by = here() - start;
    for (Regex::Instruction instruction : operand) {
      if (instruction.kind == Kind::split || instruction.kind == Kind::jump) {
        instruction.a += by;
        if (instruction.kind == Kind::split) instruction.b += by;
      }
      if (!emit(instruction.kind, instruction.a, instruction.b)) return false;
    }
    return true;
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  bool failed_ = false;
  Error error_;
  Regex regex_;
};

Result<Regex> Regex::compile(std::string_view pattern) { return RegexCompiler(pattern).run(); }

}  // namespace landfall
