#include "shared/codec/json_value.h"

#include <algorithm>
#include <memory>
#include <new>

#include "shared/base/invariant.h"

namespace landfall {

Json::Json(JsonType type) : type_(type) {
  switch (type) {
    case JsonType::text:
      new (&text_) std::string();
      break;
    case JsonType::array:
      new (&elements_) std::vector<Json>();
      break;
    case JsonType::object:
      new (&members_) std::vector<Member>();
      break;
    default:
      break;
  }
}

Json::Json(std::string_view value) : Json(std::string(value)) {}

Json::Json(const char* value) : Json(std::string(value)) {}

Json::Json(const std::vector<std::string>& texts) : Json(JsonType::array) {
  elements_.reserve(texts.size());
  for (const std::string& text : texts) elements_.emplace_back(text);
}

Json::Json(std::initializer_list<Field> fields) : Json(JsonType::object) {
  members_.reserve(fields.size());
  for (const Field& field : fields) (*this)[field.name] = std::move(field.value);
}

Json::Json(const Json& other) : Json(other.type_) {
  switch (type_) {
    case JsonType::boolean:
      boolean_ = other.boolean_;
      break;
    case JsonType::text:
      text_ = other.text_;
      break;
    case JsonType::array:
      elements_ = other.elements_;
      break;
    case JsonType::object:
      members_ = other.members_;
      break;
    case JsonType::number:
      number_ = other.number_;
      break;
    default:
      integer_ = other.integer_;
  }
}

Json& Json::operator=(Json other) noexcept {
  clear();
  take(other);
  return *this;
}

Json Json::array(std::initializer_list<Json> elements) {
  Json json(JsonType::array);
  json.elements_.assign(elements.begin(), elements.end());
  return json;
}

Json Json::object(std::initializer_list<Field> fields) { return Json(fields); }

// Leaves `other` null.
void Json::take(Json& other) noexcept {
  switch (other.type_) {
    case JsonType::text:
      new (&text_) std::string(std::move(other.text_));
      break;
    case JsonType::array:
      new (&elements_) std::vector<Json>(std::move(other.elements_));
      break;
    case JsonType::object:
      new (&members_) std::vector<Member>(std::move(other.members_));
      break;
    case JsonType::boolean:
      boolean_ = other.boolean_;
      break;
    case JsonType::number:
      number_ = other.number_;
      break;
    default:
      integer_ = other.integer_;
  }
  type_ = other.type_;
  other.clear();
}

void Json::clear() noexcept {
  switch (type_) {
    case JsonType::text:
      std::destroy_at(&text_);
      break;
    case JsonType::array:
      std::destroy_at(&elements_);
      break;
    case JsonType::object:
      std::destroy_at(&members_);
      break;
    default:
      break;
  }
  type_ = JsonType::null;
}

bool Json::operator==(const Json& other) const {
  if (is_number() && other.is_number() && type_ != other.type_) {
    return type_ == JsonType::integer ? static_cast<double>(integer_) == other.number_
                                      : number_ == static_cast<double>(other.integer_);
  }
  if (type_ != other.type_) return false;
  switch (type_) {
    case JsonType::boolean:
      return boolean_ == other.boolean_;
    case JsonType::integer:
      return integer_ == other.integer_;
    case JsonType::number:
      return number_ == other.number_;
    case JsonType::text:
      return text_ == other.text_;
    case JsonType::array:
      return elements_ == other.elements_;
    case JsonType::object:
      return members_ == other.members_;
    default:
      return true;
  }
}

std::size_t Json::size() const {
  if (is_array()) return elements_.size();
  return is_object() ? members_.size() : 0;
}

const Json& Json::operator[](std::size_t index) const {
  require(is_array() && index < elements_.size(), "no such element in this JSON array");
  return elements_[index];
}

Json& Json::operator[](std::size_t index) { return const_cast<Json&>(std::as_const(*this)[index]); }

void Json::push_back(Json element) {
  if (is_null()) *this = Json(JsonType::array);
  require(is_array(), "push_back on a JSON value that is no array");
  elements_.push_back(std::move(element));
}

void Json::erase(std::size_t index) {
  require(is_array() && index < elements_.size(), "no such element in this JSON array");
  elements_.erase(elements_.begin() + static_cast<std::ptrdiff_t>(index));
}

std::span<const Json::Member> Json::items() const {
  return is_object() ? std::span<const Member>(members_.data(), members_.size())
                     : std::span<const Member>();
}

// Where the member is, or would be put. What is written in order is put at the end, unsearched.
std::size_t Json::place_of(std::string_view name) const {
  if (members_.empty() || members_.back().name < name) return members_.size();
  const auto place = std::lower_bound(
      members_.begin(), members_.end(), name,
      [](const Member& member, std::string_view wanted) { return member.name < wanted; });
  return static_cast<std::size_t>(place - members_.begin());
}

const Json* Json::find(std::string_view name) const {
  if (!is_object()) return nullptr;
  const std::size_t place = place_of(name);
  if (place == members_.size() || members_[place].name != name) return nullptr;
  return &members_[place].value;
}

Json* Json::find(std::string_view name) {
  return const_cast<Json*>(std::as_const(*this).find(name));
}

Json& Json::operator[](std::string_view name) {
  if (is_null()) *this = Json(JsonType::object);
  require(is_object(), "member of a JSON value that is no object");
  const std::size_t place = place_of(name);
  if (place == members_.size() || members_[place].name != name) {
    members_.insert(members_.begin() + static_cast<std::ptrdiff_t>(place),
                    Member{std::string(name), Json()});
  }
  return members_[place].value;
}

void Json::erase(std::string_view name) {
  if (!is_object()) return;
  const std::size_t place = place_of(name);
  if (place == members_.size() || members_[place].name != name) return;
  members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(place));
}

}  // namespace landfall
