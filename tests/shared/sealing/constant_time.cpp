// Runs what touches secrets with the secrets marked as uninitialised, for valgrind: a branch or an
// address that depends on one is what memcheck reports. Without valgrind it proves nothing.
//
//   landfall_constant_time NAME      the case, or the planted fault, of that name
//   landfall_constant_time --list    "case NAME" or "planted NAME", a line each

#include <valgrind/memcheck.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/secret.h"
#include "shared/sealing/header.h"
#include "shared/sealing/keys.h"
#include "shared/sealing/primitives.h"
#include "shared/sealing/stream.h"

namespace {

using namespace landfall;  // NOLINT: a program of its own

using Block = std::array<std::uint8_t, 32>;

void make_secret(std::span<const std::uint8_t> bytes) {
  VALGRIND_MAKE_MEM_UNDEFINED(bytes.data(), bytes.size());
}

void make_public(const void* bytes, std::size_t size) { VALGRIND_MAKE_MEM_DEFINED(bytes, size); }

template <std::size_t kSize>
Secret<kSize> secret(std::uint8_t seed) {
  Secret<kSize> bytes;
  for (std::uint8_t& byte : bytes.fill()) byte = seed++;
  make_secret(bytes.view());
  return bytes;
}

// What was compared may be known afterwards; where the two differ may not.
void compare() {
  for (const std::size_t place : {std::size_t{0}, std::size_t{15}, std::size_t{31}, kSha256Bytes}) {
    Block a{};
    Block b{};
    if (place < b.size()) b[place] = 1;
    make_secret(a);
    make_secret(b);
    bool equal = equal_in_constant_time(a, b);
    make_public(&equal, sizeof equal);
    require(equal == (place == kSha256Bytes), "the comparison is right");
  }
}

void move_and_wipe() {
  Secret<32> first = secret<32>(1);
  Secret<32> second(std::move(first));
  first = std::move(second);
  const Secret<32> copy(first.view());
}

void derive() {
  const Secret<32> root = secret<32>(2);
  const Secret<32> key = hkdf_key(root.view(), {}, bytes_of("landfall/v1/age"));
  const Sha256Digest code = hmac_sha256(key.view(), root.view());
  const Sha256Digest digest = sha256(root.view());
  require(code.size() == digest.size(), "digests have one size");
}

void authenticate_header() {
  const FileKey file_key = secret<kFileKeyBytes>(3);
  const Sha256Digest wanted = header_mac("age-encryption.org/v1\n---", file_key);
  Sha256Digest said = wanted;
  make_public(said.data(), said.size());
  bool equal = equal_in_constant_time(wanted, said);
  make_public(&equal, sizeof equal);
  require(equal, "a header's MAC is its MAC");
}

// A payload of several chunks, pushed in pieces that do not fit them.
void seal_stream() {
  Bytes plaintext(2 * kChunkBytes + 1000, 7);
  make_secret(plaintext);
  StreamSealer sealer(payload_key(secret<kFileKeyBytes>(4), {}));
  OutputBuffer out;
  for (std::size_t at = 0; at < plaintext.size(); at += 50'000) {
    const ByteView rest = ByteView(plaintext).subspan(at);
    out.start(StreamSealer::bound(rest.size()));
    sealer.push(rest.first(std::min<std::size_t>(50'000, rest.size())), out);
  }
  out.start(StreamSealer::bound(0));
  sealer.finish(out);
}

void agree() {
  const X25519Scalar mine = secret<kX25519Bytes>(5);
  X25519Point theirs{9};
  const X25519Point point = x25519_public(mine);
  Secret<kX25519Bytes> shared;
  bool agreed = x25519(shared, mine, theirs);
  make_public(&agreed, sizeof agreed);
  require(agreed, "the base point has a large order");
  require(point.size() == theirs.size(), "points have one size");
}

void sign() {
  const Secret<kEd25519SecretBytes> key = ed25519_secret(secret<kEd25519SeedBytes>(6));
  const Ed25519Signature signature = ed25519_sign(bytes_of("message"), key);
  make_public(signature.data(), signature.size());
  Ed25519PublicKey public_key = ed25519_public(key);
  make_public(public_key.data(), public_key.size());
  require(ed25519_verify(bytes_of("message"), signature, public_key), "what was signed verifies");
}

// Kept from being optimised into something else.
volatile std::uint8_t sink;

// The comparison that everybody writes first.
void compare_until_different() {
  const Secret<32> a = secret<32>(1);
  const Secret<32> b = secret<32>(1);
  for (std::size_t i = 0; i < 32; ++i) {
    if (a.view()[i] != b.view()[i]) return;
    sink = 1;
  }
}

// The selection of one of two values by a branch.
void select_by_branch() {
  const Secret<32> choice = secret<32>(1);
  if ((choice.view()[0] & 1) != 0) {
    sink = 1;
  } else {
    sink = sink + 2;
  }
}

// A table at a secret place, which the cache remembers.
void look_up() {
  static constexpr std::string_view kTable = "0123456789abcdef";
  const Secret<32> place = secret<32>(1);
  sink = static_cast<std::uint8_t>(kTable[place.view()[0] & 15]);
}

struct Case {
  std::string_view kind;
  std::string_view name;
  void (*run)();
};

constexpr std::array kCases = {Case{"case", "compare", compare},
                               Case{"case", "move-and-wipe", move_and_wipe},
                               Case{"case", "derive", derive},
                               Case{"case", "authenticate-header", authenticate_header},
                               Case{"case", "seal-stream", seal_stream},
                               Case{"case", "agree", agree},
                               Case{"case", "sign", sign},
                               Case{"planted", "compare-until-different", compare_until_different},
                               Case{"planted", "select-by-branch", select_by_branch},
                               Case{"planted", "look-up", look_up}};

}  // namespace

int main(int count, char** arguments) {
  const std::string_view wanted = count == 2 ? arguments[1] : "";
  for (const Case& one : kCases) {
    if (wanted == "--list") std::printf("%s %s\n", one.kind.data(), one.name.data());
    if (wanted != one.name) continue;
    one.run();
    return 0;
  }
  return wanted == "--list" ? 0 : 2;
}
