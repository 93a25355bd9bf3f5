// Tables of numbers as generate_tables.py packs them: differences in few bytes, with marks to begin
// at, a half to a third of what they take one by one, also after compression.

#ifndef LANDFALL_SHARED_TEXT_PACKED_NUMBERS_H_
#define LANDFALL_SHARED_TEXT_PACKED_NUMBERS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace landfall {

// Each number as its difference from the one before, seven bits a byte, low ones first; where the
// list does not ascend, zigzag: even differences go up, odd ones down. Mark k stands for number
// kMarkEvery * k: the number << 11 | where in `bytes` the next one begins. The last ones may be
// missing, of lists that are read seldom or whose bytes are more than eleven bits count.
struct PackedNumbers {
  std::span<const std::uint8_t> bytes;
  std::span<const std::uint32_t> marks;
  bool ascending = true;
};

// A table of runs of code points: the first of each, and its value.
struct PackedRuns {
  PackedNumbers firsts;
  const std::uint8_t* values = nullptr;
};

inline constexpr std::size_t kMarkEvery = 64;
inline constexpr std::size_t kNoIndex = std::string_view::npos;

struct PackedPlace {
  std::size_t index = kNoIndex;
  std::uint32_t number = 0;
};

// The last number of an ascending list that is not above `number`; kNoIndex when the first one is.
[[nodiscard]] PackedPlace last_not_above(const PackedNumbers& list, std::uint32_t number);

// REQUIRES: `index` is less than the length of the list.
[[nodiscard]] std::uint32_t number_at(const PackedNumbers& list, std::size_t index);

// The value of the run that holds `code_point`. REQUIRES: the runs begin at 0.
[[nodiscard]] std::uint8_t run_value(const PackedRuns& runs, char32_t code_point);

// Reads a list from a mark on.
class PackedReader {
 public:
  explicit PackedReader(const PackedNumbers& list, std::size_t mark = 0);

  [[nodiscard]] std::uint32_t number() const { return number_; }
  // False at the end of the list, and then nothing is changed.
  bool advance();

 private:
  const PackedNumbers& list_;
  std::size_t at_;
  std::uint32_t number_;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_TEXT_PACKED_NUMBERS_H_
