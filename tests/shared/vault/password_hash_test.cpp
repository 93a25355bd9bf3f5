#include "shared/vault/password_hash.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "shared/codec/hex.h"

namespace landfall {
namespace {

constexpr std::string_view kSalt = "sixteen bytes of";

struct Row {
  std::string password;
  PasswordCost cost;
  std::string_view hash;
};

// By the reference program that Debian packages as "argon2":
//   printf PASSWORD | argon2 "sixteen bytes of" -id -v 13 -p 1 -l 32 -r -k MEMORY -t PASSES
const std::vector<Row>& rows() {
  static const std::vector<Row> kRows = {
      {"1234", {19456, 2}, "c11ed8669030ae50200807e7895bb1362cb141a98f24abcb37c6ab2a0d0eed54"},
      {"a", {19457, 16}, "b21162dbb871f0b6e966069ca0aa533a32d2df84742e28e1cea7aed7a6f050d8"},
      {"一點點波波萬項事",
       {19456, 3},
       "1ab78b255826714c4628996441013adfacdb7ecac027f81e2e4bbfd77deddfa2"},
      {"correct horse battery staple",
       {65536, 2},
       "050b3386dd3bf03c6ba68632d599f21377494a17666a0a728687adca7fdf10ec"},
      {"รหัส", {262144, 2}, "0516d946c7090e96f48f4f89da43a3af14242ebec1010bc167ffac53caa9dba2"},
  };
  return kRows;
}

std::string hash_of(std::string_view password, const PasswordCost& cost) {
  const auto hash = hash_password(bytes_of(password), bytes_of(kSalt), cost);
  return hash.ok() ? format_hex(hash.value().view()) : std::string(error_name(hash.error().code));
}

TEST_CASE("a password hash is what the reference program of Argon2id gives") {
  std::size_t compared = 0;
  for (const Row& row : rows()) {
    CHECK(hash_of(row.password, row.cost) == row.hash);
    ++compared;
  }
  CHECK(compared == 5);
}

TEST_CASE("another salt gives another hash") {
  const PasswordCost cost{kMinPasswordMemoryKib, kMinPasswordPasses};
  const auto other = hash_password(bytes_of("1234"), bytes_of("sixteen bytes or"), cost);

  REQUIRE(other.ok());
  CHECK(format_hex(other.value().view()) != hash_of("1234", cost));
}

TEST_CASE("a cost out of bounds is refused at both ends") {
  const std::vector<PasswordCost> refused = {
      {0, 0},
      {kMinPasswordMemoryKib - 1, 2},
      {kMaxPasswordMemoryKib + 1, 2},
      {0xffffffff, 2},
      {kMinPasswordMemoryKib, kMinPasswordPasses - 1},
      {kMinPasswordMemoryKib, kMaxPasswordPasses + 1},
      {kMinPasswordMemoryKib, 0xffffffff},
  };

  for (const PasswordCost& cost : refused) {
    CHECK_FALSE(is_acceptable(cost));
    CHECK(hash_of("1234", cost) == "password_cost_refused");
  }
  CHECK(is_acceptable({kMinPasswordMemoryKib, kMinPasswordPasses}));
  CHECK(is_acceptable({kMaxPasswordMemoryKib, kMaxPasswordPasses}));
}

TEST_CASE("a salt of another length and a password without end are refused") {
  const PasswordCost cost{kMinPasswordMemoryKib, kMinPasswordPasses};

  CHECK_FALSE(hash_password(bytes_of("1234"), bytes_of("fifteen bytes o"), cost).ok());
  CHECK_FALSE(hash_password(bytes_of("1234"), {}, cost).ok());
  CHECK(hash_of(std::string(kMaxPasswordBytes + 1, 'x'), cost) == "password_cost_refused");
  CHECK(hash_of(std::string(kMaxPasswordBytes, 'x'), cost).size() == 64);
}

}  // namespace
}  // namespace landfall
