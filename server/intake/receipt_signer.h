// What signs receipts and checkpoints: the only holder of the receipt key.

#ifndef LANDFALL_SERVER_INTAKE_RECEIPT_SIGNER_H_
#define LANDFALL_SERVER_INTAKE_RECEIPT_SIGNER_H_

#include <cstdint>
#include <string>

#include "shared/base/result.h"
#include "shared/submission/receipt.h"

namespace landfall {

// Thread rule: any thread. A key that cannot sign is found when it is loaded, not here.
class ReceiptSigner {
 public:
  virtual ~ReceiptSigner() = default;

  // The name of the log, which is also the audience of everything signed for it.
  [[nodiscard]] virtual const std::string& origin() const = 0;

  // The signed note that commits to `root` for `tree_size` leaves.
  [[nodiscard]] virtual Result<std::string> sign_checkpoint(std::uint64_t tree_size,
                                                            const LogHash& root) const = 0;

  // The receipt, a compact JWS of type landfall-receipt; `place.origin` is origin().
  [[nodiscard]] virtual Result<std::string> sign_receipt(const ReceiptBody& body,
                                                         const LogEntry& place) const = 0;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_RECEIPT_SIGNER_H_
