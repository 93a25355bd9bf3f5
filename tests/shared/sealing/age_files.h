// Keys, texts and whole files for the tests of sealing.

#ifndef LANDFALL_TESTS_SHARED_SEALING_AGE_FILES_H_
#define LANDFALL_TESTS_SHARED_SEALING_AGE_FILES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/sealing/envelope.h"
#include "shared/sealing/seeded_entropy.h"

namespace landfall {

// Entropy that is the same in every run; `number` tells sources apart.
[[nodiscard]] SeededEntropy test_entropy(std::uint8_t number = 1);

// An identity that is the same in every run.
[[nodiscard]] X25519Identity test_identity(std::uint8_t number = 1);

// The identities of one key.
[[nodiscard]] Identities only(const X25519Identity& identity);
[[nodiscard]] Identities only_passphrase(std::string_view passphrase);

// `size` bytes, no two neighbours alike.
[[nodiscard]] Bytes test_bytes(std::size_t size);

// What an Opener made of a file pushed in pieces.
struct Opened {
  Bytes released;
  EnvelopeFault fault = EnvelopeFault::none;
  bool whole = false;
};

[[nodiscard]] Opened open_in_pieces(ByteView file, Identities identities, std::size_t piece_bytes,
                                    ArmorPolicy armor = ArmorPolicy::detect);

// A file sealed in pieces.
[[nodiscard]] Bytes seal_in_pieces(ByteView plaintext, const X25519Recipient& recipient,
                                   std::size_t piece_bytes, EnvelopeFormat format);

}  // namespace landfall

#endif  // LANDFALL_TESTS_SHARED_SEALING_AGE_FILES_H_
