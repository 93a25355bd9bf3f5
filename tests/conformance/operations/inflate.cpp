#include "tests/conformance/operations/inflate.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace landfall::conformance {
namespace {

constexpr unsigned kMaxCodeBits = 15;
constexpr std::size_t kZlibHeaderBytes = 2;

constexpr std::array<std::uint16_t, 29> kLengthBase = {3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                                       15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                                       67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::array<std::uint8_t, 29> kLengthBits = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                      2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::array<std::uint16_t, 30> kDistanceBase = {
    1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
    193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
constexpr std::array<std::uint8_t, 30> kDistanceBits = {0, 0, 0,  0,  1,  1,  2,  2,  3,  3,
                                                        4, 4, 5,  5,  6,  6,  7,  7,  8,  8,
                                                        9, 9, 10, 10, 11, 11, 12, 12, 13, 13};
constexpr std::array<std::uint8_t, 19> kCodeLengthOrder = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                           11, 4,  12, 3, 13, 2, 14, 1, 15};

// Bits from the low end of each byte; reading past the end gives zeros and clears ok().
class Bits {
 public:
  explicit Bits(ByteView bytes) : bytes_(bytes) {}

  [[nodiscard]] bool ok() const { return ok_; }

  unsigned take(unsigned count) {
    unsigned value = 0;
    for (unsigned i = 0; i < count; ++i) value |= next() << i;
    return value;
  }

  unsigned next() {
    if (at_ / 8 >= bytes_.size()) {
      ok_ = false;
      return 0;
    }
    const unsigned bit = (bytes_[at_ / 8] >> (at_ % 8)) & 1u;
    ++at_;
    return bit;
  }

  void skip_to_byte() { at_ = (at_ + 7) / 8 * 8; }

 private:
  ByteView bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

// A canonical Huffman code: how many symbols have each length, and the symbols in code order.
class Code {
 public:
  explicit Code(std::span<const std::uint8_t> lengths) : symbols_(lengths.size()) {
    for (const std::uint8_t length : lengths) ++counts_[length];
    counts_[0] = 0;
    std::array<std::uint16_t, kMaxCodeBits + 2> starts{};
    for (std::size_t i = 1; i <= kMaxCodeBits; ++i) {
      starts[i + 1] = static_cast<std::uint16_t>(starts[i] + counts_[i]);
    }
    for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
      if (lengths[symbol] == 0) continue;
      symbols_[starts[lengths[symbol]]++] = static_cast<std::uint16_t>(symbol);
    }
  }

  // The next symbol, or a number that no alphabet has.
  [[nodiscard]] unsigned read(Bits& bits) const {
    unsigned code = 0;
    unsigned first = 0;
    unsigned index = 0;
    for (unsigned length = 1; length <= kMaxCodeBits; ++length) {
      code |= bits.next();
      const unsigned count = counts_[length];
      if (code < first + count) return symbols_[index + (code - first)];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return 0xffff;
  }

 private:
  std::array<std::uint16_t, kMaxCodeBits + 1> counts_{};
  std::vector<std::uint16_t> symbols_;
};

bool copy_stored(Bits& bits, Bytes& out) {
  bits.skip_to_byte();
  const unsigned size = bits.take(16);
  const unsigned check = bits.take(16);
  if ((size ^ check) != 0xffff) return false;
  for (unsigned i = 0; i < size && bits.ok(); ++i) {
    out.push_back(static_cast<std::uint8_t>(bits.take(8)));
  }
  return bits.ok();
}

bool copy_back(Bits& bits, unsigned length_symbol, const Code& distances, Bytes& out) {
  if (length_symbol >= kLengthBase.size()) return false;
  const unsigned length = kLengthBase[length_symbol] + bits.take(kLengthBits[length_symbol]);
  const unsigned symbol = distances.read(bits);
  if (symbol >= kDistanceBase.size()) return false;
  const std::size_t distance = kDistanceBase[symbol] + bits.take(kDistanceBits[symbol]);
  if (distance > out.size()) return false;
  for (unsigned i = 0; i < length; ++i) out.push_back(out[out.size() - distance]);
  return true;
}

bool unpack_block(Bits& bits, const Code& literals, const Code& distances, Bytes& out) {
  while (bits.ok()) {
    const unsigned symbol = literals.read(bits);
    if (symbol == 256) return true;
    if (symbol < 256) {
      out.push_back(static_cast<std::uint8_t>(symbol));
    } else if (!copy_back(bits, symbol - 257, distances, out)) {
      return false;
    }
  }
  return false;
}

bool unpack_fixed(Bits& bits, Bytes& out) {
  std::array<std::uint8_t, 288> literals{};
  for (std::size_t i = 0; i < literals.size(); ++i) {
    literals[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
  }
  std::array<std::uint8_t, 30> distances{};
  distances.fill(5);
  return unpack_block(bits, Code(literals), Code(distances), out);
}

// The code lengths of a dynamic block: literals, then distances.
bool read_lengths(Bits& bits, const Code& code, std::span<std::uint8_t> lengths) {
  std::size_t at = 0;
  while (at < lengths.size()) {
    const unsigned symbol = code.read(bits);
    if (!bits.ok() || symbol > 18) return false;
    if (symbol < 16) {
      lengths[at++] = static_cast<std::uint8_t>(symbol);
      continue;
    }
    if (symbol == 16 && at == 0) return false;
    const std::uint8_t value = symbol == 16 ? lengths[at - 1] : std::uint8_t{0};
    const unsigned count = symbol == 16   ? 3 + bits.take(2)
                           : symbol == 17 ? 3 + bits.take(3)
                                          : 11 + bits.take(7);
    if (count > lengths.size() - at) return false;
    for (unsigned i = 0; i < count; ++i) lengths[at++] = value;
  }
  return true;
}

bool unpack_dynamic(Bits& bits, Bytes& out) {
  const std::size_t literals = 257 + bits.take(5);
  const std::size_t distances = 1 + bits.take(5);
  const std::size_t code_lengths = 4 + bits.take(4);
  std::array<std::uint8_t, 19> lengths_of_lengths{};
  for (std::size_t i = 0; i < code_lengths; ++i) {
    lengths_of_lengths[kCodeLengthOrder[i]] = static_cast<std::uint8_t>(bits.take(3));
  }
  std::vector<std::uint8_t> lengths(literals + distances);
  if (!read_lengths(bits, Code(lengths_of_lengths), lengths)) return false;
  const std::span<const std::uint8_t> all(lengths);
  return unpack_block(bits, Code(all.first(literals)), Code(all.subspan(literals)), out);
}

bool unpack(Bits& bits, Bytes& out) {
  for (bool last = false; !last;) {
    last = bits.next() == 1;
    const unsigned type = bits.take(2);
    const bool good = type == 0   ? copy_stored(bits, out)
                      : type == 1 ? unpack_fixed(bits, out)
                      : type == 2 ? unpack_dynamic(bits, out)
                                  : false;
    if (!good) return false;
  }
  return true;
}

}  // namespace

std::optional<Bytes> inflate(ByteView zlib) {
  if (zlib.size() < kZlibHeaderBytes || (zlib[0] & 0x0f) != 8) return std::nullopt;
  Bits bits(zlib.subspan(kZlibHeaderBytes));
  Bytes out;
  if (!unpack(bits, out)) return std::nullopt;
  return out;
}

}  // namespace landfall::conformance
