#include "shared/base/sorting.h"

#include <algorithm>
#include <numeric>

namespace landfall {
namespace {

// Sorts `numbers`, with room in `spare` for half of them.
void merge_sort(std::span<std::uint32_t> numbers, std::uint32_t* spare, const NumberOrder& order) {
  if (numbers.size() < 2) return;
  const std::span<std::uint32_t> left = numbers.first(numbers.size() / 2);
  const std::span<std::uint32_t> right = numbers.subspan(left.size());
  merge_sort(left, spare, order);
  merge_sort(right, spare, order);
  if (!order(right.front(), left.back())) return;
  std::copy(left.begin(), left.end(), spare);
  std::size_t from_left = 0;
  std::size_t from_right = 0;
  for (std::size_t i = 0; from_left < left.size(); ++i) {
    const bool takes_right =
        from_right < right.size() && order(right[from_right], spare[from_left]);
    numbers[i] = takes_right ? right[from_right++] : spare[from_left++];
  }
}

}  // namespace

void sort_numbers(std::span<std::uint32_t> numbers, const NumberOrder& order) {
  std::size_t sorted = 1;
  while (sorted < numbers.size() && !order(numbers[sorted], numbers[sorted - 1])) ++sorted;
  if (sorted >= numbers.size()) return;
  std::vector<std::uint32_t> spare(numbers.size() / 2);
  merge_sort(numbers, spare.data(), order);
}

std::vector<std::uint32_t> sorted_places(std::size_t count, const NumberOrder& order) {
  std::vector<std::uint32_t> places(count);
  std::iota(places.begin(), places.end(), 0u);
  sort_numbers(places, order);
  return places;
}

std::vector<std::string_view> sorted_texts(std::span<const std::string_view> texts) {
  std::vector<std::string_view> sorted;
  const auto precedes = [texts](std::uint32_t a, std::uint32_t b) { return texts[a] < texts[b]; };
  for (const std::uint32_t place : sorted_places(texts.size(), precedes)) {
    sorted.push_back(texts[place]);
  }
  return sorted;
}

}  // namespace landfall
