#include "shared/codec/json.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "shared/base/invariant.h"
#include "shared/base/sorting.h"
#include "shared/text/decimal.h"
#include "shared/text/folding.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

using Failure = std::optional<Error>;

bool is_high_surrogate(char32_t unit) { return (unit & 0xFFFFFC00) == 0xD800; }
bool is_surrogate(char32_t unit) { return (unit & 0xFFFFF800) == 0xD800; }

// What the one-letter escape `c` stands for; 0 when there is no such escape.
char escaped_character(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/':
      return c;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return 0;
  }
}

// Where the earliest member whose name another one before it has begins, by `starts`, the
// beginnings of the names; SIZE_MAX when the names differ.
std::size_t earliest_duplicate(std::span<const Json::Member> members,
                               std::span<const std::uint32_t> starts,
                               std::vector<std::uint32_t>& order) {
  order = sorted_places(members.size(), [members](std::uint32_t a, std::uint32_t b) {
    return members[a].name < members[b].name;
  });
  std::size_t earliest = SIZE_MAX;
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (members[order[i - 1]].name == members[order[i]].name) {
      earliest = std::min(earliest, std::size_t{starts[order[i]]});
    }
  }
  return earliest;
}

}  // namespace

// Keeps its own stack of open containers, so that the depth of a document costs no native stack.
// Members come in any order: an object is sorted when it ends, so that the names of a hostile one
// cost no more than a sort.
class JsonReader {
 public:
  JsonReader(std::string_view text, const JsonLimits& limits) : text_(text), limits_(limits) {}

  Result<Json> read() {
    Json root;
    skip_white_space();
    Failure failure = begin_value(root);
    while (!failure && !open_.empty()) failure = continue_container();
    if (failure) return first_failure(*failure);
    skip_white_space();
    if (at_ != text_.size()) return *malformed();
    return root;
  }

 private:
  struct Container {
    Json* value;
    std::size_t first_name;  // its names in name_starts_
    bool ascends = true;
  };

  [[nodiscard]] Failure refused(ErrorCode code, std::size_t offset) const {
    return Error{code, static_cast<std::uint32_t>(offset)};
  }
  [[nodiscard]] Failure malformed() const { return refused(ErrorCode::json_malformed, at_); }

