#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "shared/sealing/envelope.h"
#include "tests/shared/sealing/age_files.h"

namespace landfall {
namespace {

Bytes sealed_file(std::size_t size) {
  return seal_in_pieces(test_bytes(size), test_identity().recipient(), 1 << 20,
                        EnvelopeFormat::binary);
}

// True when nothing but a prefix of the plaintext came out, and the file was not called whole.
bool is_refused(ByteView file, std::size_t size) {
  const Bytes plaintext = test_bytes(size);
  const Opened opened = open_in_pieces(file, only(test_identity()), 1000);
  const bool is_prefix =
      opened.released.size() <= plaintext.size() &&
      std::equal(opened.released.begin(), opened.released.end(), plaintext.begin());
  return !opened.whole && opened.fault != EnvelopeFault::none && is_prefix &&
         opened.released.size() % kChunkBytes == 0;
}

// `file` with another low bit in the byte `distance` before its end.
Bytes changed_from_end(const Bytes& file, std::size_t distance) {
  Bytes changed;
  for (std::size_t i = 0; i < file.size(); ++i) {
    const unsigned mask = file.size() - i == distance ? 2 : 0;
    changed.push_back(static_cast<std::uint8_t>(file[i] ^ mask));
  }
  return changed;
}

TEST_CASE("a small file with any bit of any byte flipped is refused and releases nothing") {
  const Bytes file = sealed_file(20);
  std::size_t refused = 0;

  for (std::size_t i = 0; i < file.size() * 8; ++i) {
    Bytes changed = file;
    changed[i / 8] ^= static_cast<std::uint8_t>(1 << (i % 8));
    if (is_refused(changed, 20)) ++refused;
  }

  CHECK(refused == file.size() * 8);
}

TEST_CASE("a small file cut short anywhere is refused") {
  const Bytes file = sealed_file(20);
  std::size_t refused = 0;

  for (std::size_t size = 0; size < file.size(); ++size) {
    if (is_refused(ByteView(file).first(size), 20)) ++refused;
  }

  CHECK(refused == file.size());
}

TEST_CASE("a file of several chunks cut short near any chunk's end is refused") {
  for (const std::size_t size : {std::size_t{131072}, std::size_t{131080}}) {
    const Bytes file = sealed_file(size);
    const std::size_t head = file.size() - size - (size == 131072 ? 2 : 3) * kAeadTagBytes;
    std::size_t refused = 0;
    for (std::size_t i = 0; i < 40; ++i) {
      const std::size_t end = head + (i < 20 ? 1 : 2) * kSealedChunkBytes - 10 + i % 20;
      if (end >= file.size() || is_refused(ByteView(file).first(end), size)) ++refused;
    }
    CHECK(refused == 40);
  }
}

TEST_CASE("bytes after the last chunk condemn the file, whether that chunk is full or not") {
  for (const std::size_t size : {std::size_t{0}, std::size_t{20}, std::size_t{65536}}) {
    Bytes file = sealed_file(size);
    file.push_back(0);
    CHECK(is_refused(file, size));
  }
}

TEST_CASE("chunks cannot be swapped, dropped or repeated") {
  const std::size_t size = 3 * kChunkBytes;
  const Bytes file = sealed_file(size);
  const auto head = static_cast<std::ptrdiff_t>(file.size() - 3 * kSealedChunkBytes);
  const auto chunk = static_cast<std::ptrdiff_t>(kSealedChunkBytes);
  Bytes swapped = file;
  std::swap_ranges(swapped.begin() + head, swapped.begin() + head + chunk,
                   swapped.begin() + head + chunk);
  Bytes dropped = file;
  dropped.erase(dropped.begin() + head + chunk, dropped.begin() + head + 2 * chunk);
  Bytes repeated = file;
  repeated.insert(repeated.begin() + head, file.begin() + head, file.begin() + head + chunk);

  CHECK(is_refused(swapped, size));
  CHECK(is_refused(dropped, size));
  CHECK(is_refused(repeated, size));
}

TEST_CASE("chunks that were genuine before a bad one are handed out, and then the error") {
  const std::size_t size = 2 * kChunkBytes + 10;
  Bytes file = sealed_file(size);
  file.back() ^= 1;
  Opener opener(only(test_identity()));

  const Result<ByteView> first = opener.push(file);
  REQUIRE(first.ok());
  const std::size_t released = first.value().size();
  const Result<ByteView> rest = opener.finish();

  CHECK(released == 2 * kChunkBytes);
  CHECK(rest.error() == Error{ErrorCode::envelope_unreadable});
  CHECK(opener.fault() == EnvelopeFault::payload);
}

TEST_CASE("one error code says nothing of where a file is unreadable; the fault does") {
  const Bytes file = sealed_file(20);
  // Before the end stand tag, text, nonce and line feed, and before them the MAC's characters.
  const Bytes mac = changed_from_end(file, 16 + 20 + 16 + 10);
  const Bytes payload = changed_from_end(file, 1);

  CHECK(open_in_pieces(mac, only(test_identity()), 9).fault == EnvelopeFault::mac);
  CHECK(open_in_pieces(payload, only(test_identity()), 9).fault == EnvelopeFault::payload);
  CHECK(open(mac, only(test_identity()), 20).error() ==
        open(payload, only(test_identity()), 20).error());
  CHECK(open({}, only(test_identity()), 20).error() == Error{ErrorCode::envelope_unreadable});
}

TEST_CASE("an opener that failed stays failed") {
  Bytes file = sealed_file(20);
  Opener opener(only(test_identity()));

  const bool garbage = opener.push(bytes_of("garbage\n")).ok();
  const bool good = opener.push(file).ok();
  const bool finished = opener.finish().ok();

  CHECK_FALSE(garbage);
  CHECK_FALSE(good);
  CHECK_FALSE(finished);
}

}  // namespace
}  // namespace landfall
