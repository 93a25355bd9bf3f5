// What makes a receipt and a checkpoint out of plain facts: the only holder of the receipt key.

#ifndef LANDFALL_SERVER_INTAKE_RECEIPT_SIGNER_H_
#define LANDFALL_SERVER_INTAKE_RECEIPT_SIGNER_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "server/intake/clock.h"
#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace landfall {

// What a receipt promises about one submission.
struct ReceiptFacts {
  std::string manifest_sha256;
  std::string case_number;
  Instant received;
  std::int64_t amount_due_twd = 0;
  std::array<std::uint8_t, 16> salt{};
};

// Where the receipt stands in the log: leaf `index` in the tree of `tree_size` leaves.
struct ReceiptPlace {
  std::uint64_t index = 0;
  std::uint64_t tree_size = 0;
  std::vector<Bytes> proof;
  std::string checkpoint;
};

// Thread rule: any thread. A key that cannot sign is found when it is loaded, not here.
class ReceiptSigner {
 public:
  virtual ~ReceiptSigner() = default;

  // The 32-byte RFC 6962 leaf hash over the canonical receipt body of `facts`.
  [[nodiscard]] virtual Result<Bytes> leaf_hash(const ReceiptFacts& facts) const = 0;

  // The signed note that commits to `root` (32 bytes) for `tree_size` leaves.
  [[nodiscard]] virtual Result<std::string> sign_checkpoint(std::uint64_t tree_size,
                                                            ByteView root) const = 0;

  // The receipt: a compact JWS of type landfall-receipt.
  [[nodiscard]] virtual Result<std::string> sign_receipt(const ReceiptFacts& facts,
                                                         const ReceiptPlace& place) const = 0;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_RECEIPT_SIGNER_H_
