#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "shared/codec/base64.h"
#include "shared/sealing/envelope.h"
#include "tests/shared/sealing/age_files.h"

namespace landfall {
namespace {

constexpr unsigned kQuickWorkFactor = 4;

Bytes passphrase_file(unsigned work_factor) {
  SeededEntropy entropy = test_entropy();
  Result<Sealer> sealer = Sealer::with_passphrase(Passphrase("correct horse"), work_factor,
                                                  EnvelopeFormat::binary, entropy);
  Bytes file;
  append(file, sealer.value().push(bytes_of("plaintext")));
  append(file, sealer.value().finish());
  return file;
}

TEST_CASE("a passphrase opens what it sealed, and no other passphrase does") {
  const Bytes file = passphrase_file(kQuickWorkFactor);

  const Result<Bytes> opened = open(file, only_passphrase("correct horse"), 100);

  REQUIRE(opened.ok());
  CHECK(text_of(opened.value()) == "plaintext");
  CHECK(open_in_pieces(file, only_passphrase("Correct horse"), 50).fault ==
        EnvelopeFault::no_match);
  CHECK(open_in_pieces(file, only(test_identity()), 50).fault == EnvelopeFault::no_match);
}

TEST_CASE("work factors above the limit are refused at once, both ways") {
  SeededEntropy entropy = test_entropy();
  const FileKey file_key;
  FileKey opened;
  Stanza stanza{{"scrypt", "AAAAAAAAAAAAAAAAAAAAAA", "19"}, Bytes(32)};

  CHECK(Sealer::with_passphrase(Passphrase("p"), 19, EnvelopeFormat::binary, entropy).error() ==
        Error{ErrorCode::too_large});
  CHECK(unwrap_scrypt(stanza, Passphrase("p"), opened) == Unwrap::malformed);
}

TEST_CASE("a work factor is a decimal number without leading zero") {
  FileKey opened;
  int refused = 0;
  for (const char* text : {"", "0", "01", "+4", "-4", "4 ", "0x4", "4a", "100", "99999999999"}) {
    const Stanza stanza{{"scrypt", "AAAAAAAAAAAAAAAAAAAAAA", text}, Bytes(32)};
    if (unwrap_scrypt(stanza, Passphrase("p"), opened) == Unwrap::malformed) ++refused;
  }

  CHECK(refused == 10);
}

TEST_CASE("a passphrase stanza beside any other condemns the file") {
  SeededEntropy entropy = test_entropy();
  const FileKey file_key;
  const Stanza mine = wrap_x25519(file_key, test_identity().recipient(), entropy).value();
  const Stanza scrypt_stanza =
      wrap_scrypt(file_key, Passphrase("p"), kQuickWorkFactor, entropy).value();
  const Stanza grease{{"example.com/grease"}, Bytes(3)};
  int refused = 0;

  for (const std::vector<Stanza>& stanzas :
       {std::vector{mine, scrypt_stanza}, std::vector{scrypt_stanza, mine},
        std::vector{scrypt_stanza, scrypt_stanza}, std::vector{grease, scrypt_stanza}}) {
    const std::string text = write_header(stanzas, file_key) + std::string(16, 'n');
    CHECK(open_in_pieces(bytes_of(text), only(test_identity()), 50).fault == EnvelopeFault::header);
    CHECK(open_in_pieces(bytes_of(text), only_passphrase("p"), 50).fault == EnvelopeFault::header);
    ++refused;
  }

  CHECK(refused == 4);
}

TEST_CASE("a passphrase is any bytes, and its own memory is all that holds it") {
  Passphrase first("päss \xe2\x80\x8b");
  const Bytes before(first.view().begin(), first.view().end());

  const Passphrase second = std::move(first);

  CHECK(Bytes(second.view().begin(), second.view().end()) == before);
  CHECK(first.view().empty());  // NOLINT(bugprone-use-after-move): what a move leaves is the point
}

}  // namespace
}  // namespace landfall
