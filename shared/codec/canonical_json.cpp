#include "shared/codec/canonical_json.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "shared/base/sorting.h"
#include "shared/codec/json_text.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

// In UTF-16 the code points from U+10000 on begin with a surrogate and so come before U+E000 to
// U+FFFF; in UTF-8 these begin with 0xEE or 0xEF. Ranking those two lead bytes last gives the order
// of UTF-16 without converting.
unsigned rank_of(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == 0xEE || byte == 0xEF ? byte + 0x10u : byte;
}

bool precedes_in_utf16(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char x, char y) { return rank_of(x) < rank_of(y); });
}

class CanonicalWriter {
 public:
  std::optional<ErrorCode> write(const Json& value, std::size_t depth) {
    if (depth > kMaxJsonDepth) return ErrorCode::json_too_deep;
    switch (value.type()) {
      case JsonType::null:
        text_ += "null";
        return {};
      case JsonType::boolean:
        text_ += bool_value(value) ? "true" : "false";
        return {};
      case JsonType::text:
        return write_string(text_value(value));
      case JsonType::array:
        return write_array(value, depth);
      case JsonType::object:
        return write_object(value.items(), depth);
      default:
        return write_number(value);
    }
  }

  std::string take() { return std::move(text_); }

 private:
  std::optional<ErrorCode> write_number(const Json& value) {
    const double number = number_value(value);
    if (!std::isfinite(number)) return ErrorCode::json_number_out_of_range;
    if (value.if_integer() != nullptr && !integer_value(value).ok()) {
      return ErrorCode::json_number_out_of_range;
    }
    append_json_number(text_, number);
    return {};
  }

  std::optional<ErrorCode> write_string(std::string_view value) {
    if (!is_utf8(value)) return ErrorCode::utf8_invalid;
    append_json_string(text_, value);
    return {};
  }

  std::optional<ErrorCode> write_array(const Json& elements, std::size_t depth) {
    char separator = '[';
    for (const Json& element : elements) {
      text_.push_back(separator);
      separator = ',';
      if (const auto error = write(element, depth + 1)) return error;
    }
    text_ += elements.empty() ? "[]" : "]";
    return {};
  }

  std::optional<ErrorCode> write_object(std::span<const Json::Member> members, std::size_t depth) {
    const auto precedes = [members](std::uint32_t a, std::uint32_t b) {
      return precedes_in_utf16(members[a].name, members[b].name);
    };
    char separator = '{';
    for (const std::uint32_t place : sorted_places(members.size(), precedes)) {
      text_.push_back(separator);
      separator = ',';
      if (const auto error = write_string(members[place].name)) return error;
      text_.push_back(':');
      if (const auto error = write(members[place].value, depth + 1)) return error;
    }
    text_ += members.empty() ? "{}" : "}";
    return {};
  }

  std::string text_;
};

}  // namespace

Result<std::string> write_canonical_json(const Json& value) {
  CanonicalWriter writer;
  if (const auto error = writer.write(value, 0)) return Error{*error, 0};
  return writer.take();
}

Result<std::string> canonicalize(std::string_view text, const JsonLimits& limits) {
  const Result<Json> value = parse_json(text, limits);
  if (!value.ok()) return value.error();
  return write_canonical_json(value.value());
}

bool is_canonical(std::string_view text, const JsonLimits& limits) {
  const Result<std::string> canonical = canonicalize(text, limits);
  return canonical.ok() && canonical.value() == text;
}

Result<Json> parse_canonical_json(std::string_view text, const JsonLimits& limits) {
  Result<Json> value = parse_json(text, limits);
  if (!value.ok()) return value;
  const Result<std::string> canonical = write_canonical_json(value.value());
  if (!canonical.ok()) return canonical.error();
  if (canonical.value() != text) {
    const std::string& wanted = canonical.value();
    const auto difference = std::mismatch(text.begin(), text.end(), wanted.begin(), wanted.end());
    return Error{ErrorCode::json_not_canonical,
                 static_cast<std::uint32_t>(difference.first - text.begin())};
  }
  return value;
}

}  // namespace landfall
