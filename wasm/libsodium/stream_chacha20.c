// In place of libsodium's crypto_stream/chacha20/stream_chacha20.c, which picks an implementation
// once, at the start: here whoever runs the module may bring a faster one later.

#include "crypto_stream_chacha20.h"

#include "core.h"
#include "crypto_stream/chacha20/ref/chacha20_ref.h"
#include "private/chacha20_ietf_ext.h"
#include "vector.h"

// Below it, asking costs more than it saves.
static const unsigned long long kLeastAsked = 1024;

int crypto_stream_chacha20_ietf_ext(unsigned char* c, unsigned long long clen,
                                    const unsigned char* n, const unsigned char* k) {
  return crypto_stream_chacha20_ref_implementation.stream_ietf_ext(c, clen, n, k);
}

int crypto_stream_chacha20_ietf_ext_xor_ic(unsigned char* c, const unsigned char* m,
                                           unsigned long long mlen, const unsigned char* n,
                                           uint32_t ic, const unsigned char* k) {
  if (mlen >= kLeastAsked) {
    const uint32_t done = vector_chacha20(c, m, (uint32_t)mlen, k, n, ic);
    c += done;
    m += done;
    mlen -= done;
    ic += done / 64;
  }
  return crypto_stream_chacha20_ref_implementation.stream_ietf_ext_xor_ic(c, m, mlen, n, ic, k);
}

int crypto_stream_chacha20_ietf(unsigned char* c, unsigned long long clen, const unsigned char* n,
                                const unsigned char* k) {
  return crypto_stream_chacha20_ietf_ext(c, clen, n, k);
}

int crypto_stream_chacha20_ietf_xor_ic(unsigned char* c, const unsigned char* m,
                                       unsigned long long mlen, const unsigned char* n, uint32_t ic,
                                       const unsigned char* k) {
  if ((unsigned long long)ic > (1ULL << 32) - (mlen + 63ULL) / 64ULL) sodium_misuse();
  return crypto_stream_chacha20_ietf_ext_xor_ic(c, m, mlen, n, ic, k);
}
