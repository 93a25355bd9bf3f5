#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "shared/codec/json.h"

namespace landfall {
namespace {

constexpr Error kWrongShape{ErrorCode::json_shape, 0};

}  // namespace

const Json* find_member(const Json& object, std::string_view key) { return object.find(key); }

Result<std::string_view> member_text(const Json& object, std::string_view key) {
  const Json* member = find_member(object, key);
  if (member == nullptr || !member->is_string()) return kWrongShape;
  return text_value(*member);
}

Result<bool> member_bool(const Json& object, std::string_view key) {
  const Json* member = find_member(object, key);
  if (member == nullptr || !member->is_boolean()) return kWrongShape;
  return bool_value(*member);
}

Result<double> member_number(const Json& object, std::string_view key) {
  const Json* member = find_member(object, key);
  if (member == nullptr || !member->is_number()) return kWrongShape;
  return number_value(*member);
}

Result<std::int64_t> member_integer(const Json& object, std::string_view key) {
  const Json* member = find_member(object, key);
  if (member == nullptr) return kWrongShape;
  return integer_value(*member);
}

Result<const Json*> member_object(const Json& object, std::string_view key) {
  const Json* member = find_member(object, key);
  if (member == nullptr || !member->is_object()) return kWrongShape;
  return member;
}

Result<const Json*> member_array(const Json& object, std::string_view key) {
  const Json* member = find_member(object, key);
  if (member == nullptr || !member->is_array()) return kWrongShape;
  return member;
}

std::string_view member_text_or(const Json& object, std::string_view key,
                                std::string_view otherwise) {
  const Result<std::string_view> text = member_text(object, key);
  return text.ok() ? text.value() : otherwise;
}

bool member_bool_or(const Json& object, std::string_view key, bool otherwise) {
  const Result<bool> value = member_bool(object, key);
  return value.ok() ? value.value() : otherwise;
}

std::string_view text_value(const Json& value) {
  const std::string* text = value.if_text();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

bool bool_value(const Json& value) {
  const bool* boolean = value.if_boolean();
  return boolean != nullptr && *boolean;
}

double number_value(const Json& value) {
  if (const double* number = value.if_number()) return *number;
  const std::int64_t* integer = value.if_integer();
  return integer == nullptr ? 0 : static_cast<double>(*integer);
}

Result<std::int64_t> integer_value(const Json& value) {
  const double number = number_value(value);
  if (!value.is_number() || std::trunc(number) != number ||
      std::fabs(number) > static_cast<double>(kMaxExactInteger)) {
    return kWrongShape;
  }
  return static_cast<std::int64_t>(number);
}

bool has_only_members(const Json& object, std::initializer_list<std::string_view> allowed) {
  const auto members = object.items();
  return object.is_object() &&
         std::all_of(members.begin(), members.end(), [allowed](const Json::Member& member) {
           return std::find(allowed.begin(), allowed.end(), member.name) != allowed.end();
         });
}

}  // namespace landfall
