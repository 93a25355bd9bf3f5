#include "shared/vault/password_hash.h"

#include <algorithm>

namespace landfall {

bool is_acceptable(const PasswordCost& cost) {
  return cost.memory_kib >= kMinPasswordMemoryKib && cost.memory_kib <= kMaxPasswordMemoryKib &&
         cost.passes >= kMinPasswordPasses && cost.passes <= kMaxPasswordPasses;
}

Result<Secret<kPasswordHashBytes>> hash_password(ByteView password, ByteView salt,
                                                 const PasswordCost& cost) {
  PasswordSalt fixed{};
  if (!is_acceptable(cost) || salt.size() != fixed.size() || password.size() > kMaxPasswordBytes) {
    return Error{ErrorCode::password_cost_refused};
  }
  std::copy(salt.begin(), salt.end(), fixed.begin());
  Secret<kPasswordHashBytes> hash;
  const Result<Done> hashed = argon2id(hash, password, fixed, cost.memory_kib, cost.passes);
  if (!hashed.ok()) return hashed.error();
  return hash;
}

}  // namespace landfall
