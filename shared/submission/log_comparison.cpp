#include "shared/submission/log_comparison.h"

#include <algorithm>
#include <array>

#include "shared/codec/hex.h"

namespace landfall {
namespace {

constexpr std::size_t kMaxProofHashes = 64;

constexpr std::array<std::string_view, 6> kRelations = {"same",     "grown",     "rewritten",
                                                        "unproven", "other_log", "empty"};
constexpr std::array<std::string_view, 5> kPlaces = {"held", "absent", "unproven", "too_short",
                                                     "other_log"};

}  // namespace

LogRelation compare_checkpoints(const Checkpoint& one, const Checkpoint& other,
                                const std::optional<std::vector<LogHash>>& proof) {
  if (one.origin != other.origin) return LogRelation::other_log;
  const Checkpoint& smaller = one.size <= other.size ? one : other;
  const Checkpoint& larger = one.size <= other.size ? other : one;
  if (smaller.size == larger.size) {
    return smaller.root == larger.root ? LogRelation::same : LogRelation::rewritten;
  }
  if (smaller.size == 0) return LogRelation::empty;
  if (!proof) return LogRelation::unproven;
  const Result<Done> consistent =
      verify_consistency(smaller.size, larger.size, *proof, smaller.root, larger.root);
  return consistent.ok() ? LogRelation::grown : LogRelation::rewritten;
}

std::string_view relation_name(LogRelation relation) {
  return kRelations[static_cast<std::size_t>(relation)];
}

ReceiptPlace find_receipt(const VerifiedReceipt& receipt, const Checkpoint& checkpoint,
                          const std::optional<std::vector<LogHash>>& proof) {
  require(receipt.log.has_value(), "find_receipt() of a short receipt");
  if (receipt.log->origin != checkpoint.origin) return ReceiptPlace::other_log;
  if (receipt.log->index >= checkpoint.size) return ReceiptPlace::too_short;
  if (!proof) return ReceiptPlace::unproven;
  const Result<LogHash> leaf = receipt_leaf_hash(receipt.body);
  const bool is_held = leaf.ok() && verify_inclusion(receipt.log->index, checkpoint.size,
                                                     leaf.value(), *proof, checkpoint.root)
                                        .ok();
  return is_held ? ReceiptPlace::held : ReceiptPlace::absent;
}

std::string_view place_name(ReceiptPlace place) { return kPlaces[static_cast<std::size_t>(place)]; }

Result<std::vector<LogHash>> parse_log_proof(const Json& hashes) {
  if (!hashes.is_array() || hashes.size() > kMaxProofHashes) return Error{ErrorCode::json_shape};
  std::vector<LogHash> proof;
  for (const Json& item : hashes) {
    const Result<Bytes> bytes = parse_hex(text_value(item));
    LogHash hash{};
    if (!bytes.ok() || bytes.value().size() != hash.size()) return Error{ErrorCode::json_shape};
    std::copy(bytes.value().begin(), bytes.value().end(), hash.begin());
    proof.push_back(hash);
  }
  return proof;
}

}  // namespace landfall
