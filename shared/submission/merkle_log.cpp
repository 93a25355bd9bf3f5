#include "shared/submission/merkle_log.h"

#include <algorithm>
#include <bit>

#include "shared/base/invariant.h"

namespace landfall {
namespace {

constexpr std::uint8_t kLeafPrefix = 0x00;
constexpr std::uint8_t kNodePrefix = 0x01;

// The size of the left subtree of a tree of `size` leaves: the largest power of two below it.
std::size_t split_point(std::size_t size) { return std::bit_ceil(size) / 2; }

// RFC 6962 section 2.1.1, PATH.
void add_path(std::uint64_t index, std::span<const LogHash> leaves, std::vector<LogHash>& proof) {
  if (leaves.size() <= 1) return;
  const std::size_t split = split_point(leaves.size());
  if (index < split) {
    add_path(index, leaves.first(split), proof);
    proof.push_back(tree_root(leaves.subspan(split)));
  } else {
    add_path(index - split, leaves.subspan(split), proof);
    proof.push_back(tree_root(leaves.first(split)));
  }
}

// RFC 6962 section 2.1.2, SUBPROOF; `known` says that the old root is this subtree's.
void add_subproof(std::size_t old_size, std::span<const LogHash> leaves, bool known,
                  std::vector<LogHash>& proof) {
  if (old_size == leaves.size()) {
    if (!known) proof.push_back(tree_root(leaves));
    return;
  }
  const std::size_t split = split_point(leaves.size());
  if (old_size <= split) {
    add_subproof(old_size, leaves.first(split), known, proof);
    proof.push_back(tree_root(leaves.subspan(split)));
  } else {
    add_subproof(old_size - split, leaves.subspan(split), false, proof);
    proof.push_back(tree_root(leaves.first(split)));
  }
}

// Where a proof stands while it is walked up: the node's number and that of the last node in its
// row, in the notation of RFC 9162.
struct Climb {
  std::uint64_t node;
  std::uint64_t last;

  // True when the next hash of the proof is a left sibling.
  [[nodiscard]] bool has_left_sibling() const { return (node & 1) != 0 || node == last; }

  // Skips the rows in which the node, last of its row, has no sibling.
  void skip_lonely_rows() {
    while ((node & 1) == 0 && node != 0) up();
  }

  void up() {
    node >>= 1;
    last >>= 1;
  }
};

// The same for the last node of a subtree, with the row's number of the subtree's first.
struct SubtreeClimb {
  Climb row;
  std::uint64_t first;

  // True once the whole subtree lies under the node.
  [[nodiscard]] bool is_one_node() const { return first == row.node; }

  // Skips the rows in which the last node of the subtree needs no sibling from outside it.
  void skip_shared_rows() {
    while (!is_one_node() && row.has_left_sibling()) up();
  }

