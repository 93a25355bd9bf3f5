#include "shared/text/packed_numbers.h"

#include <doctest/doctest.h>

#include <array>

namespace landfall {
namespace {

// 5, 6, 200, 100000; the mark says that the second begins at byte 0.
constexpr std::array<std::uint8_t, 6> kUp = {0x01, 0xC2, 0x01, 0xD8, 0x8B, 0x06};
constexpr std::array<std::uint32_t, 1> kUpMarks = {5u << 11};
constexpr PackedNumbers kAscending{kUp, kUpMarks};

// 10, 7, 12: down 3 is 5, up 5 is 10.
constexpr std::array<std::uint8_t, 2> kBothWays = {0x05, 0x0A};
constexpr std::array<std::uint32_t, 1> kBothMarks = {10u << 11};
constexpr PackedNumbers kZigzag{kBothWays, kBothMarks, false};

// 0, 1, 2, … 199, with marks at 0, 64 and 128: the last one is left out.
constexpr auto kOnes = [] {
  std::array<std::uint8_t, 199> ones{};
  ones.fill(1);
  return ones;
}();
constexpr std::array<std::uint32_t, 3> kOnesMarks = {0, 64u << 11 | 64, 128u << 11 | 128};
constexpr PackedNumbers kCounting{kOnes, kOnesMarks};

TEST_CASE("numbers are read by their place") {
  CHECK(number_at(kAscending, 0) == 5);
  CHECK(number_at(kAscending, 2) == 200);
  CHECK(number_at(kAscending, 3) == 100000);
  CHECK(number_at(kZigzag, 1) == 7);
  CHECK(number_at(kZigzag, 2) == 12);
}

TEST_CASE("the last number not above another is found, and none where all are") {
  CHECK(last_not_above(kAscending, 4).index == kNoIndex);
  CHECK(last_not_above(kAscending, 5).index == 0);
  CHECK(last_not_above(kAscending, 199).index == 1);
  CHECK(last_not_above(kAscending, 200).index == 2);
  CHECK(last_not_above(kAscending, 99999).number == 200);
  CHECK(last_not_above(kAscending, 0xFFFFFFFF).number == 100000);
}

TEST_CASE("marks change nothing but the time it takes") {
  int seen = 0;
  for (std::uint32_t number = 0; number < 200; ++number, ++seen) {
    CHECK(number_at(kCounting, number) == number);
    CHECK(last_not_above(kCounting, number).index == number);
  }
  CHECK(seen == 200);
}

TEST_CASE("a run's value holds until the next one begins") {
  constexpr std::array<std::uint8_t, 2> kGaps = {10, 10};
  constexpr std::array<std::uint32_t, 1> kMark = {0};
  constexpr std::array<std::uint8_t, 3> kValues = {1, 2, 3};
  const PackedRuns runs{{kGaps, kMark}, kValues.data()};

  CHECK(run_value(runs, 9) == 1);
  CHECK(run_value(runs, 10) == 2);
  CHECK(run_value(runs, 0x10FFFF) == 3);
}

}  // namespace
}  // namespace landfall
