// The receipt log's Merkle tree (RFC 6962): roots, inclusion and consistency proofs.

#ifndef LANDFALL_SHARED_SUBMISSION_MERKLE_LOG_H_
#define LANDFALL_SHARED_SUBMISSION_MERKLE_LOG_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/sealing/primitives.h"

namespace landfall {

using LogHash = Sha256Digest;

// SHA-256 of 0x00 and `entry`. Source: RFC 6962 section 2.1.
[[nodiscard]] LogHash leaf_hash(ByteView entry);

// SHA-256 of 0x01, `left` and `right`.
[[nodiscard]] LogHash node_hash(const LogHash& left, const LogHash& right);

// The root over `leaves` (leaf hashes); SHA-256 of nothing for none.
[[nodiscard]] LogHash tree_root(std::span<const LogHash> leaves);

// The right edge of a growing tree: the roots of its full subtrees. Adding a leaf and asking for
// the root take O(log n), so that the sequencer needs no stored tree but this.
class TreeEdge {
 public:
  void add(const LogHash& leaf);

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] LogHash root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<LogHash> subtrees_;
};

// The proof that leaf `index` is in the tree over `leaves`. REQUIRES: index < leaves.size().
[[nodiscard]] std::vector<LogHash> prove_inclusion(std::uint64_t index,
                                                   std::span<const LogHash> leaves);

// The proof that the tree over the first `old_size` of `leaves` is a prefix of the whole.
// REQUIRES: old_size <= leaves.size().
[[nodiscard]] std::vector<LogHash> prove_consistency(std::uint64_t old_size,
                                                     std::span<const LogHash> leaves);

// Checks that `leaf` is entry `index` of the tree of `size` with `root`.
//
// Errors:
//   log_proof_wrong   it is not, or the proof is too long or too short
// Source: RFC 9162 section 2.1.3.2.
[[nodiscard]] Result<Done> verify_inclusion(std::uint64_t index, std::uint64_t size,
                                            const LogHash& leaf, std::span<const LogHash> proof,
                                            const LogHash& root);

// Checks that the tree of `old_size` is a prefix of that of `new_size`. An empty old tree is a
// prefix of every other and proves nothing, so that it is refused unless both are empty.
//
// Errors:
//   log_inconsistent   it is not, or the proof is too long or too short
// Source: RFC 9162 section 2.1.4.2.
[[nodiscard]] Result<Done> verify_consistency(std::uint64_t old_size, std::uint64_t new_size,
                                              std::span<const LogHash> proof,
                                              const LogHash& old_root, const LogHash& new_root);

// True when the leaves from `start` to before `end` are a subtree, as Merkle Tree Certificates
// define one: `start` is a multiple of the smallest power of two that is no less than their number.
// An empty one is a subtree wherever it is.
// Source: draft-ietf-plants-merkle-tree-certs section 4.1.
[[nodiscard]] bool is_subtree(std::uint64_t start, std::uint64_t end);

// The proof that the tree over `leaves` has the subtree from `start` to `end`; empty for an empty
// one. REQUIRES: is_subtree(start, end) and end <= leaves.size().
// Source: draft-ietf-plants-merkle-tree-certs section 4.4.1.
[[nodiscard]] std::vector<LogHash> prove_subtree_consistency(std::uint64_t start, std::uint64_t end,
                                                             std::span<const LogHash> leaves);

// Checks that `leaf` is entry `index` of the log, in its subtree from `start` to `end`.
//
// Errors:
//   log_proof_wrong   it is not, there is no such subtree, or the proof is too long or too short
// Source: draft-ietf-plants-merkle-tree-certs section 4.3.
[[nodiscard]] Result<Done> verify_subtree_inclusion(std::uint64_t index, std::uint64_t start,
                                                    std::uint64_t end, const LogHash& leaf,
                                                    std::span<const LogHash> proof,
                                                    const LogHash& subtree_root);

// Checks that the tree of `size` with `root` has the subtree from `start` to `end`. The empty
// subtree is one of every tree and proves nothing about it.
//
// Errors:
//   log_inconsistent   it has not, there is no such subtree, or the proof is too long or too short
// Source: draft-ietf-plants-merkle-tree-certs section 4.4.3.
[[nodiscard]] Result<Done> verify_subtree_consistency(std::uint64_t start, std::uint64_t end,
                                                      std::uint64_t size,
                                                      std::span<const LogHash> proof,
                                                      const LogHash& subtree_root,
                                                      const LogHash& root);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_MERKLE_LOG_H_
