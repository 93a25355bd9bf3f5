#include "server/cli/receipt_keys.h"

#include <utility>

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

}  // namespace landfall
