// Result<T>: a value, or the Error that says why there is none.

#ifndef LANDFALL_SHARED_BASE_RESULT_H_
#define LANDFALL_SHARED_BASE_RESULT_H_

#include <utility>
#include <variant>

#include "shared/base/error.h"
#include "shared/base/invariant.h"

namespace landfall {

// Dropping a Result does not compile. Asking a failed one for its value aborts: test ok() first.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}       // NOLINT: conversion wanted
  Result(Error error) : state_(std::in_place_index<1>, error) {}  // NOLINT: conversion wanted

  [[nodiscard]] bool ok() const { return state_.index() == 0; }

  [[nodiscard]] T& value() & {
    require(ok(), "Result::value() on an error");
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] const T& value() const& {
    require(ok(), "Result::value() on an error");
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] T&& value() && {
    require(ok(), "Result::value() on an error");
    return std::move(*std::get_if<0>(&state_));
  }
  [[nodiscard]] Error error() const {
    require(!ok(), "Result::error() on a value");
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

// The value of an operation that returns nothing but can fail.
struct Done {
  bool operator==(const Done&) const = default;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_BASE_RESULT_H_
