#include "shared/submission/merkle_log.h"

#include <doctest/doctest.h>

#include <array>
#include <string_view>
#include <vector>

#include "shared/codec/hex.h"

namespace landfall {
namespace {

constexpr std::size_t kMostLeaves = 40;

std::vector<LogHash> leaves_of(std::size_t size) {
  std::vector<LogHash> leaves;
  for (std::size_t i = 0; i < size; ++i) {
    const auto byte = static_cast<std::uint8_t>(i);
    leaves.push_back(leaf_hash(ByteView(&byte, 1)));
  }
  return leaves;
}

// The inputs and roots that every implementation of RFC 6962 is tested with.
constexpr std::array<std::string_view, 8> kInputs = {"",
                                                     "00",
                                                     "10",
                                                     "2021",
                                                     "3031",
                                                     "40414243",
                                                     "5051525354555657",
                                                     "606162636465666768696a6b6c6d6e6f"};
constexpr std::array<std::string_view, 4> kRoots = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"};

TEST_CASE("roots are those of the classic test tree") {
  std::vector<LogHash> leaves;
  for (const std::string_view input : kInputs) {
    leaves.push_back(leaf_hash(parse_hex(input).value()));
  }
  int compared = 0;
  for (std::size_t size = 0; size < kRoots.size(); ++size) {
    CHECK(format_hex(tree_root(std::span(leaves).first(size))) == kRoots[size]);
    ++compared;
  }

  CHECK(compared == 4);
  CHECK(format_hex(tree_root(leaves)) ==
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

TEST_CASE("a growing edge has the root of the tree at every size") {
  const std::vector<LogHash> leaves = leaves_of(kMostLeaves);
  TreeEdge edge;
  for (std::size_t size = 0; size < kMostLeaves; ++size) {
    CHECK(edge.size() == size);
    CHECK(edge.root() == tree_root(std::span(leaves).first(size)));
    edge.add(leaves[size]);
  }
}

TEST_CASE("every leaf of every tree is provable, at its place only and in its tree only") {
  const std::vector<LogHash> leaves = leaves_of(kMostLeaves);
  int proven = 0;
  int wrongly = 0;
  for (std::size_t size = 1; size <= kMostLeaves; ++size) {
    const std::span<const LogHash> tree = std::span(leaves).first(size);
    const LogHash root = tree_root(tree);
    for (std::size_t index = 0; index < size; ++index) {
      const std::vector<LogHash> proof = prove_inclusion(index, tree);
      proven += verify_inclusion(index, size, tree[index], proof, root).ok() ? 1 : 0;
      wrongly += verify_inclusion(index + 1, size, tree[index], proof, root).ok() ? 1 : 0;
      wrongly += verify_inclusion(index, size, leaves[(index + 1) % kMostLeaves], proof, root).ok()
                     ? 1
                     : 0;
    }
  }

  CHECK(proven == kMostLeaves * (kMostLeaves + 1) / 2);
  CHECK(wrongly == 0);
}

TEST_CASE("a proof with a hash more, a hash less or a changed bit proves nothing") {
  const std::vector<LogHash> leaves = leaves_of(13);
  const LogHash root = tree_root(leaves);
  std::vector<LogHash> longer = prove_inclusion(5, leaves);
  std::vector<LogHash> shorter = longer;
  std::vector<LogHash> changed = longer;
  longer.push_back(root);
  shorter.pop_back();
  changed[1][7] ^= 1;

  CHECK_FALSE(verify_inclusion(5, 13, leaves[5], longer, root).ok());
  CHECK_FALSE(verify_inclusion(5, 13, leaves[5], shorter, root).ok());
  CHECK(verify_inclusion(5, 13, leaves[5], changed, root).error() ==
        Error{ErrorCode::log_proof_wrong});
  CHECK_FALSE(verify_inclusion(0, 0, leaves[0], {}, root).ok());
}

TEST_CASE("every tree is provably the beginning of every larger one") {
  const std::vector<LogHash> leaves = leaves_of(kMostLeaves);
  int proven = 0;
  int wrongly = 0;
  for (std::size_t size = 1; size <= kMostLeaves; ++size) {
    const std::span<const LogHash> tree = std::span(leaves).first(size);
    const LogHash root = tree_root(tree);
    for (std::size_t old_size = 1; old_size <= size; ++old_size) {
      const LogHash old_root = tree_root(tree.first(old_size));
      const std::vector<LogHash> proof = prove_consistency(old_size, tree);
      proven += verify_consistency(old_size, size, proof, old_root, root).ok() ? 1 : 0;
      wrongly += verify_consistency(old_size, size, proof, root, old_root).ok() && root != old_root
                     ? 1
                     : 0;
      wrongly += verify_consistency(old_size, size, proof, leaves[0], leaf_hash(root)).ok() ? 1 : 0;
    }
  }

  CHECK(proven == kMostLeaves * (kMostLeaves + 1) / 2);
  CHECK(wrongly == 0);
}

TEST_CASE("a log that was rewritten is inconsistent") {
  const std::vector<LogHash> leaves = leaves_of(20);
  std::vector<LogHash> rewritten = leaves;
  rewritten[3] = leaf_hash(bytes_of("another"));
  const LogHash old_root = tree_root(std::span(leaves).first(7));

  const Result<Done> consistent =
      verify_consistency(7, 20, prove_consistency(7, rewritten), old_root, tree_root(rewritten));

  CHECK(consistent.error() == Error{ErrorCode::log_inconsistent});
}

TEST_CASE("an empty log is consistent with itself and proves nothing about another") {
  const LogHash empty = tree_root({});
  const LogHash root = tree_root(leaves_of(3));

  CHECK(verify_consistency(0, 0, {}, empty, empty).ok());
  CHECK_FALSE(verify_consistency(0, 0, {}, root, root).ok());
  CHECK_FALSE(verify_consistency(0, 3, {}, empty, root).ok());
  CHECK_FALSE(verify_consistency(3, 2, {}, root, root).ok());
}

TEST_CASE("every subtree of every tree is provably part of it, and nothing else is") {
  const std::vector<LogHash> leaves = leaves_of(kMostLeaves);
  int subtrees = 0;
  int proven = 0;
  int wrongly = 0;
  for (std::size_t size = 1; size <= kMostLeaves; ++size) {
    const std::span<const LogHash> tree = std::span(leaves).first(size);
    const LogHash root = tree_root(tree);
    for (std::size_t end = 1; end <= size; ++end) {
      for (std::size_t start = 0; start < end; ++start) {
        if (!is_subtree(start, end)) continue;
        const LogHash part = tree_root(tree.subspan(start, end - start));
        std::vector<LogHash> proof = prove_subtree_consistency(start, end, tree);
        const auto holds = [&](std::uint64_t from, const LogHash& subtree, const LogHash& whole) {
          return verify_subtree_consistency(from, end, size, proof, subtree, whole).ok() ? 1 : 0;
        };
        ++subtrees;
        proven += holds(start, part, root);
        wrongly += holds(start, leaf_hash(part), root) + holds(start, part, leaf_hash(root)) +
                   holds(end, part, root);
        proof.push_back(root);
        wrongly += holds(start, part, root);
      }
    }
  }

  CHECK(subtrees > 1000);
  CHECK(proven == subtrees);
  CHECK(wrongly == 0);
}

TEST_CASE("a subtree at the beginning is proven as an older tree is") {
  const std::vector<LogHash> leaves = leaves_of(kMostLeaves);
  std::size_t compared = 0;
  for (std::size_t end = 1; end <= kMostLeaves; ++end) {
    CHECK(prove_subtree_consistency(0, end, leaves) == prove_consistency(end, leaves));
    ++compared;
  }

  CHECK(compared == kMostLeaves);
}

TEST_CASE("a leaf is proven in its subtree by its number in the log") {
  const std::vector<LogHash> leaves = leaves_of(16);
  const std::span<const LogHash> part = std::span(leaves).subspan(8, 5);
  const LogHash root = tree_root(part);
  const std::vector<LogHash> proof = prove_inclusion(2, part);

  CHECK(verify_subtree_inclusion(10, 8, 13, leaves[10], proof, root).ok());
  CHECK_FALSE(verify_subtree_inclusion(2, 8, 13, leaves[10], proof, root).ok());
  CHECK_FALSE(verify_subtree_inclusion(9, 8, 13, leaves[10], proof, root).ok());
  // The same five leaves, at a place where no subtree begins.
  CHECK_FALSE(verify_subtree_inclusion(6, 4, 9, leaves[10], proof, root).ok());
}

TEST_CASE("a subtree begins at a multiple of its size, rounded up to a power of two") {
  constexpr std::uint64_t kMost = ~std::uint64_t{0};

  CHECK(is_subtree(8, 13));
  CHECK(is_subtree(4, 4));
  CHECK(is_subtree(0, kMost));
  CHECK_FALSE(is_subtree(4, 9));
  CHECK_FALSE(is_subtree(1, kMost));
  CHECK_FALSE(is_subtree(13, 8));
}

TEST_CASE("the empty subtree is part of every tree, without a proof") {
  const LogHash empty = tree_root({});
  const LogHash root = tree_root(leaves_of(3));

  CHECK(verify_subtree_consistency(1, 1, 3, {}, empty, root).ok());
  CHECK(verify_subtree_consistency(0, 0, 0, {}, empty, empty).ok());
  CHECK_FALSE(verify_subtree_consistency(0, 0, 0, {}, empty, root).ok());
  CHECK_FALSE(verify_subtree_consistency(1, 1, 3, {}, root, root).ok());
  CHECK_FALSE(verify_subtree_consistency(1, 1, 3, std::span(&empty, 1), empty, root).ok());
  CHECK_FALSE(verify_subtree_consistency(4, 4, 3, {}, empty, root).ok());
}

}  // namespace
}  // namespace landfall
