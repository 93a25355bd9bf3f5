#include <doctest/doctest.h>

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "server/intake/log_tree.h"
#include "shared/submission/merkle_log.h"

namespace landfall {
namespace {

// Nodes kept in a map instead of a table.
class MapNodes final : public LogNodes {
 public:
  [[nodiscard]] Result<LogHash> node(unsigned level, std::uint64_t position) const override {
    const auto found = nodes_.find({level, position});
    if (found == nodes_.end()) return Error{ErrorCode::storage_unavailable};
    return found->second;
  }

  Result<Done> insert(unsigned level, std::uint64_t position, const LogHash& hash) {
    CHECK(nodes_.emplace(std::pair(level, position), hash).second);
    return Done{};
  }

  [[nodiscard]] std::size_t size() const { return nodes_.size(); }

 private:
  std::map<std::pair<unsigned, std::uint64_t>, LogHash> nodes_;
};

std::vector<LogHash> grow(MapNodes& nodes, std::uint64_t size) {
  std::vector<LogHash> leaves;
  for (std::uint64_t i = 0; i < size; ++i) {
    leaves.push_back(leaf_hash(bytes_of("entry " + std::to_string(i))));
    const Result<Done> appended = append_leaf(
        i, leaves.back(), nodes, [&](unsigned level, std::uint64_t position, const LogHash& hash) {
          return nodes.insert(level, position, hash);
        });
    REQUIRE(appended.ok());
  }
  return leaves;
}

TEST_CASE("roots from stored nodes are those of RFC 6962, for every size up to 130") {
  MapNodes nodes;
  const std::vector<LogHash> leaves = grow(nodes, 130);
  int cases = 0;

  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    CHECK(log_root(size, nodes).value() == tree_root(std::span(leaves).first(size)));
    ++cases;
  }

  CHECK(cases == 130);
}

TEST_CASE("inclusion paths from stored nodes are the core's, for every leaf and size up to 40") {
  MapNodes nodes;
  const std::vector<LogHash> leaves = grow(nodes, 40);
  int cases = 0;

  for (std::uint64_t size = 1; size <= leaves.size(); ++size) {
    for (std::uint64_t index = 0; index < size; ++index) {
      CHECK(inclusion_path(index, size, nodes).value() ==
            prove_inclusion(index, std::span(leaves).first(size)));
      ++cases;
    }
  }

  CHECK(cases == 820);
}

TEST_CASE("consistency paths from stored nodes are the core's, for every two sizes up to 40") {
  MapNodes nodes;
  const std::vector<LogHash> leaves = grow(nodes, 40);
  int cases = 0;

  for (std::uint64_t to = 1; to <= leaves.size(); ++to) {
    for (std::uint64_t from = 1; from <= to; ++from) {
      CHECK(consistency_path(from, to, nodes).value() ==
            prove_consistency(from, std::span(leaves).first(to)));
      ++cases;
    }
  }

  CHECK(cases == 820);
}

TEST_CASE("the log stores less than two nodes for each leaf") {
  MapNodes nodes;
  grow(nodes, 1000);

  CHECK(nodes.size() < 2000);
}

TEST_CASE("a log whose node is lost gives an error and no proof") {
  const MapNodes empty;

  CHECK(log_root(3, empty).error().code == ErrorCode::storage_unavailable);
  CHECK(inclusion_path(0, 3, empty).error().code == ErrorCode::storage_unavailable);
}

}  // namespace
}  // namespace landfall
