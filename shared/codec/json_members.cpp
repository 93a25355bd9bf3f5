#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "shared/codec/json.h"

namespace landfall {
namespace {

constexpr Error kWrongShape{ErrorCode::json_shape, 0};

}  // namespace

const Json* find_member(const Json& object, std::string_view key) {
  const auto* members = object.get_ptr<const Json::object_t*>();
  if (members == nullptr) return nullptr;
  const auto member = members->find(key);
  return member == members->end() ? nullptr : &member->second;
}

Result<std::string_view> member_text(const Json& object, std::string_view key) {
  const Json* member = find_member(object, key);
  if (member == nullptr || !member->is_string()) return kWrongShape;
  return text_value(*member);
}

Result<bool> member_bool(const Json& object, std::string_view key) {
  const Json* member = find_member(object, key);
  if (member == nullptr || !member->is_boolean()) return kWrongShape;
  return *member->get_ptr<const bool*>();
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
  const auto* text = value.get_ptr<const std::string*>();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

double number_value(const Json& value) {
  if (value.is_number_float()) return *value.get_ptr<const double*>();
  if (value.is_number_unsigned()) {
    return static_cast<double>(*value.get_ptr<const std::uint64_t*>());
  }
  if (value.is_number_integer()) return static_cast<double>(*value.get_ptr<const std::int64_t*>());
  return 0;
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
  const auto* members = object.get_ptr<const Json::object_t*>();
  if (members == nullptr) return false;
  return std::all_of(members->begin(), members->end(), [allowed](const auto& member) {
    return std::find(allowed.begin(), allowed.end(), member.first) != allowed.end();
  });
}

}  // namespace landfall
