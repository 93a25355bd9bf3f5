#include "shared/sealing/x25519.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/shared/sealing/age_files.h"

namespace landfall {
namespace {

// The identity and recipient printed in the specification.
constexpr std::string_view kIdentity =
    "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
constexpr std::string_view kRecipient =
    "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

FileKey test_file_key() {
  FileKey key;
  key.fill()[3] = 0x5a;
  return key;
}

TEST_CASE("an identity and its recipient are written as the specification prints them") {
  const Result<X25519Identity> identity = parse_x25519_identity(kIdentity);
  const Result<X25519Recipient> recipient = parse_x25519_recipient(kRecipient);

  REQUIRE(identity.ok());
  REQUIRE(recipient.ok());
  CHECK(identity.value().recipient() == recipient.value());
  CHECK(identity.value().format_secret() == kIdentity);
  CHECK(format_x25519_recipient(recipient.value()) == kRecipient);
}

TEST_CASE(
    "an identity in lower case, a recipient in upper case, and each for the other are refused") {
  std::string lower(kIdentity);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  std::string upper(kRecipient);
  for (char& c : upper) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);

  CHECK(parse_x25519_identity(lower).error() == Error{ErrorCode::identity_invalid});
  CHECK(parse_x25519_recipient(upper).error() == Error{ErrorCode::recipient_invalid});
  CHECK_FALSE(parse_x25519_identity(kRecipient).ok());
  CHECK_FALSE(parse_x25519_recipient(kIdentity).ok());
  CHECK_FALSE(parse_x25519_recipient("").ok());
}

TEST_CASE("an identity with any letter changed is refused, and its error tells no place") {
  int refused = 0;
  for (std::size_t i = 0; i < kIdentity.size(); ++i) {
    std::string changed(kIdentity);
    changed[i] = changed[i] == 'Q' ? 'P' : 'Q';
    const Result<X25519Identity> identity = parse_x25519_identity(changed);
    if (!identity.ok() && identity.error() == Error{ErrorCode::identity_invalid}) ++refused;
  }

  CHECK(refused == static_cast<int>(kIdentity.size()));
}

TEST_CASE("a stanza opens for its recipient and is nobody else's") {
  SeededEntropy entropy = test_entropy();
  const X25519Identity mine = test_identity(1);
  const X25519Identity other = test_identity(2);
  const Result<Stanza> stanza = wrap_x25519(test_file_key(), mine.recipient(), entropy);
  REQUIRE(stanza.ok());
  FileKey opened;
  FileKey nothing;

  CHECK(mine.unwrap(stanza.value(), opened) == Unwrap::opened);
  CHECK(opened.view()[3] == 0x5a);
  CHECK(other.unwrap(stanza.value(), nothing) == Unwrap::not_mine);
}

TEST_CASE("a stanza of the right type and the wrong shape condemns the file") {
  SeededEntropy entropy = test_entropy();
  const X25519Identity mine = test_identity();
  const Stanza good = wrap_x25519(test_file_key(), mine.recipient(), entropy).value();
  FileKey key;
  Stanza extra = good;
  extra.arguments.emplace_back("more");
  Stanza bare = good;
  bare.arguments.resize(1);
  Stanza long_body = good;
  long_body.body.push_back(0);
  Stanza zero_share = good;
  zero_share.arguments[1] = std::string(43, 'A');
  Stanza other_type = good;
  other_type.arguments[0] = "x25519";

  CHECK(mine.unwrap(extra, key) == Unwrap::malformed);
  CHECK(mine.unwrap(bare, key) == Unwrap::malformed);
  CHECK(mine.unwrap(long_body, key) == Unwrap::malformed);
  CHECK(mine.unwrap(zero_share, key) == Unwrap::malformed);
  CHECK(mine.unwrap(other_type, key) == Unwrap::not_mine);
}

TEST_CASE("nothing is sealed to a point of low order") {
  SeededEntropy entropy = test_entropy();

  const Result<Stanza> stanza = wrap_x25519(test_file_key(), X25519Recipient{}, entropy);

  CHECK(stanza.error() == Error{ErrorCode::recipient_invalid});
}

}  // namespace
}  // namespace landfall
