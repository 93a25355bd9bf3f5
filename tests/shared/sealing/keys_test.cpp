#include "shared/sealing/keys.h"

#include <doctest/doctest.h>

#include "tests/shared/sealing/age_files.h"

namespace landfall {
namespace {

Secret<kRootBytes> root_of(std::uint8_t byte) {
  Secret<kRootBytes> root;
  for (std::uint8_t& b : root.fill()) b = byte;
  return root;
}

TEST_CASE("a key's name is RFC 8037's thumbprint of it") {
  const Result<Ed25519PublicKey> key =
      parse_public_key("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");

  REQUIRE(key.ok());
  CHECK(key_thumbprint(key.value()) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  CHECK(format_public_key(key.value()) == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
}

TEST_CASE("a public key is 32 bytes of base64url and nothing else") {
  CHECK_FALSE(parse_public_key("").ok());
  CHECK_FALSE(parse_public_key("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUQ").ok());
  CHECK_FALSE(parse_public_key("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=").ok());
  CHECK_FALSE(parse_public_key("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo").ok());
}

// Computed with another library; a change here locks every applicant out of what was sealed before.
TEST_CASE("an applicant's keys follow from the root as they always did") {
  const ApplicantKeys keys = derive_applicant_keys(root_of(0x42));

  CHECK(format_public_key(keys.sign.public_key()) == "0oPTOfuCxtTe8mUzQuLc4O78NMvSkuPlTQC62RnHjCs");
  CHECK(keys.sign.kid() == "dzeZZRbCMmRl0axg4Xf-WW85X8_Y2YLdhDp_mhCXuwo");
  CHECK(format_x25519_recipient(keys.age.recipient()) ==
        "age1t795qjnfkm3rzrzuts74gs684jrlmjn5uf8m8jlvmdcqwt5qusts4gquu6");
}

TEST_CASE("two roots give two persons") {
  const ApplicantKeys first = derive_applicant_keys(root_of(1));
  const ApplicantKeys second = derive_applicant_keys(root_of(2));

  CHECK(first.sign.kid() != second.sign.kid());
  CHECK_FALSE(first.age.recipient() == second.age.recipient());
}

TEST_CASE("entropy from a seed repeats with the seed, and every byte of it moves on") {
  SeededEntropy first = test_entropy(1);
  SeededEntropy again = test_entropy(1);
  SeededEntropy other = test_entropy(2);
  Bytes a(100);
  Bytes b(100);
  Bytes c(100);
  Bytes next(100);

  first.fill(a);
  again.fill(b);
  other.fill(c);
  first.fill(next);

  CHECK(a == b);
  CHECK(a != c);
  CHECK(a != next);
}

}  // namespace
}  // namespace landfall
