#include "shared/vault/recovery_keys.h"

#include "shared/codec/hex.h"

namespace landfall {

RecoveryKeys derive_recovery_keys(const RecoverySecret& secret) {
  const Secret<32> id = hkdf_key(secret.view(), {}, bytes_of("landfall/v1/vault-id"));
  return RecoveryKeys{
      format_hex(id.view()),
      X25519Identity(hkdf_key(secret.view(), {}, bytes_of("landfall/v1/vault-wrap")))};
}

}  // namespace landfall
