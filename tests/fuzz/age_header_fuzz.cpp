// The header of an age file: its one writing, and what other stanzas beside ours do to a file.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/invariant.h"
#include "shared/sealing/envelope.h"
#include "shared/sealing/seeded_entropy.h"

namespace {

using namespace landfall;  // NOLINT: a harness of its own

constexpr std::string_view kPlaintext = "text";

const X25519Identity& identity() {
  static const X25519Identity kIdentity = [] {
    SeededEntropy entropy(Bytes(32, 1));
    return generate_x25519_identity(entropy);
  }();
  return kIdentity;
}

struct Read {
  HeaderReader reader;
  HeaderReader::State state = HeaderReader::State::reading;
  std::size_t taken = 0;
};

Read read_in_pieces(ByteView bytes, std::size_t piece_bytes) {
  Read read;
  while (read.state == HeaderReader::State::reading && read.taken < bytes.size()) {
    const std::size_t size = std::min(piece_bytes, bytes.size() - read.taken);
    ByteView piece = bytes.subspan(read.taken, size);
    read.state = read.reader.take(piece);
    read.taken += size - piece.size();
  }
  return read;
}

Bytes file_of(const std::vector<Stanza>& stanzas) {
  const FileKey file_key;
  const PayloadNonce nonce{};
  const std::string head = write_header(stanzas, file_key);
  Bytes file(bytes_of(head).begin(), bytes_of(head).end());
  append(file, nonce);
  StreamSealer stream(payload_key(file_key, nonce));
  OutputBuffer out;
  out.start(StreamSealer::bound(kPlaintext.size()));
  stream.push(bytes_of(kPlaintext), out);
  stream.finish(out);
  append(file, out.written());
  return file;
}

bool is_of_type(const Stanza& stanza, std::string_view type) {
  return stanza.arguments.front() == type;
}

// Strange stanzas, under a MAC that is right, change nothing; a passphrase's or a broken one of our
// own type condemns the file, whoever opens it.
void check_strangers(std::vector<Stanza> stanzas) {
  // The one that opens the file stands behind the others, so that all of them are looked at.
  SeededEntropy entropy(Bytes(32, 2));
  const Result<Stanza> mine = wrap_x25519(FileKey(), identity().recipient(), entropy);
  require(mine.ok(), "a key can be wrapped");
  const auto strange = [](const Stanza& stanza) {
    return !is_of_type(stanza, "X25519") && !is_of_type(stanza, "scrypt");
  };
  const bool harmless = std::all_of(stanzas.begin(), stanzas.end(), strange);
  const auto by_passphrase = [](const Stanza& stanza) { return is_of_type(stanza, "scrypt"); };
  const bool condemned = std::any_of(stanzas.begin(), stanzas.end(), by_passphrase);
  stanzas.push_back(mine.value());
  const Bytes file = file_of(stanzas);
  if (file.size() > kMaxHeaderBytes) return;
  Identities identities;
  identities.x25519.push_back(identity().clone());
  const Result<Bytes> opened = open(file, std::move(identities), kPlaintext.size());
  require(!harmless || opened.ok(), "stanzas of types nobody knows are passed over");
  require(!condemned || !opened.ok(), "a passphrase stanza stands alone");
  require(!opened.ok() || text_of(opened.value()) == kPlaintext, "it opens to what it was");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const ByteView bytes(data + 1, size - 1);
  const Read whole = read_in_pieces(bytes, bytes.size() + 1);
  const Read pieces = read_in_pieces(bytes, std::size_t{1} + data[0]);
  require(whole.state == pieces.state, "the cut does not matter");
  if (whole.state != HeaderReader::State::complete) return 0;
  require(whole.taken == pieces.taken, "a header ends where it ends");
  const Header& header = whole.reader.header();
  require(header.stanzas == pieces.reader.header().stanzas, "it says the same");
  require(text_of(bytes).starts_with(header.text), "its text is what stood there");
  require(write_header(header.stanzas, FileKey()).starts_with(header.text + " "),
          "a header has one form");
  check_strangers(header.stanzas);
  return 0;
}
