// ChaCha20 on four blocks at once, in the memory of the module that asks: landfall-vector.wasm.

#include <stddef.h>
#include <stdint.h>
#include <wasm_simd128.h>

namespace {

constexpr uint32_t kBlockBytes = 64;
constexpr uint32_t kLanes = 4;
constexpr int kDoubleRounds = 10;

// Lane i of word w is word w of the block counter + i.
struct Blocks {
  v128_t words[16];
};

// Sixteen and eight bits are whole bytes, which one shuffle moves.
inline v128_t rotate_16(v128_t v) {
  return wasm_i8x16_shuffle(v, v, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
}
inline v128_t rotate_8(v128_t v) {
  return wasm_i8x16_shuffle(v, v, 3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14);
}
template <int bits>
inline v128_t rotate(v128_t v) {
  return wasm_v128_or(wasm_i32x4_shl(v, bits), wasm_u32x4_shr(v, 32 - bits));
}

// Source: RFC 8439, section 2.1.
inline void quarter_round(v128_t& a, v128_t& b, v128_t& c, v128_t& d) {
  a = wasm_i32x4_add(a, b);
  d = rotate_16(wasm_v128_xor(d, a));
  c = wasm_i32x4_add(c, d);
  b = rotate<12>(wasm_v128_xor(b, c));
  a = wasm_i32x4_add(a, b);
  d = rotate_8(wasm_v128_xor(d, a));
  c = wasm_i32x4_add(c, d);
  b = rotate<7>(wasm_v128_xor(b, c));
}

inline void double_round(Blocks& x) {
  v128_t* const w = x.words;
  quarter_round(w[0], w[4], w[8], w[12]);
  quarter_round(w[1], w[5], w[9], w[13]);
  quarter_round(w[2], w[6], w[10], w[14]);
  quarter_round(w[3], w[7], w[11], w[15]);
  quarter_round(w[0], w[5], w[10], w[15]);
  quarter_round(w[1], w[6], w[11], w[12]);
  quarter_round(w[2], w[7], w[8], w[13]);
  quarter_round(w[3], w[4], w[9], w[14]);
}

inline void xor_into(unsigned char* to, const unsigned char* from, v128_t stream) {
  wasm_v128_store(to, wasm_v128_xor(wasm_v128_load(from), stream));
}

// Turns four words of four blocks round and puts them over the text, 16 bytes of each block.
inline void put(unsigned char* to, const unsigned char* from, const v128_t* w) {
  const v128_t low01 = wasm_i32x4_shuffle(w[0], w[1], 0, 4, 1, 5);
  const v128_t low23 = wasm_i32x4_shuffle(w[2], w[3], 0, 4, 1, 5);
  const v128_t high01 = wasm_i32x4_shuffle(w[0], w[1], 2, 6, 3, 7);
  const v128_t high23 = wasm_i32x4_shuffle(w[2], w[3], 2, 6, 3, 7);
  xor_into(to, from, wasm_i64x2_shuffle(low01, low23, 0, 2));
  xor_into(to + kBlockBytes, from + kBlockBytes, wasm_i64x2_shuffle(low01, low23, 1, 3));
  xor_into(to + 2 * kBlockBytes, from + 2 * kBlockBytes, wasm_i64x2_shuffle(high01, high23, 0, 2));
  xor_into(to + 3 * kBlockBytes, from + 3 * kBlockBytes, wasm_i64x2_shuffle(high01, high23, 1, 3));
}

// Source: RFC 8439, section 2.3.
inline Blocks initial(const unsigned char* key, const unsigned char* nonce, uint32_t counter) {
  Blocks x;
  x.words[0] = wasm_i32x4_const_splat(0x61707865);
  x.words[1] = wasm_i32x4_const_splat(0x3320646e);
  x.words[2] = wasm_i32x4_const_splat(0x79622d32);
  x.words[3] = wasm_i32x4_const_splat(0x6b206574);
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; ++i) x.words[4 + i] = wasm_v128_load32_splat(key + 4 * i);
  x.words[12] =
      wasm_i32x4_add(wasm_i32x4_splat(static_cast<int32_t>(counter)), wasm_i32x4_const(0, 1, 2, 3));
#pragma clang loop unroll(full)
  for (int i = 0; i < 3; ++i) x.words[13 + i] = wasm_v128_load32_splat(nonce + 4 * i);
  return x;
}

}  // namespace

// Encrypts, or decrypts, as much of `from` as fills groups of four blocks, from block `counter` on,
// and returns how many bytes that was. `to` is `from` or does not overlap it; key of 32 bytes,
// nonce of 12. The counter wraps as that of RFC 8439, section 2.4, must not: the caller sees to it.
//
// The module has neither data nor a stack: everything stays in registers and locals, so that it can
// work in another module's memory without a place of its own there.
extern "C" __attribute__((export_name("chacha20"))) uint32_t
chacha20(unsigned char* to, const unsigned char* from, uint32_t size, const unsigned char* key,
         const unsigned char* nonce, uint32_t counter) {
  const uint32_t whole = size - size % (kLanes * kBlockBytes);
  for (uint32_t done = 0; done < whole; done += kLanes * kBlockBytes) {
    const Blocks start = initial(key, nonce, counter + done / kBlockBytes);
    Blocks x = start;
    for (int i = 0; i < kDoubleRounds; ++i) double_round(x);
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; ++i) x.words[i] = wasm_i32x4_add(x.words[i], start.words[i]);
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; ++i) put(to + done + 16 * i, from + done + 16 * i, x.words + 4 * i);
  }
  return whole;
}
