#include "shared/submission/indexed_checkpoint.h"

#include <algorithm>
#include <vector>

namespace landfall {

Result<Checkpoint> verify_checkpoint_by_index(std::string_view note, std::string_view origin,
                                              const Index& index,
                                              std::span<const std::string> revoked) {
  std::vector<Ed25519PublicKey> standing;
  std::vector<Ed25519PublicKey> fallen;
  for (const ReceiptKey& key : index.receipt_keys) {
    const bool is_revoked =
        std::find(revoked.begin(), revoked.end(), key_thumbprint(key.key)) != revoked.end();
    (is_revoked ? fallen : standing).push_back(key.key);
  }
  Result<Checkpoint> checkpoint = verify_checkpoint(note, origin, standing);
  if (!checkpoint.ok() && verify_checkpoint(note, origin, fallen).ok()) {
    return Error{ErrorCode::receipt_key_revoked};
  }
  return checkpoint;
}

}  // namespace landfall
