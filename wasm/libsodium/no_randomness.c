// Takes the place of libsodium's randombytes/: the core gets its entropy as arguments, so a call
// from inside the library would be a mistake, and stops the module instead of going on without.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "randombytes.h"

static _Noreturn void stop(void) {
  fputs("libsodium asked for randomness\n", stderr);
  abort();
}

uint32_t randombytes_random(void) { stop(); }

uint32_t randombytes_uniform(const uint32_t upper_bound) {
  (void)upper_bound;
  stop();
}

void randombytes_buf(void* const buffer, const size_t size) {
  (void)buffer;
  (void)size;
  stop();
}

void randombytes(unsigned char* const buffer, const unsigned long long size) {
  (void)buffer;
  (void)size;
  stop();
}

// sodium_init() calls it; there is nothing to stir.
void randombytes_stir(void) {}

int randombytes_close(void) { return 0; }
