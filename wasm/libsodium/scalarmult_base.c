// Multiplies the base point as any other point: 24 KB of libsodium's precomputed multiples, which
// do not compress, stay out of the module. Constant-time like the original, about three times
// slower; a submission signs once and seals to a key once a file.

#include "private/ed25519_ref10.h"

// Precondition of the original: a[31] <= 127.
void ge25519_scalarmult_base(ge25519_p3* h, const unsigned char* a) {
  // y = 4/5 and the even x.
  static const unsigned char kBasePoint[32] = {0x58, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
                                               0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
                                               0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
                                               0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66};
  ge25519_p3 base;
  (void)ge25519_frombytes(&base, kBasePoint);
  ge25519_scalarmult(h, a, &base);
}
