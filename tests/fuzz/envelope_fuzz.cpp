#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "shared/base/invariant.h"
#include "shared/sealing/envelope.h"
#include "shared/sealing/seeded_entropy.h"

namespace {

using namespace landfall;  // NOLINT: a harness of its own

const X25519Identity& identity() {
  static const X25519Identity kIdentity = [] {
    SeededEntropy entropy(Bytes(32, 1));
    return generate_x25519_identity(entropy);
  }();
  return kIdentity;
}

struct Opened {
  Bytes released;
  EnvelopeFault fault = EnvelopeFault::none;
  bool operator==(const Opened&) const = default;
};

Opened open_in_pieces(ByteView file, std::size_t piece_bytes) {
  Identities identities;
  identities.x25519.push_back(identity().clone());
  Opener opener(std::move(identities));
  Opened opened;
  bool failed = false;
  while (!file.empty()) {
    const ByteView piece = file.first(std::min(piece_bytes, file.size()));
    file = file.subspan(piece.size());
    const Result<ByteView> plaintext = opener.push(piece);
    require(!(failed && plaintext.ok()), "an opener that failed stays failed");
    failed = !plaintext.ok();
    if (!failed) append(opened.released, plaintext.value());
  }
  const Result<ByteView> rest = opener.finish();
  opened.fault = opener.fault();
  require(rest.ok() == (opened.fault == EnvelopeFault::none), "success is the absence of a fault");
  if (rest.ok()) append(opened.released, rest.value());
  return opened;
}

// What a file opens to does not depend on how it is cut.
void check_file(ByteView file, std::size_t piece_bytes) {
  require(open_in_pieces(file, piece_bytes) == open_in_pieces(file, file.size() + 1),
          "the cut does not matter");
}

// What is sealed opens to itself, and a changed file to a beginning of it at most.
void check_plaintext(ByteView plaintext, std::size_t piece_bytes, std::size_t place) {
  SeededEntropy entropy(Bytes(32, 2));
  const X25519Recipient recipient = identity().recipient();
  Bytes file = seal(plaintext, std::span(&recipient, 1), entropy).value();
  const Opened opened = open_in_pieces(file, piece_bytes);
  require(opened.fault == EnvelopeFault::none, "what was sealed opens");
  require(std::equal(plaintext.begin(), plaintext.end(), opened.released.begin(),
                     opened.released.end()),
          "it opens to what it was");
  file[place % file.size()] ^= 1;
  require(open_in_pieces(file, piece_bytes).fault != EnvelopeFault::none, "a change is noticed");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const std::size_t piece_bytes = 1 + data[0];
  const std::size_t place = data[1] * std::size_t{256} + data[2];
  const ByteView bytes(data + 3, size - 3);
  check_file(bytes, piece_bytes);
  check_plaintext(bytes, piece_bytes, place);
  return 0;
}
