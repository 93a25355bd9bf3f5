#include "tests/shared/sealing/age_files.h"

#include <algorithm>
#include <utility>

namespace landfall {

SeededEntropy test_entropy(std::uint8_t number) { return SeededEntropy(Bytes(32, number)); }

X25519Identity test_identity(std::uint8_t number) {
  SeededEntropy entropy = test_entropy(static_cast<std::uint8_t>(100 + number));
  return generate_x25519_identity(entropy);
}

Identities only(const X25519Identity& identity) {
  Identities identities;
  identities.x25519.push_back(identity.clone());
  return identities;
}

Identities only_passphrase(std::string_view passphrase) {
  Identities identities;
  identities.passphrases.emplace_back(passphrase);
  return identities;
}

Bytes test_bytes(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 31 + i / 251);
  return bytes;
}

Opened open_in_pieces(ByteView file, Identities identities, std::size_t piece_bytes,
                      ArmorPolicy armor) {
  Opener opener(std::move(identities), armor);
  Opened opened;
  while (!file.empty()) {
    const ByteView piece = file.first(std::min(piece_bytes, file.size()));
    file = file.subspan(piece.size());
    const Result<ByteView> plaintext = opener.push(piece);
    if (plaintext.ok()) append(opened.released, plaintext.value());
  }
  const Result<ByteView> rest = opener.finish();
  if (rest.ok()) append(opened.released, rest.value());
  opened.whole = rest.ok();
  opened.fault = opener.fault();
  return opened;
}

Bytes seal_in_pieces(ByteView plaintext, const X25519Recipient& recipient, std::size_t piece_bytes,
                     EnvelopeFormat format) {
  SeededEntropy entropy = test_entropy(9);
  Result<Sealer> sealer = Sealer::to_recipients(std::span(&recipient, 1), format, entropy);
  Bytes file;
  while (!plaintext.empty()) {
    const ByteView piece = plaintext.first(std::min(piece_bytes, plaintext.size()));
    append(file, sealer.value().push(piece));
    plaintext = plaintext.subspan(piece.size());
  }
  append(file, sealer.value().finish());
  return file;
}

}  // namespace landfall
