// Result<T>: a value, or the Error that says why there is none.

#ifndef LANDFALL_SHARED_BASE_RESULT_H_
#define LANDFALL_SHARED_BASE_RESULT_H_

#include <optional>
#include <utility>

#include "shared/base/error.h"
#include "shared/base/invariant.h"

namespace landfall {

// Dropping a Result does not compile. Asking a failed one for its value aborts: test ok() first.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::in_place, std::move(value)) {}  // NOLINT: conversion wanted
  Result(Error error) : error_(error) {}                        // NOLINT: conversion wanted

  [[nodiscard]] bool ok() const { return value_.has_value(); }

  [[nodiscard]] T& value() & {
    require(ok(), "Result::value() on an error");
    return *value_;
  }
  [[nodiscard]] const T& value() const& {
    require(ok(), "Result::value() on an error");
    return *value_;
  }
  [[nodiscard]] T&& value() && {
    require(ok(), "Result::value() on an error");
    return std::move(*value_);
  }
  [[nodiscard]] Error error() const {
    require(!ok(), "Result::error() on a value");
    return error_;
  }

 private:
  // Not a std::variant: its tables of functions, one set for each T, are 3 KB of the core module.
  std::optional<T> value_;
  Error error_;
};

// The value of an operation that returns nothing but can fail.
struct Done {
  bool operator==(const Done&) const = default;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_BASE_RESULT_H_
