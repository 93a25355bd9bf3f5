#include "server/cli/receipt_keys.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "server/cli/files.h"
#include "server/cli/verification.h"

namespace landfall {

Outcome<Index> load_index(const std::string& path, const Ed25519PublicKey& root) {
  Outcome<std::string> text = load_text(path);
  if (!text.ok()) return text.failure();
  IndexTrust trust;
  trust.root = root;
  Result<Index> index = verify_index(trimmed(text.value()), trust);
  if (!index.ok()) return refusal_of(index.error(), path);
  return std::move(index).value();
}

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
