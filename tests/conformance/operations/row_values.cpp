#include "tests/conformance/operations/row_values.h"

#include <utility>

#include "shared/codec/base64.h"
#include "shared/codec/base64url.h"
#include "shared/codec/hex.h"
#include "shared/sealing/primitives.h"

namespace landfall::conformance {
namespace {

const std::string* text_member(const nlohmann::json& row, std::string_view name) {
  if (!row.is_object()) return nullptr;
  const auto member = row.find(std::string(name));
  if (member == row.end() || !member->is_string()) return nullptr;
  return member->get_ptr<const std::string*>();
}

std::optional<Bytes> value_or_nothing(Result<Bytes> bytes) {
  if (!bytes.ok()) return std::nullopt;
  return std::move(bytes).value();
}

}  // namespace

std::string_view text_of_row(const nlohmann::json& row, std::string_view name) {
  const std::string* text = text_member(row, name);
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

bool has_member(const nlohmann::json& row, std::string_view name) {
  return row.is_object() && row.find(std::string(name)) != row.end();
}

std::vector<std::string> texts_of_row(const nlohmann::json& row, std::string_view name) {
  std::vector<std::string> texts;
  if (!has_member(row, name)) return texts;
  for (const nlohmann::json& item : *row.find(std::string(name))) {
    if (item.is_string()) texts.push_back(*item.get_ptr<const std::string*>());
  }
  return texts;
}

std::optional<Bytes> hex_of_row(const nlohmann::json& row, std::string_view name) {
  const std::string* text = text_member(row, name);
  return text == nullptr ? std::nullopt : value_or_nothing(parse_hex(*text));
}

std::optional<Bytes> base64_of_row(const nlohmann::json& row, std::string_view name) {
  const std::string* text = text_member(row, name);
  return text == nullptr ? std::nullopt
                         : value_or_nothing(parse_base64(*text, Base64Padding::required));
}

std::optional<Bytes> base64url_of_row(const nlohmann::json& row, std::string_view name) {
  const std::string* text = text_member(row, name);
  return text == nullptr ? std::nullopt : value_or_nothing(parse_base64url(*text));
}

std::string digest_text(ByteView bytes) { return format_hex(sha256(bytes)); }

std::string error_text(Error error) {
  return std::string(error_name(error.code)) + " at " + std::to_string(error.offset);
}

}  // namespace landfall::conformance
