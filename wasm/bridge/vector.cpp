// vector_chacha20() asks whoever runs the core; 0 while there is nobody to ask.

#include <cstdint>

#include "wasm/libsodium/vector.h"

extern "C" {

__attribute__((import_module("landfall"), import_name("chacha20"))) std::uint32_t landfall_chacha20(
    unsigned char* c, const unsigned char* m, std::uint32_t mlen, const unsigned char* k,
    const unsigned char* n, std::uint32_t ic);

std::uint32_t vector_chacha20(unsigned char* c, const unsigned char* m, std::uint32_t mlen,
                              const unsigned char* k, const unsigned char* n, std::uint32_t ic) {
  return landfall_chacha20(c, m, mlen, k, n, ic);
}
}
