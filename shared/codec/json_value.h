// Json: one JSON value, with the objects' members in the order of their names.

#ifndef LANDFALL_SHARED_CODEC_JSON_VALUE_H_
#define LANDFALL_SHARED_CODEC_JSON_VALUE_H_

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace landfall {

enum class JsonType : std::uint8_t { null, boolean, integer, number, text, array, object };

// Copies deeply. A reference to an element or a member is good until its container grows or
// shrinks.
class Json {
 public:
  struct Member;
  struct Field;

  Json() noexcept {}
  Json(std::nullptr_t) noexcept {}  // NOLINT: conversion wanted, here and below
  template <std::same_as<bool> T>
  Json(T value) noexcept : type_(JsonType::boolean), boolean_(value) {}  // NOLINT
  // What no 64-bit integer holds becomes the largest one, which no writer accepts.
  template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char>)
  Json(T value) noexcept  // NOLINT
      : type_(JsonType::integer),
        integer_(std::in_range<std::int64_t>(value) ? static_cast<std::int64_t>(value)
                                                    : INT64_MAX) {}
  Json(double value) noexcept : type_(JsonType::number), number_(value) {}  // NOLINT
  Json(std::string value) noexcept                                          // NOLINT
      : type_(JsonType::text), text_(std::move(value)) {}
  Json(std::string_view value);                 // NOLINT
  Json(const char* value);                      // NOLINT
  Json(const std::vector<std::string>& texts);  // NOLINT: an array of texts
  Json(std::initializer_list<Field> fields);    // NOLINT: an object, as object() makes it
  Json(const Json& other);
  Json(Json&& other) noexcept { take(other); }
  Json& operator=(Json other) noexcept;
  ~Json() { clear(); }

  // An array of `elements`.
  [[nodiscard]] static Json array(std::initializer_list<Json> elements = {});
  // An object of `fields`; of two with one name the later counts.
  [[nodiscard]] static Json object(std::initializer_list<Field> fields = {});

  [[nodiscard]] JsonType type() const { return type_; }
  [[nodiscard]] bool is_null() const { return type_ == JsonType::null; }
  [[nodiscard]] bool is_boolean() const { return type_ == JsonType::boolean; }
  [[nodiscard]] bool is_number() const {
    return type_ == JsonType::integer || type_ == JsonType::number;
  }
  [[nodiscard]] bool is_string() const { return type_ == JsonType::text; }
  [[nodiscard]] bool is_array() const { return type_ == JsonType::array; }
  [[nodiscard]] bool is_object() const { return type_ == JsonType::object; }

  // Equal as values: 1 is 1.0.
  [[nodiscard]] bool operator==(const Json& other) const;

  // Elements or members; 0 for any other value, as with the ranges below.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] bool empty() const { return size() == 0; }

  // The elements of an array.
  [[nodiscard]] const Json* begin() const { return is_array() ? elements_.data() : nullptr; }
  [[nodiscard]] const Json* end() const {
    return is_array() ? elements_.data() + elements_.size() : nullptr;
  }
  [[nodiscard]] Json* begin() { return is_array() ? elements_.data() : nullptr; }
  [[nodiscard]] Json* end() { return is_array() ? elements_.data() + elements_.size() : nullptr; }
  // REQUIRES: an array with an element of that number.
  [[nodiscard]] const Json& operator[](std::size_t index) const;
  [[nodiscard]] Json& operator[](std::size_t index);
  // REQUIRES: an array, or null, which becomes one.
  void push_back(Json element);
  // REQUIRES: an array with an element of that number.
  void erase(std::size_t index);

  // The members of an object, ascending by the bytes of their names.
  [[nodiscard]] std::span<const Member> items() const;
  // The member, or nullptr when it is absent or this is no object.
  [[nodiscard]] const Json* find(std::string_view name) const;
  [[nodiscard]] Json* find(std::string_view name);
  // The member, made as null when absent: costs the moving of the members behind it.
  // REQUIRES: an object, or null, which becomes one.
  [[nodiscard]] Json& operator[](std::string_view name);
  // Takes the member away, if there is one.
  void erase(std::string_view name);

  // What the value holds, or nullptr when it is of another type.
  [[nodiscard]] const bool* if_boolean() const { return is_boolean() ? &boolean_ : nullptr; }
  [[nodiscard]] const std::int64_t* if_integer() const {
    return type_ == JsonType::integer ? &integer_ : nullptr;
  }
  [[nodiscard]] const double* if_number() const {
    return type_ == JsonType::number ? &number_ : nullptr;
  }
  [[nodiscard]] const std::string* if_text() const { return is_string() ? &text_ : nullptr; }
  [[nodiscard]] std::string* if_text() { return is_string() ? &text_ : nullptr; }

 private:
  friend class JsonReader;

  explicit Json(JsonType type);
  void take(Json& other) noexcept;
  void clear() noexcept;
  [[nodiscard]] std::size_t place_of(std::string_view name) const;

  JsonType type_ = JsonType::null;
  union {
    bool boolean_;
    std::int64_t integer_ = 0;
    double number_;
    std::string text_;
    std::vector<Json> elements_;
    std::vector<Member> members_;
  };
};

struct Json::Member {
  std::string name;
  Json value;
  bool operator==(const Member&) const = default;
};

// A member as written in a list of them: its value is moved out of the list.
struct Json::Field {
  std::string_view name;
  mutable Json value;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_CODEC_JSON_VALUE_H_