  void up() {
    first >>= 1;
    row.up();
  }
};

// The draft's SUBTREE_SUBPROOF, for the subtree from `start` to `end`; `known` says that the
// verifier knows the root of this part of it.
void add_subtree_subproof(std::size_t start, std::size_t end, std::span<const LogHash> leaves,
                          bool known, std::vector<LogHash>& proof) {
  if (start == 0 && end == leaves.size()) {
    if (!known) proof.push_back(tree_root(leaves));
    return;
  }
  const std::size_t split = split_point(leaves.size());
  const std::span<const LogHash> left = leaves.first(split);
  const std::span<const LogHash> right = leaves.subspan(split);
  if (end <= split) {
    add_subtree_subproof(start, end, left, known, proof);
    proof.push_back(tree_root(right));
  } else if (start >= split) {
    add_subtree_subproof(start - split, end - split, right, known, proof);
    proof.push_back(tree_root(left));
  } else {
    // Across the split a subtree starts at the beginning, so the left half is all its own.
    add_subtree_subproof(0, end - split, right, false, proof);
    proof.push_back(tree_root(left));
  }
}

}  // namespace

LogHash leaf_hash(ByteView entry) {
  Sha256 hash;
  hash.update(ByteView(&kLeafPrefix, 1));
  hash.update(entry);
  return hash.finish();
}

LogHash node_hash(const LogHash& left, const LogHash& right) {
  Sha256 hash;
  hash.update(ByteView(&kNodePrefix, 1));
  hash.update(left);
  hash.update(right);
  return hash.finish();
}

LogHash tree_root(std::span<const LogHash> leaves) {
  TreeEdge edge;
  for (const LogHash& leaf : leaves) edge.add(leaf);
  return edge.root();
}

void TreeEdge::add(const LogHash& leaf) {
  LogHash hash = leaf;
  for (std::uint64_t full = size_; (full & 1) != 0; full >>= 1) {
    hash = node_hash(subtrees_.back(), hash);
    subtrees_.pop_back();
  }
  subtrees_.push_back(hash);
  ++size_;
}

LogHash TreeEdge::root() const {
  if (subtrees_.empty()) return sha256({});
  LogHash hash = subtrees_.back();
  for (std::size_t i = subtrees_.size() - 1; i > 0; --i) hash = node_hash(subtrees_[i - 1], hash);
  return hash;
}

std::vector<LogHash> prove_inclusion(std::uint64_t index, std::span<const LogHash> leaves) {
  require(index < leaves.size(), "the leaf to prove is in the tree");
  std::vector<LogHash> proof;
  add_path(index, leaves, proof);
  return proof;
}

std::vector<LogHash> prove_consistency(std::uint64_t old_size, std::span<const LogHash> leaves) {
  require(old_size <= leaves.size(), "the old tree is no larger than the new one");
  std::vector<LogHash> proof;
  if (old_size > 0) add_subproof(static_cast<std::size_t>(old_size), leaves, true, proof);
  return proof;
}

Result<Done> verify_inclusion(std::uint64_t index, std::uint64_t size, const LogHash& leaf,
                              std::span<const LogHash> proof, const LogHash& root) {
  constexpr Error kWrong{ErrorCode::log_proof_wrong};
  if (index >= size) return kWrong;
  Climb climb{index, size - 1};
  LogHash hash = leaf;
  for (const LogHash& sibling : proof) {
    if (climb.last == 0) return kWrong;
    if (climb.has_left_sibling()) {
      hash = node_hash(sibling, hash);
      climb.skip_lonely_rows();
    } else {
      hash = node_hash(hash, sibling);
    }
    climb.up();
  }
  if (climb.last != 0 || hash != root) return kWrong;
  return Done{};
}

Result<Done> verify_consistency(std::uint64_t old_size, std::uint64_t new_size,
                                std::span<const LogHash> proof, const LogHash& old_root,
                                const LogHash& new_root) {
  constexpr Error kWrong{ErrorCode::log_inconsistent};
  if (old_size == new_size) {
    const bool same = proof.empty() && old_root == new_root;
    const bool possible = old_size > 0 || old_root == sha256({});
    return same && possible ? Result<Done>(Done{}) : kWrong;
  }
  if (old_size == 0 || old_size > new_size || proof.empty()) return kWrong;

  Climb climb{old_size - 1, new_size - 1};
  while ((climb.node & 1) != 0) climb.up();
  // Where the old tree is a full subtree, its root is the first hash and not said again.
  const bool starts_at_root = std::has_single_bit(old_size);
  LogHash old_hash = starts_at_root ? old_root : proof.front();
  LogHash new_hash = old_hash;
  for (const LogHash& sibling : proof.subspan(starts_at_root ? 0 : 1)) {
    if (climb.last == 0) return kWrong;
    if (climb.has_left_sibling()) {
      old_hash = node_hash(sibling, old_hash);
      new_hash = node_hash(sibling, new_hash);
      climb.skip_lonely_rows();
    } else {
      new_hash = node_hash(new_hash, sibling);
    }
    climb.up();
  }
  if (climb.last != 0 || old_hash != old_root || new_hash != new_root) return kWrong;
  return Done{};
}

bool is_subtree(std::uint64_t start, std::uint64_t end) {
  if (start > end) return false;
  const std::uint64_t size = end - start;
  // What std::bit_ceil would give does not fit into 64 bits: such a subtree starts at 0.
  if (size > std::uint64_t{1} << 63) return start == 0;
  return start % std::bit_ceil(size) == 0;
}

std::vector<LogHash> prove_subtree_consistency(std::uint64_t start, std::uint64_t end,
                                               std::span<const LogHash> leaves) {
  require(is_subtree(start, end) && end <= leaves.size(), "the subtree is one of the tree");
  std::vector<LogHash> proof;
  if (start < end) {
    add_subtree_subproof(static_cast<std::size_t>(start), static_cast<std::size_t>(end), leaves,
                         true, proof);
  }
  return proof;
}

Result<Done> verify_subtree_inclusion(std::uint64_t index, std::uint64_t start, std::uint64_t end,
                                      const LogHash& leaf, std::span<const LogHash> proof,
                                      const LogHash& subtree_root) {
  if (!is_subtree(start, end) || index < start) return Error{ErrorCode::log_proof_wrong};
  return verify_inclusion(index - start, end - start, leaf, proof, subtree_root);
}

Result<Done> verify_subtree_consistency(std::uint64_t start, std::uint64_t end, std::uint64_t size,
                                        std::span<const LogHash> proof, const LogHash& subtree_root,
                                        const LogHash& root) {
  constexpr Error kWrong{ErrorCode::log_inconsistent};
  if (!is_subtree(start, end) || end > size) return kWrong;
  if (start == end) {
    // Nothing is part of every tree, so this says nothing of `root`, which only no tree has fixed.
    const LogHash nothing = sha256({});
    const bool holds = proof.empty() && subtree_root == nothing && (size > 0 || root == nothing);
    return holds ? Result<Done>(Done{}) : kWrong;
  }
  SubtreeClimb climb{{end - 1, size - 1}, start};
  climb.skip_shared_rows();
  // Where the subtree is one node of the tree, its root is the first hash and not said again.
  const bool starts_at_root = climb.is_one_node();
  if (!starts_at_root && proof.empty()) return kWrong;
  LogHash subtree_hash = starts_at_root ? subtree_root : proof.front();
  LogHash hash = subtree_hash;
  for (const LogHash& sibling : proof.subspan(starts_at_root ? 0 : 1)) {
    if (climb.row.last == 0) return kWrong;
    if (climb.row.has_left_sibling()) {
      if (!climb.is_one_node()) subtree_hash = node_hash(sibling, subtree_hash);
      hash = node_hash(sibling, hash);
      while ((climb.row.node & 1) == 0) climb.up();
    } else {
      hash = node_hash(hash, sibling);
    }
    climb.up();
  }
  if (climb.row.last != 0 || subtree_hash != subtree_root || hash != root) return kWrong;
  return Done{};
}

}  // namespace landfall
