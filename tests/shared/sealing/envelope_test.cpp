#include "shared/sealing/envelope.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "tests/shared/sealing/age_files.h"

namespace landfall {
namespace {

constexpr std::array<std::size_t, 14> kSizes = {
    0, 1, 15, 16, 17, 1000, 65519, 65535, 65536, 65537, 131071, 131072, 131073, 200000};

TEST_CASE("a file of any size around a chunk's end opens to what was sealed") {
  const X25519Identity identity = test_identity();
  SeededEntropy entropy = test_entropy();
  const X25519Recipient recipient = identity.recipient();
  int opened = 0;

  for (const std::size_t size : kSizes) {
    const Bytes plaintext = test_bytes(size);
    const Result<Bytes> file = seal(plaintext, std::span(&recipient, 1), entropy);
    REQUIRE(file.ok());
    CHECK(file.value().size() == sealed_size(size, 1));
    const Result<Bytes> back = open(file.value(), only(identity), size);
    REQUIRE(back.ok());
    CHECK(back.value() == plaintext);
    ++opened;
  }

  CHECK(opened == static_cast<int>(kSizes.size()));
}

TEST_CASE("the same file results however the plaintext is cut, and opens however it is cut") {
  const X25519Identity identity = test_identity();
  const Bytes plaintext = test_bytes(150000);
  const std::vector<std::size_t> pieces = {777, 4096, 65536, 65552, 100000, 150000, 1000000};
  const Bytes first = seal_in_pieces(plaintext, identity.recipient(), 333, EnvelopeFormat::binary);
  int compared = 0;

  for (const std::size_t piece : pieces) {
    CHECK(seal_in_pieces(plaintext, identity.recipient(), piece, EnvelopeFormat::binary) == first);
    const Opened opened = open_in_pieces(first, only(identity), piece);
    CHECK(opened.whole);
    CHECK(opened.released == plaintext);
    ++compared;
  }

  CHECK(compared == static_cast<int>(pieces.size()));
}

TEST_CASE("each of several recipients opens the file alone, and nobody else does") {
  const std::vector<X25519Recipient> recipients = {
      test_identity(1).recipient(), test_identity(2).recipient(), test_identity(3).recipient()};
  SeededEntropy entropy = test_entropy();
  const Bytes plaintext = test_bytes(100);
  const Bytes file = seal(plaintext, recipients, entropy).value();

  CHECK(open(file, only(test_identity(1)), 100).ok());
  CHECK(open(file, only(test_identity(2)), 100).ok());
  CHECK(open(file, only(test_identity(3)), 100).ok());
  CHECK(open(file, only(test_identity(4)), 100).error() == Error{ErrorCode::envelope_unreadable});
  CHECK(open_in_pieces(file, only(test_identity(4)), 50).fault == EnvelopeFault::no_match);
  CHECK(open_in_pieces(file, Identities{}, 50).fault == EnvelopeFault::no_match);
}

TEST_CASE("a set of identities opens whatever one of them opens") {
  SeededEntropy entropy = test_entropy();
  const X25519Recipient recipient = test_identity(2).recipient();
  const Bytes file = seal(test_bytes(10), std::span(&recipient, 1), entropy).value();
  Identities identities;
  identities.x25519.push_back(test_identity(1));
  identities.passphrases.emplace_back("unused");
  identities.x25519.push_back(test_identity(2));

  CHECK(open(file, std::move(identities), 10).ok());
}

TEST_CASE("stanzas of types nobody knows are passed over") {
  const X25519Identity identity = test_identity();
  SeededEntropy entropy = test_entropy();
  const FileKey file_key;
  const PayloadNonce nonce{};
  std::string head = write_header({{{"gr3ase-#", "x", "y"}, Bytes(5)},
                                   wrap_x25519(file_key, identity.recipient(), entropy).value(),
                                   {{"mlkem768x25519", "AAAA"}, Bytes(32)}},
                                  file_key);
  Bytes file(bytes_of(head).begin(), bytes_of(head).end());
  append(file, nonce);
  StreamSealer stream(payload_key(file_key, nonce));
  OutputBuffer out;
  out.start(StreamSealer::bound(4));
  stream.push(bytes_of("text"), out);
  stream.finish(out);
  append(file, out.written());

  const Result<Bytes> opened = open(file, only(identity), 100);

  REQUIRE(opened.ok());
  CHECK(text_of(opened.value()) == "text");
}

TEST_CASE("two files for the same recipient share no byte of key material") {
  const X25519Recipient recipient = test_identity().recipient();
  SeededEntropy entropy = test_entropy();

  const Bytes first = seal({}, std::span(&recipient, 1), entropy).value();
  const Bytes second = seal({}, std::span(&recipient, 1), entropy).value();

  CHECK_FALSE(std::equal(first.begin() + 32, first.begin() + 75, second.begin() + 32));
  CHECK_FALSE(std::equal(first.end() - 32, first.end(), second.end() - 32));
}

TEST_CASE("a file is sealed to somebody, and to no point of low order") {
  SeededEntropy entropy = test_entropy();
  const X25519Recipient low_order;

  CHECK(seal({}, {}, entropy).error() == Error{ErrorCode::recipient_invalid});
  CHECK(seal({}, std::span(&low_order, 1), entropy).error() == Error{ErrorCode::recipient_invalid});
}

TEST_CASE("a plaintext longer than asked for is refused, and one as long is not") {
  const X25519Identity identity = test_identity();
  const X25519Recipient recipient = identity.recipient();
  SeededEntropy entropy = test_entropy();
  const Bytes file = seal(test_bytes(70000), std::span(&recipient, 1), entropy).value();

  CHECK(open(file, only(identity), 70000).ok());
  CHECK(open(file, only(identity), 69999).error() == Error{ErrorCode::too_large});
}

TEST_CASE("sealing in pieces holds no more than the piece and a chunk") {
  const X25519Recipient recipient = test_identity().recipient();
  SeededEntropy entropy = test_entropy();
  Result<Sealer> sealer =
      Sealer::to_recipients(std::span(&recipient, 1), EnvelopeFormat::binary, entropy);
  const Bytes piece = test_bytes(65536);
  std::size_t most = 0;

  for (int i = 0; i < 100; ++i) most = std::max(most, sealer.value().push(piece).size());

  CHECK(most <= kSealedChunkBytes + 300);
}

}  // namespace
}  // namespace landfall
