#include "shared/submission/payload_reader.h"

#include "shared/submission/wire_values.h"

namespace landfall {
PayloadReader::PayloadReader(const Json& object) : object_(object), ok_(object.is_object()) {}

bool PayloadReader::complete() const { return ok_ && object_.size() == taken_; }

std::string_view PayloadReader::text(std::string_view name, bool (*is_good)(std::string_view)) {
  const Json* member = take(name);
  if (member == nullptr || !member->is_string() || !is_good(text_value(*member))) {
    ok_ = false;
    return {};
  }
  return text_value(*member);
}

std::string_view PayloadReader::token(std::string_view name, std::size_t max_bytes) {
  const std::string_view value = free_text(name, max_bytes);
  check(is_token(value, max_bytes));
  return value;
}

std::string_view PayloadReader::free_text(std::string_view name, std::size_t max_bytes) {
  const Json* member = take(name);
  if (member == nullptr || !member->is_string() || text_value(*member).size() > max_bytes) {
    ok_ = false;
    return {};
  }
  return text_value(*member);
}

Ed25519PublicKey PayloadReader::public_key(std::string_view name) {
  const Result<Ed25519PublicKey> key = parse_public_key(free_text(name, 64));
  check(key.ok());
  return key.ok() ? key.value() : Ed25519PublicKey{};
}

bool PayloadReader::boolean(std::string_view name) {
  take(name);
  const Result<bool> value = member_bool(object_, name);
  check(value.ok());
  return value.ok() && value.value();
}

std::int64_t PayloadReader::integer(std::string_view name, std::int64_t least, std::int64_t most) {
  const Json* member = take(name);
  if (member == nullptr) return 0;
  const Result<std::int64_t> value = integer_value(*member);
  check(value.ok() && value.value() >= least && value.value() <= most);
  return ok_ ? value.value() : 0;
}

std::optional<std::int64_t> PayloadReader::integer_or_null(std::string_view name) {
  const Json* member = find_member(object_, name);
  if (member != nullptr && member->is_null()) {
    take(name);
    return std::nullopt;
  }
  return integer(name, -kMaxExactInteger, kMaxExactInteger);
}

const Json& PayloadReader::array(std::string_view name, std::size_t max_items) {
  const Json* member = take(name);
  if (member == nullptr || !member->is_array() || member->size() > max_items) {
    ok_ = false;
    return none_;
  }
  return *member;
}

const Json& PayloadReader::object(std::string_view name) {
  const Json* member = take(name);
  if (member == nullptr || !member->is_object()) {
    ok_ = false;
    return none_;
  }
  return *member;
}

bool PayloadReader::has(std::string_view name) const {
  return find_member(object_, name) != nullptr;
}

const Json* PayloadReader::take(std::string_view name) {
  const Json* member = find_member(object_, name);
  if (member == nullptr) {
    ok_ = false;
  } else {
    ++taken_;
  }
  return member;
}

}  // namespace landfall
