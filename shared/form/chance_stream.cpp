#include "shared/form/chance_stream.h"

#include "shared/base/invariant.h"

namespace landfall {
namespace {

// Where the words of each quarter round stand: first the columns, then the diagonals.
constexpr std::uint8_t kQuarters[8][4] = {{0, 4, 8, 12},  {1, 5, 9, 13},  {2, 6, 10, 14},
                                          {3, 7, 11, 15}, {0, 5, 10, 15}, {1, 6, 11, 12},
                                          {2, 7, 8, 13},  {3, 4, 9, 14}};

// To the left. std::rotl() takes another type of number in each library.
std::uint32_t turned(std::uint32_t word, std::uint32_t bits) {
  return word << bits | word >> (32 - bits);
}

void mix(std::array<std::uint32_t, 16>& words, const std::uint8_t (&at)[4]) {
  std::uint32_t& a = words[at[0]];
  std::uint32_t& b = words[at[1]];
  std::uint32_t& c = words[at[2]];
  std::uint32_t& d = words[at[3]];
  for (const std::uint32_t second : {0u, 1u}) {
    a += b;
    d = turned(d ^ a, 16 - 8 * second);
    c += d;
    b = turned(b ^ c, 12 - 5 * second);
  }
}

}  // namespace

ChanceStream::ChanceStream(std::string_view seed) {
  require(seed.size() <= kMaxSeedBytes, "a seed is one key long");
  state_[0] = 0x61707865;
  state_[1] = 0x3320646e;
  state_[2] = 0x79622d32;
  state_[3] = 0x6b206574;
  for (std::size_t i = 0; i < seed.size(); ++i) {
    state_[4 + i / 4] |= std::uint32_t{static_cast<unsigned char>(seed[i])} << (i % 4 * 8);
  }
}

void ChanceStream::next_block() {
  block_ = state_;
  for (int round = 0; round < 10; ++round) {
    for (const auto& quarter : kQuarters) mix(block_, quarter);
  }
  for (std::size_t i = 0; i < block_.size(); ++i) block_[i] += state_[i];
  ++state_[12];
  used_ = 0;
}

void ChanceStream::fill(std::span<std::uint8_t> out) {
  for (std::uint8_t& byte : out) {
    if (used_ == 64) next_block();
    byte = static_cast<std::uint8_t>(block_[used_ / 4] >> (used_ % 4 * 8));
    ++used_;
  }
}

}  // namespace landfall
