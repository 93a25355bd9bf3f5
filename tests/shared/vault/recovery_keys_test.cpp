#include "shared/vault/recovery_keys.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <span>
#include <string>

#include "shared/codec/hex.h"
#include "shared/sealing/envelope.h"
#include "shared/sealing/seeded_entropy.h"
#include "tests/server/support/temporary_folder.h"

namespace landfall {
namespace {

RecoverySecret counting_secret() {
  RecoverySecret secret;
  std::uint8_t next = 0;
  for (std::uint8_t& byte : secret.fill()) byte = next++;
  return secret;
}

// Computed by Node's hkdfSync and its X25519.
TEST_CASE("a recovery secret gives the name of its vault and the identity that opens it") {
  const RecoveryKeys zeros = derive_recovery_keys(RecoverySecret());
  const RecoveryKeys counted = derive_recovery_keys(counting_secret());

  CHECK(zeros.vault_id == "caf3293674e7ade6047abda23f2a47089488a72551c21b0b36e85a9993dde1c0");
  CHECK(format_hex(zeros.wrap.copy_scalar().view()) ==
        "35d402631cd7e678f33d54ef786a1f2fe7f9d83ab6c274eec0d40bcece77e0c5");
  CHECK(counted.vault_id == "4e01b510b1e82676143bc40d61a1f4fd26a905f514b1a15df5b0e8c1b1c514d0");
  CHECK(format_hex(counted.wrap.copy_scalar().view()) ==
        "cd1da9182632c47722259fc765d94ecc03b75218a6f1c65dff7d6f80800dbdc6");
  CHECK(format_hex(counted.wrap.recipient().point) ==
        "7d23e6d22b9647fab53f5a5e4bd32f8da9c673e8c98f8d26daedd084c0a19703");
}

TEST_CASE("what is sealed to a recovery code opens with the age program") {
  const RecoveryKeys keys = derive_recovery_keys(counting_secret());
  const TemporaryFolder folder;
  SeededEntropy entropy(bytes_of("the same thirty-two bytes always"));
  const Result<Bytes> sealed =
      seal(bytes_of("every draft"), std::span(&keys.wrap.recipient(), 1), entropy);
  REQUIRE(sealed.ok());
  save_text(folder.path() + "/backup.age", std::string(text_of(sealed.value())));
  save_text(folder.path() + "/identity", keys.wrap.format_secret() + "\n");

  const std::string in = "cd '" + folder.path() + "' && ";
  const int status = std::system((in + "age -d -i identity -o opened backup.age").c_str());

  std::ifstream opened(folder.path() + "/opened");
  std::string line;
  std::getline(opened, line);
  CHECK(status == 0);
  CHECK(line == "every draft");
}

}  // namespace
}  // namespace landfall
