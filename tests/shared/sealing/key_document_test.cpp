#include "shared/sealing/key_document.h"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "shared/codec/canonical_json.h"
#include "tests/shared/sealing/age_files.h"

namespace landfall {
namespace {

constexpr std::array kRoles = {KeyRole::agency,  KeyRole::receipt,  KeyRole::desk,
                               KeyRole::sealing, KeyRole::helpdesk, KeyRole::applicant};

TEST_CASE("a key of every role is read back as it was written") {
  SeededEntropy entropy = test_entropy();
  int compared = 0;

  for (const KeyRole role : kRoles) {
    const KeyDocument key = generate_key(role, true, entropy);
    const Result<KeyDocument> back = parse_key_document(write_key_document(key));
    REQUIRE(back.ok());
    CHECK(back.value().role == role);
    CHECK(back.value().development);
    CHECK(equal_in_constant_time(back.value().secret.view(), key.secret.view()));
    CHECK(parse_key_role(key_role_name(role)).value() == role);
    ++compared;
  }

  CHECK(compared == 6);
}

TEST_CASE("signing keys sign, sealing keys open, and an applicant does both") {
  SeededEntropy entropy = test_entropy();
  const KeyDocument agency = generate_key(KeyRole::agency, false, entropy);
  const KeyDocument sealing = generate_key(KeyRole::sealing, false, entropy);
  const KeyDocument applicant = generate_key(KeyRole::applicant, false, entropy);

  CHECK(signing_key_of(agency).ok());
  CHECK_FALSE(age_identity_of(agency).ok());
  CHECK_FALSE(signing_key_of(sealing).ok());
  CHECK(age_identity_of(sealing).ok());
  CHECK(signing_key_of(applicant).ok());
  CHECK(age_identity_of(applicant).ok());
}

TEST_CASE("a sealing key's document holds a stock age identity") {
  SeededEntropy entropy = test_entropy();
  const KeyDocument key = generate_key(KeyRole::sealing, false, entropy);

  const Result<Json> json = parse_json(write_key_document(key));

  REQUIRE(json.ok());
  const Result<X25519Identity> identity =
      parse_x25519_identity(member_text_or(json.value(), "secret", ""));
  REQUIRE(identity.ok());
  CHECK(format_x25519_recipient(identity.value().recipient()) ==
        member_text_or(json.value(), "public", ""));
}

TEST_CASE("a document whose halves do not belong together is refused") {
  SeededEntropy entropy = test_entropy();
  Json json =
      parse_json(write_key_document(generate_key(KeyRole::receipt, false, entropy))).value();
  Json other_public = json;
  other_public["public"] = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
  Json other_role = json;
  other_role["role"] = "applicant";
  Json unknown_member = json;
  unknown_member["note"] = "";
  Json newer = json;
  newer["landfall_key"] = 2;

  CHECK(parse_key_document(write_canonical_json(json).value()).ok());
  CHECK_FALSE(parse_key_document(write_canonical_json(other_public).value()).ok());
  CHECK_FALSE(parse_key_document(write_canonical_json(other_role).value()).ok());
  CHECK_FALSE(parse_key_document(write_canonical_json(unknown_member).value()).ok());
  CHECK_FALSE(parse_key_document(write_canonical_json(newer).value()).ok());
  CHECK(parse_key_document("{").error() == Error{ErrorCode::key_document_malformed});
}

}  // namespace
}  // namespace landfall
