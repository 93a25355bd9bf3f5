// What an applicant's passphrase or PIN becomes before it opens anything: Argon2id within bounds.

#ifndef LANDFALL_SHARED_VAULT_PASSWORD_HASH_H_
#define LANDFALL_SHARED_VAULT_PASSWORD_HASH_H_

#include <cstdint>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"
#include "shared/sealing/primitives.h"

namespace landfall {

// The floor is what OWASP's password storage cheat sheet asks of Argon2id with one lane; the
// ceiling is what a stored record may cost a phone that reads it.
inline constexpr std::uint32_t kMinPasswordMemoryKib = 19 * 1024;
inline constexpr std::uint32_t kMaxPasswordMemoryKib = 256 * 1024;
inline constexpr std::uint32_t kMinPasswordPasses = 2;
inline constexpr std::uint32_t kMaxPasswordPasses = 16;
inline constexpr std::size_t kMaxPasswordBytes = 1024;

struct PasswordCost {
  std::uint32_t memory_kib = 0;
  std::uint32_t passes = 0;

  bool operator==(const PasswordCost&) const = default;
};

// True for a cost within the bounds above.
[[nodiscard]] bool is_acceptable(const PasswordCost& cost);

// The 32-byte Argon2id hash (version 1.3, one lane) of `password`, byte for byte as given, under a
// salt of kPasswordSaltBytes.
//
// Errors:
//   password_cost_refused   `cost` is out of bounds, or the salt or the password has another length
//                           than above; nothing was allocated
//   out_of_memory           memory_kib could not be had
// Source: RFC 9106.
[[nodiscard]] Result<Secret<kPasswordHashBytes>> hash_password(ByteView password, ByteView salt,
                                                               const PasswordCost& cost);

}  // namespace landfall

#endif  // LANDFALL_SHARED_VAULT_PASSWORD_HASH_H_
