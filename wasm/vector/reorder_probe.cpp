// What clang 14 gets wrong with vectors: a splat of what was loaded must not move past a later
// store to the same address.

#include <stdint.h>
#include <wasm_simd128.h>

// Puts 9 where `at` points to, and what stood there before into the four words from `to` on.
extern "C" __attribute__((export_name("probe"))) void probe(uint32_t* at, uint32_t* to) {
  const v128_t before = wasm_u32x4_splat(*at);
  *at = 9;
  wasm_v128_store(to, before);
}
