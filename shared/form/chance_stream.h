// ChanceStream: what forms draw lots from: as many bytes as they ask for, from one seed.

#ifndef LANDFALL_SHARED_FORM_CHANCE_STREAM_H_
#define LANDFALL_SHARED_FORM_CHANCE_STREAM_H_

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "shared/base/entropy.h"

namespace landfall {

inline constexpr std::size_t kMaxSeedBytes = 32;

// The key stream of ChaCha20: equal seeds give equal bytes in every build, and who does not know
// the seed cannot tell what comes next. Not for keys, which shared/sealing makes. Source: RFC 8439
// section 2.3, with a nonce of zeros.
class ChanceStream final : public Entropy {
 public:
  // The key is `seed`, filled up with zeros. REQUIRES: seed.size() ≤ kMaxSeedBytes.
  explicit ChanceStream(std::string_view seed);

  void fill(std::span<std::uint8_t> out) override;

 private:
  void next_block();

  std::array<std::uint32_t, 16> state_{};
  std::array<std::uint32_t, 16> block_{};
  std::size_t used_ = 64;  // bytes of block_ that were given out
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_CHANCE_STREAM_H_
