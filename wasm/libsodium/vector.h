// Whoever runs a module may lend it vector instructions: see wasm/vector.

#ifndef LANDFALL_WASM_LIBSODIUM_VECTOR_H_
#define LANDFALL_WASM_LIBSODIUM_VECTOR_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// ChaCha20 (RFC 8439) over the first bytes of `m`, from block `ic` on, into `c`. Returns how many
// were done: a multiple of 64, 0 where nobody lends any, as in modules that link no_vector.c.
uint32_t vector_chacha20(unsigned char* c, const unsigned char* m, uint32_t mlen,
                         const unsigned char* k, const unsigned char* n, uint32_t ic);

#ifdef __cplusplus
}
#endif

#endif  // LANDFALL_WASM_LIBSODIUM_VECTOR_H_