  // The next byte; 0, which fits nowhere, at the end.
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_white_space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) {
      ++at_;
    }
  }

  // Reads a scalar into `slot`, or opens a container there and leaves its content to the loop.
  Failure begin_value(Json& slot) {
    if (++elements_ > limits_.elements) return refused(ErrorCode::json_too_large, at_);
    switch (peek()) {
      case '{':
        return open_container(slot, JsonType::object);
      case '[':
        return open_container(slot, JsonType::array);
      case '"':
        slot = Json(JsonType::text);
        return read_string(slot.text_);
      case 't':
        slot = true;
        return read_literal("true");
      case 'f':
        slot = false;
        return read_literal("false");
      case 'n':
        return read_literal("null");
      default:
        return read_number(slot);
    }
  }

  Failure open_container(Json& slot, JsonType type) {
    if (open_.size() >= limits_.depth) return refused(ErrorCode::json_too_deep, at_);
    slot = Json(type);
    open_.push_back({&slot, name_starts_.size()});
    ++at_;
    return {};
  }

  // One step inside the innermost container: its end, or its next member. Only this one grows, so
  // the pointers to the outer ones stay good.
  Failure continue_container() {
    Container& container = open_.back();
    const bool is_object = container.value->is_object();
    skip_white_space();
    if (peek() == (is_object ? '}' : ']')) {
      ++at_;
      return close_container(container);
    }
    if (!container.value->empty()) {
      if (peek() != ',') return malformed();
      ++at_;
      skip_white_space();
    }
    return is_object ? read_member(container)
                     : begin_value(container.value->elements_.emplace_back());
  }

  Failure close_container(const Container& container) {
    if (!container.ascends) {
      const std::size_t duplicate = duplicate_in(container);
      if (duplicate != SIZE_MAX) return refused(ErrorCode::json_duplicate_member, duplicate);
      std::vector<Json::Member> sorted;
      sorted.reserve(order_.size());
      for (const std::uint32_t i : order_)
        sorted.push_back(std::move(container.value->members_[i]));
      container.value->members_ = std::move(sorted);
    }
    name_starts_.resize(container.first_name);
    open_.pop_back();
    return {};
  }

  std::size_t duplicate_in(const Container& container) {
    const auto members = container.value->items();
    const std::span<const std::uint32_t> starts(name_starts_);
    return earliest_duplicate(members, starts.subspan(container.first_name, members.size()),
                              order_);
  }

  // A duplicate member further to the front, in an object that was still open, comes first.
  Error first_failure(Error failure) {
    for (const Container& container : open_) {
      if (container.ascends) continue;
      const std::size_t duplicate = duplicate_in(container);
      if (duplicate < failure.offset) {
        failure = {ErrorCode::json_duplicate_member, static_cast<std::uint32_t>(duplicate)};
      }
    }
    return failure;
  }

  Failure read_member(Container& container) {
    const std::size_t name_start = at_;
    if (peek() != '"') return malformed();
    std::string name;
    if (Failure failure = read_string(name)) return failure;
    skip_white_space();
    if (peek() != ':') return malformed();
    ++at_;
    skip_white_space();
    std::vector<Json::Member>& members = container.value->members_;
    if (!members.empty() && members.back().name >= name) container.ascends = false;
    name_starts_.push_back(static_cast<std::uint32_t>(name_start));
    members.push_back({std::move(name), Json()});
    return begin_value(members.back().value);
  }

  Failure read_literal(std::string_view literal) {
    for (const char c : literal) {
      if (peek() != c) return malformed();
      ++at_;
    }
    return {};
  }

  // Goes to the quote or backslash that comes next.
  Failure skip_plain() {
    while (at_ < text_.size()) {
      const auto byte = static_cast<unsigned char>(text_[at_]);
      if (byte == '"' || byte == '\\') return {};
      if (byte < 0x20) break;
      if (byte < 0x80) {
        ++at_;
        continue;
      }
      const std::size_t start = at_;
      if (read_code_point(text_, at_) == kNoCodePoint) {
        return refused(ErrorCode::utf8_invalid, start);
      }
    }
    return malformed();
  }

  Failure read_string(std::string& value) {
    ++at_;
    for (;;) {
      // What needs no unescaping is taken at once.
      const std::size_t start = at_;
      if (Failure failure = skip_plain()) return failure;
      value.append(text_.data() + start, at_ - start);
      if (text_[at_] == '"') {
        ++at_;
        return {};
      }
      if (Failure failure = read_escape(value)) return failure;
    }
  }

  Failure read_escape(std::string& value) {
    const std::size_t start = at_++;
    if (peek() != 'u') {
      const char escaped = escaped_character(peek());
      if (escaped == 0) return malformed();
      value.push_back(escaped);
      ++at_;
      return {};
    }
    ++at_;
    char32_t unit = 0;
    if (Failure failure = read_code_unit(unit)) return failure;
    if (is_high_surrogate(unit)) {
      // Only the other half may follow: I-JSON has no place for half a character.
      if (text_.substr(at_, 2) != "\\u") return refused(ErrorCode::utf8_invalid, start);
      at_ += 2;
      char32_t low = 0;
      if (Failure failure = read_code_unit(low)) return failure;
      if (!is_surrogate(low) || is_high_surrogate(low)) {
        return refused(ErrorCode::utf8_invalid, start);
      }
      unit = 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF);
    } else if (is_surrogate(unit)) {
      return refused(ErrorCode::utf8_invalid, start);
    }
    append_utf8(value, unit);
    return {};
  }

  Failure read_code_unit(char32_t& unit) {
    for (int i = 0; i < 4; ++i) {
      const char c = peek();
      char32_t digit = 0;
      if (is_ascii_digit(c)) {
        digit = static_cast<char32_t>(c - '0');
      } else if (c >= 'a' && c <= 'f') {
        digit = static_cast<char32_t>(c - 'a' + 10);
      } else if (c >= 'A' && c <= 'F') {
        digit = static_cast<char32_t>(c - 'A' + 10);
      } else {
        return malformed();
      }
      unit = unit * 16 + digit;
      ++at_;
    }
    return {};
  }

  // Moves over one digit or more.
  Failure skip_digits() {
    if (!is_ascii_digit(peek())) return malformed();
    while (is_ascii_digit(peek())) ++at_;
    return {};
  }

  Failure read_number(Json& slot) {
    const std::size_t start = at_;
    bool is_integer = true;
    if (peek() == '-') ++at_;
    if (peek() == '0') {
      ++at_;
    } else if (Failure failure = skip_digits()) {
      return failure;
    }
    if (peek() == '.') {
      is_integer = false;
      ++at_;
      if (Failure failure = skip_digits()) return failure;
    }
    if (peek() == 'e' || peek() == 'E') {
      is_integer = false;
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      if (Failure failure = skip_digits()) return failure;
    }
    return store_number(slot, start, is_integer);
  }

  Failure store_number(Json& slot, std::size_t start, bool is_integer) {
    const std::string_view digits = text_.substr(start, at_ - start);
    const Result<double> value = parse_decimal(digits);
    if (!value.ok()) return refused(ErrorCode::json_number_out_of_range, start);
    constexpr auto kExact = static_cast<double>(kMaxExactInteger);
    // 2^53 + 1 rounds to 2^53, so the bound itself is an integer only when written as such.
    const bool is_exact = value.value() > -kExact && value.value() < kExact;
    const bool is_bound = digits == "9007199254740992" || digits == "-9007199254740992";
    if (is_integer && (is_exact || is_bound) && digits != "-0") {
      slot = static_cast<std::int64_t>(value.value());
    } else {
      slot = value.value();
    }
    return {};
  }

  std::string_view text_;
  JsonLimits limits_;
  std::size_t at_ = 0;
  std::size_t elements_ = 0;
  std::vector<Container> open_;
  std::vector<std::uint32_t> name_starts_;  // of the members of all open objects, outermost first
  std::vector<std::uint32_t> order_;
};

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
  require(limits.depth <= kMaxJsonDepth, "JSON depth limit above kMaxJsonDepth");
  if (text.size() > limits.bytes) return Error{ErrorCode::json_too_large, 0};
  return JsonReader(text, limits).read();
}

}  // namespace landfall
