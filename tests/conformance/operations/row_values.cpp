#include "tests/conformance/operations/row_values.h"

#include <utility>

#include "shared/codec/base64.h"
#include "shared/codec/base64url.h"
#include "shared/codec/hex.h"
#include "shared/sealing/primitives.h"

namespace landfall::conformance {
namespace {

const std::string* text_member(const Json& row, std::string_view name) {
  const Json* member = row.find(name);
  return member == nullptr ? nullptr : member->if_text();
}

std::optional<Bytes> value_or_nothing(Result<Bytes> bytes) {
  if (!bytes.ok()) return std::nullopt;
  return std::move(bytes).value();
}

}  // namespace

std::string_view text_of_row(const Json& row, std::string_view name) {
  const std::string* text = text_member(row, name);
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

bool has_member(const Json& row, std::string_view name) { return row.find(name) != nullptr; }

std::vector<std::string> texts_of_row(const Json& row, std::string_view name) {
  std::vector<std::string> texts;
  const Json* list = row.find(name);
  if (list == nullptr) return texts;
  for (const Json& item : *list) {
    if (item.is_string()) texts.emplace_back(text_value(item));
  }
  return texts;
}

std::optional<Bytes> hex_of_row(const Json& row, std::string_view name) {
  const std::string* text = text_member(row, name);
  return text == nullptr ? std::nullopt : value_or_nothing(parse_hex(*text));
}

std::optional<Bytes> base64_of_row(const Json& row, std::string_view name) {
  const std::string* text = text_member(row, name);
  return text == nullptr ? std::nullopt
                         : value_or_nothing(parse_base64(*text, Base64Padding::required));
}

std::optional<Bytes> base64url_of_row(const Json& row, std::string_view name) {
  const std::string* text = text_member(row, name);
  return text == nullptr ? std::nullopt : value_or_nothing(parse_base64url(*text));
}

std::string digest_text(ByteView bytes) { return format_hex(sha256(bytes)); }

std::string error_text(Error error) {
  return std::string(error_name(error.code)) + " at " + std::to_string(error.offset);
}

}  // namespace landfall::conformance
