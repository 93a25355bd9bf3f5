#include "shared/form/text_index.h"

#include <utility>

#include "shared/base/sorting.h"

namespace landfall {

bool TextIndexes::has(std::string_view column) const {
  for (const Column& known : columns_) {
    if (known.name == column) return true;
  }
  return false;
}

void TextIndexes::add(std::string_view column, std::vector<std::uint32_t> places,
                      const TextAt& text_at) {
  sort_numbers(places, [&](std::uint32_t a, std::uint32_t b) { return text_at(a) < text_at(b); });
  columns_.push_back({std::string(column), std::move(places)});
}

std::optional<std::span<const std::uint32_t>> TextIndexes::find(std::string_view column,
                                                                std::string_view text,
                                                                const TextAt& text_at) const {
  for (const Column& known : columns_) {
    if (known.name != column) continue;
    const std::vector<std::uint32_t>& places = known.places;
    std::size_t first = 0;
    for (std::size_t left = places.size(); left > 0;) {
      const std::size_t half = left / 2;
      const bool is_before = text_at(places[first + half]) < text;
      first += is_before ? half + 1 : 0;
      left = is_before ? left - half - 1 : half;
    }
    std::size_t last = first;
    while (last < places.size() && text_at(places[last]) == text) ++last;
    return std::span<const std::uint32_t>(places).subspan(first, last - first);
  }
  return std::nullopt;
}

}  // namespace landfall
