#include "shared/functions/digest.h"

#include <cstddef>

#include "shared/libm/libm.h"

namespace landfall {
namespace {

// The cube roots of the first 80 primes: their first 64 fractional bits for SHA-512, and of the
// first 64 of them the first 32 for SHA-256.
constexpr std::uint64_t kCubeRoots[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
    0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
    0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
    0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
    0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
    0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817};

// The square roots of the first eight primes, and of the next eight.
constexpr std::uint64_t kSquareRoots[16] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
    0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4};

// libc++ and libstdc++ do not agree on the type of the second argument of std::rotl().
template <typename Word>
Word turned_left(Word x, unsigned by) {
  return static_cast<Word>(x << by | x >> (8 * sizeof(Word) - by));
}

template <typename Word>
Word turned_right(Word x, unsigned by) {
  return static_cast<Word>(x >> by | x << (8 * sizeof(Word) - by));
}

template <typename Word>
Word read_big_endian(const unsigned char* at) {
  Word word = 0;
  for (std::size_t i = 0; i < sizeof(Word); ++i) word = static_cast<Word>(word << 8 | at[i]);
  return word;
}

template <typename Word>
void append_big_endian(Word word, std::string& to) {
  for (std::size_t i = sizeof(Word); i-- > 0;) to += static_cast<char>(word >> (8 * i) & 0xFF);
}

// The message with a one bit, zeros and its length in bits, to whole blocks.
std::string padded(std::string_view bytes, std::size_t block, bool big_endian) {
  std::string text(bytes);
  text += '\x80';
  const std::size_t length_bytes = block / 8;
  while (text.size() % block != block - length_bytes) text += '\0';
  text.append(length_bytes - 8, '\0');
  const std::uint64_t bits = static_cast<std::uint64_t>(bytes.size()) * 8;
  for (int i = 0; i < 8; ++i) {
    const int place = big_endian ? 7 - i : i;
    text += static_cast<char>(bits >> (8 * place) & 0xFF);
  }
  return text;
}

// The rotations of FIPS 180-4 section 4.1.2 and 4.1.3; the last of each lower-case pair shifts.
template <typename Word>
struct Sha2Rotations;
template <>
struct Sha2Rotations<std::uint32_t> {
  static constexpr unsigned kBig0[3] = {2, 13, 22};
  static constexpr unsigned kBig1[3] = {6, 11, 25};
  static constexpr unsigned kSmall0[3] = {7, 18, 3};
  static constexpr unsigned kSmall1[3] = {17, 19, 10};
  static constexpr int kRounds = 64;
};
template <>
struct Sha2Rotations<std::uint64_t> {
  static constexpr unsigned kBig0[3] = {28, 34, 39};
  static constexpr unsigned kBig1[3] = {14, 18, 41};
  static constexpr unsigned kSmall0[3] = {1, 8, 7};
  static constexpr unsigned kSmall1[3] = {19, 61, 6};
  static constexpr int kRounds = 80;
};

template <typename Word>
Word big_sigma(Word x, const unsigned (&by)[3]) {
  return turned_right(x, by[0]) ^ turned_right(x, by[1]) ^ turned_right(x, by[2]);
}

template <typename Word>
Word small_sigma(Word x, const unsigned (&by)[3]) {
  return turned_right(x, by[0]) ^ turned_right(x, by[1]) ^ x >> by[2];
}

template <typename Word>
void sha2_block(const unsigned char* block, Word (&state)[8]) {
  using Rotations = Sha2Rotations<Word>;
  Word schedule[80];
  Word s[8];
  for (int i = 0; i < 8; ++i) s[i] = state[i];
  for (int i = 0; i < Rotations::kRounds; ++i) {
    schedule[i] = i < 16 ? read_big_endian<Word>(block + static_cast<std::size_t>(i) * sizeof(Word))
                         : small_sigma(schedule[i - 2], Rotations::kSmall1) + schedule[i - 7] +
                               small_sigma(schedule[i - 15], Rotations::kSmall0) + schedule[i - 16];
    const Word root = static_cast<Word>(kCubeRoots[i] >> (64 - 8 * sizeof(Word)));
    const Word choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
    const Word majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
    const Word first = s[7] + big_sigma(s[4], Rotations::kBig1) + choice + root + schedule[i];
    const Word second = big_sigma(s[0], Rotations::kBig0) + majority;
    for (int k = 7; k > 0; --k) s[k] = s[k - 1];
    s[4] += first;
    s[0] = first + second;
  }
  for (int i = 0; i < 8; ++i) state[i] += s[i];
}

template <typename Word>
std::string sha2(std::string_view bytes, const std::uint64_t* roots, std::size_t size) {
  constexpr std::size_t kBlock = 16 * sizeof(Word);
  Word state[8];
  for (int i = 0; i < 8; ++i) state[i] = static_cast<Word>(roots[i] >> (64 - 8 * sizeof(Word)));
  const std::string text = padded(bytes, kBlock, true);
  for (std::size_t at = 0; at < text.size(); at += kBlock) {
    sha2_block<Word>(reinterpret_cast<const unsigned char*>(text.data()) + at, state);
  }
  std::string digest;
  for (const Word word : state) append_big_endian(word, digest);
  return digest.substr(0, size);
}

// MD5 and SHA-1 mix three words in the same ways.
std::uint32_t choose(std::uint32_t x, std::uint32_t y, std::uint32_t z) {
  return (x & y) | (~x & z);
}
std::uint32_t parity(std::uint32_t x, std::uint32_t y, std::uint32_t z) { return x ^ y ^ z; }

std::string sha1(std::string_view bytes) {
  std::uint32_t state[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  constexpr std::uint32_t kConstants[4] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
  const std::string text = padded(bytes, 64, true);
  for (std::size_t at = 0; at < text.size(); at += 64) {
    const auto* block = reinterpret_cast<const unsigned char*>(text.data()) + at;
    std::uint32_t w[80];
    std::uint32_t s[5];
    for (int i = 0; i < 5; ++i) s[i] = state[i];
    for (int i = 0; i < 80; ++i) {
      w[i] = i < 16 ? read_big_endian<std::uint32_t>(block + static_cast<std::size_t>(i) * 4)
                    : turned_left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
      const int part = i / 20;
      std::uint32_t mixed = parity(s[1], s[2], s[3]);
      if (part == 0) mixed = choose(s[1], s[2], s[3]);
      if (part == 2) mixed = (s[1] & s[2]) | (s[1] & s[3]) | (s[2] & s[3]);
      const std::uint32_t next = turned_left(s[0], 5) + mixed + s[4] + kConstants[part] + w[i];
      for (int k = 4; k > 0; --k) s[k] = s[k - 1];
      s[2] = turned_left(s[2], 30);
      s[0] = next;
    }
    for (int i = 0; i < 5; ++i) state[i] += s[i];
  }
  std::string digest;
  for (const std::uint32_t word : state) append_big_endian(word, digest);
  return digest;
}

// MD5 alone counts bytes from the least.
std::uint32_t swapped(std::uint32_t word) {
  return word >> 24 | (word >> 8 & 0xFF00) | (word << 8 & 0xFF0000) | word << 24;
}

std::string md5(std::string_view bytes) {
  std::uint32_t state[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  constexpr unsigned kTurns[4][4] = {
      {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
  const std::string text = padded(bytes, 64, false);
  for (std::size_t at = 0; at < text.size(); at += 64) {
    const auto* block = reinterpret_cast<const unsigned char*>(text.data()) + at;
    std::uint32_t s[4] = {state[0], state[1], state[2], state[3]};
    for (int i = 0; i < 64; ++i) {
      const int part = i / 16;
      constexpr int kStrides[4] = {1, 5, 3, 7};
      constexpr int kStarts[4] = {0, 1, 5, 0};
      std::uint32_t mixed = choose(s[1], s[2], s[3]);
      if (part == 1) mixed = choose(s[3], s[1], s[2]);
      if (part == 2) mixed = parity(s[1], s[2], s[3]);
      if (part == 3) mixed = s[2] ^ (s[1] | ~s[3]);
      const int place = (kStarts[part] + kStrides[part] * i) % 16;
      const std::uint32_t word =
          read_big_endian<std::uint32_t>(block + static_cast<std::size_t>(place) * 4);
      // RFC 1321 section 3.4: the constants are sines of whole radians.
      const double sine = lfm_sin(i + 1.0);
      const auto constant = static_cast<std::uint32_t>((sine < 0 ? -sine : sine) * 4294967296.0);
      const std::uint32_t sum = s[0] + mixed + constant + swapped(word);
      s[0] = s[3];
      s[3] = s[2];
      s[2] = s[1];
      s[1] += turned_left(sum, kTurns[part][i % 4]);
    }
    for (int i = 0; i < 4; ++i) state[i] += s[i];
  }
  std::string digest;
  for (const std::uint32_t word : state) append_big_endian(swapped(word), digest);
  return digest;
}

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string digest_of(DigestKind kind, std::string_view bytes) {
  switch (kind) {
    case DigestKind::md5:
      return md5(bytes);
    case DigestKind::sha1:
      return sha1(bytes);
    case DigestKind::sha256:
      return sha2<std::uint32_t>(bytes, kSquareRoots, 32);
    case DigestKind::sha384:
      return sha2<std::uint64_t>(bytes, kSquareRoots + 8, 48);
    case DigestKind::sha512:
      return sha2<std::uint64_t>(bytes, kSquareRoots, 64);
  }
  return {};
}

std::string write_base64(std::string_view bytes) {
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char byte : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(byte);
    for (count += 8; count >= 6; count -= 6) text += kBase64[bits >> (count - 6) & 63];
  }
  if (count > 0) text += kBase64[bits << (6 - count) & 63];
  while (text.size() % 4 != 0) text += '=';
  return text;
}

std::optional<std::string> read_base64(std::string_view text) {
  if (text.size() % 4 == 0) {
    for (int i = 0; i < 2 && !text.empty() && text.back() == '='; ++i) text.remove_suffix(1);
  }
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t value = kBase64.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xFF);
  }
  return bytes;
}

std::string write_hexadecimal(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    text += "0123456789abcdef"[static_cast<unsigned char>(byte) >> 4];
    text += "0123456789abcdef"[static_cast<unsigned char>(byte) & 15];
  }
  return text;
}

}  // namespace landfall
