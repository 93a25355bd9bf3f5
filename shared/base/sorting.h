// One sort for every list of numbers: std::sort is compiled anew for each comparison, 2 KB each.

#ifndef LANDFALL_SHARED_BASE_SORTING_H_
#define LANDFALL_SHARED_BASE_SORTING_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace landfall {

// Borrows a comparison `bool(std::uint32_t a, std::uint32_t b)`, true when `a` stands before `b`.
class NumberOrder {
 public:
  template <typename Precedes>
  NumberOrder(const Precedes& precedes)  // NOLINT: conversion wanted
      : precedes_(&precedes), call_([](const void* object, std::uint32_t a, std::uint32_t b) {
          return (*static_cast<const Precedes*>(object))(a, b);
        }) {}

  [[nodiscard]] bool operator()(std::uint32_t a, std::uint32_t b) const {
    return call_(precedes_, a, b);
  }

 private:
  const void* precedes_;
  bool (*call_)(const void*, std::uint32_t, std::uint32_t);
};

// Sorts `numbers`; of two that neither precedes the other the earlier stays the earlier. What is in
// order already costs one comparison a number and no memory.
// REQUIRES: `order` is a strict weak ordering; it is not kept.
void sort_numbers(std::span<std::uint32_t> numbers, const NumberOrder& order);

// The places 0 … count - 1, sorted by `order`, which compares what stands at two places.
[[nodiscard]] std::vector<std::uint32_t> sorted_places(std::size_t count, const NumberOrder& order);

// `texts` in the order of their bytes.
[[nodiscard]] std::vector<std::string_view> sorted_texts(std::span<const std::string_view> texts);

}  // namespace landfall

#endif  // LANDFALL_SHARED_BASE_SORTING_H_
