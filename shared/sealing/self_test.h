// Known answers that the shipped build must give before it may seal anything.

#ifndef LANDFALL_SHARED_SEALING_SELF_TEST_H_
#define LANDFALL_SHARED_SEALING_SELF_TEST_H_

namespace landfall {

// True when hashing, sealing, key agreement, derivation and signing give the answers known for
// them, on messages of 256 bytes and more: a miscompiled vector unit is right below that length and
// its encryption still agrees with its own decryption. Takes a few milliseconds and no memory.
[[nodiscard]] bool self_test();

}  // namespace landfall

#endif  // LANDFALL_SHARED_SEALING_SELF_TEST_H_
