#include "shared/sealing/armor.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/shared/sealing/age_files.h"

namespace landfall {
namespace {

std::string armor_of(ByteView bytes, std::size_t piece_bytes) {
  ArmorWriter writer;
  std::string text;
  while (!bytes.empty()) {
    const ByteView piece = bytes.first(std::min(piece_bytes, bytes.size()));
    writer.push(piece, text);
    bytes = bytes.subspan(piece.size());
  }
  writer.finish(text);
  return text;
}

bool read_armor(std::string_view text, Bytes& out) {
  ArmorReader reader;
  for (const char& c : text) {
    if (!reader.push(bytes_of(std::string_view(&c, 1)), out)) return false;
  }
  return reader.finish(out);
}

bool is_armor(std::string_view text) {
  Bytes out;
  return read_armor(text, out);
}

const std::string kBegin = "-----BEGIN AGE ENCRYPTED FILE-----\n";
const std::string kEnd = "-----END AGE ENCRYPTED FILE-----\n";

TEST_CASE("bytes of any length come back from their armor, however they were cut") {
  int compared = 0;
  for (std::size_t size = 0; size < 200; ++size) {
    const Bytes bytes = test_bytes(size);
    const std::string text = armor_of(bytes, 7);
    Bytes back;
    CHECK(text == armor_of(bytes, 1000));
    CHECK(read_armor(text, back));
    CHECK(back == bytes);
    ++compared;
  }
  CHECK(compared == 200);
}

TEST_CASE("CRLF line ends, a missing last one and white space around are taken") {
  CHECK(is_armor(kBegin + "AAAA\n" + kEnd));
  CHECK(is_armor(
      "-----BEGIN AGE ENCRYPTED FILE-----\r\nAAAA\r\n-----END AGE ENCRYPTED FILE-----\r\n"));
  CHECK(is_armor(kBegin + "AAAA\n-----END AGE ENCRYPTED FILE-----"));
  CHECK(is_armor("\n  \r\n\t\n" + kBegin + "AAAA\n" + kEnd + "\n \t\r\n"));
}

TEST_CASE("white space has its limit before and after") {
  CHECK(is_armor(std::string(1000, '\n') + kBegin + "AAAA\n" + kEnd + std::string(1000, ' ')));
  CHECK_FALSE(is_armor(std::string(1025, '\n') + kBegin + "AAAA\n" + kEnd));
  CHECK_FALSE(is_armor(kBegin + "AAAA\n" + kEnd + std::string(1025, '\n')));
}

TEST_CASE("nothing else about armor is free") {
  const std::string full(64, 'A');
  CHECK(is_armor(kBegin + full + "\n" + full + "\nAAA=\n" + kEnd));
  CHECK_FALSE(is_armor(kBegin + "AAAA\n"));
  CHECK_FALSE(is_armor("AAAA\n" + kEnd));
  CHECK_FALSE(is_armor(" " + kBegin + "AAAA\n" + kEnd));
  CHECK_FALSE(is_armor(kBegin + "AAAA \n" + kEnd));
  CHECK_FALSE(is_armor(kBegin + " AAAA\n" + kEnd));
  CHECK_FALSE(is_armor(kBegin + "\nAAAA\n" + kEnd));
  CHECK_FALSE(is_armor(kBegin + "AAAA\n\n" + kEnd));
  CHECK_FALSE(is_armor(kBegin + full + "A\n" + kEnd));
  CHECK_FALSE(is_armor(kBegin + "AAAA\nAAAA\n" + kEnd));
  CHECK_FALSE(is_armor(kBegin + "AAA\n" + kEnd));
  CHECK_FALSE(is_armor(kBegin + "AAB=\n" + kEnd));
  CHECK_FALSE(is_armor(kBegin + "AA-_\n" + kEnd));
  CHECK_FALSE(is_armor(kBegin + "Key: value\n\nAAAA\n" + kEnd));
  CHECK_FALSE(is_armor(kBegin + "AAAA\n" + kEnd + "more"));
  CHECK_FALSE(is_armor("-----BEGIN AGE ENCRYPTED MESSAGE-----\nAAAA\n" + kEnd));
}

TEST_CASE("an armored envelope opens by itself, and only as what it is") {
  const X25519Identity identity = test_identity();
  const Bytes plaintext = test_bytes(70000);
  const Bytes file = seal_in_pieces(plaintext, identity.recipient(), 5000, EnvelopeFormat::armored);

  const Opened found = open_in_pieces(file, only(identity), 12345);
  const Opened as_binary = open_in_pieces(file, only(identity), 100, ArmorPolicy::forbidden);

  CHECK(looks_armored(file));
  CHECK(found.whole);
  CHECK(found.released == plaintext);
  CHECK(as_binary.fault == EnvelopeFault::header);
}

TEST_CASE("an armored envelope whose end is missing is refused") {
  const X25519Identity identity = test_identity();
  const Bytes file =
      seal_in_pieces(test_bytes(100), identity.recipient(), 5000, EnvelopeFormat::armored);

  const Opened opened = open_in_pieces(ByteView(file).first(file.size() - kEnd.size()),
                                       only(identity), 100, ArmorPolicy::required);

  CHECK_FALSE(opened.whole);
  CHECK(opened.fault == EnvelopeFault::armor);
}

TEST_CASE("an armored envelope cut anywhere is refused, but for its last line feed") {
  const X25519Identity identity = test_identity();
  const Bytes file =
      seal_in_pieces(test_bytes(20), identity.recipient(), 5000, EnvelopeFormat::armored);
  std::size_t refused = 0;

  for (std::size_t size = 0; size + 1 < file.size(); ++size) {
    const Opened opened = open_in_pieces(ByteView(file).first(size), only(identity), 100);
    if (!opened.whole && opened.fault != EnvelopeFault::none) ++refused;
  }

  CHECK(refused == file.size() - 1);
  CHECK(open_in_pieces(ByteView(file).first(file.size() - 1), only(identity), 100).whole);
}

TEST_CASE("bytes that follow a whole payload inside the armor condemn the file") {
  const X25519Identity identity = test_identity();
  Bytes file = seal_in_pieces(test_bytes(20), identity.recipient(), 5000, EnvelopeFormat::binary);
  file.push_back(0);

  const std::string text = armor_of(file, 1000);

  CHECK(open_in_pieces(bytes_of(text), only(identity), 100).fault == EnvelopeFault::payload);
}

}  // namespace
}  // namespace landfall
