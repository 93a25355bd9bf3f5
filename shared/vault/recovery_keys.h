// What the secret of a recovery code gives: where the backup lies, and what opens it.

#ifndef LANDFALL_SHARED_VAULT_RECOVERY_KEYS_H_
#define LANDFALL_SHARED_VAULT_RECOVERY_KEYS_H_

#include <string>

#include "shared/sealing/x25519.h"
#include "shared/vault/recovery_code.h"

namespace landfall {

struct RecoveryKeys {
  std::string vault_id;  // 64 lower-case hex digits
  X25519Identity wrap;   // backups are sealed to its recipient; any age program opens them with it
};

// Derives both: HKDF-SHA-256 without salt, info "landfall/v1/vault-id" for the name and
// "landfall/v1/vault-wrap" for the X25519 scalar. Knowing one tells nothing of the other.
[[nodiscard]] RecoveryKeys derive_recovery_keys(const RecoverySecret& secret);

}  // namespace landfall

#endif  // LANDFALL_SHARED_VAULT_RECOVERY_KEYS_H_
