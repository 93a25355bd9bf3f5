#include "server/intake/log_tree.h"

#include <bit>

namespace landfall {
namespace {

// The largest power of two below `size`: where RFC 6962 splits a tree. REQUIRES: size > 1.
std::uint64_t split_of(std::uint64_t size) { return std::bit_floor(size - 1); }

// The root over the leaves [begin, end), where begin is a multiple of the range's width rounded up
// to a power of two, as every range that splitting makes.
Result<LogHash> range_root(std::uint64_t begin, std::uint64_t end, const LogNodes& nodes) {
  const std::uint64_t size = end - begin;
  if (std::has_single_bit(size)) {
    const auto level = static_cast<unsigned>(std::countr_zero(size));
    return nodes.node(level, begin >> level);
  }
  const std::uint64_t middle = begin + split_of(size);
  Result<LogHash> left = range_root(begin, middle, nodes);
  if (!left.ok()) return left.error();
  Result<LogHash> right = range_root(middle, end, nodes);
  if (!right.ok()) return right.error();
  return node_hash(left.value(), right.value());
}

Result<Done> add_root(std::uint64_t begin, std::uint64_t end, const LogNodes& nodes,
                      std::vector<LogHash>& path) {
  Result<LogHash> root = range_root(begin, end, nodes);
  if (!root.ok()) return root.error();
  path.push_back(root.value());
  return Done{};
}

}  // namespace

Result<Done> append_leaf(std::uint64_t index, const LogHash& leaf, const LogNodes& nodes,
                         const NodeSink& store) {
  LogHash hash = leaf;
  std::uint64_t position = index;
  unsigned level = 0;
  for (;;) {
    Result<Done> stored = store(level, position, hash);
    if (!stored.ok()) return stored.error();
    if ((position & 1) == 0) return Done{};
    Result<LogHash> left = nodes.node(level, position - 1);
    if (!left.ok()) return left.error();
    hash = node_hash(left.value(), hash);
    position >>= 1;
    ++level;
  }
}

Result<LogHash> log_root(std::uint64_t size, const LogNodes& nodes) {
  return range_root(0, size, nodes);
}

Result<std::vector<LogHash>> inclusion_path(std::uint64_t index, std::uint64_t size,
                                            const LogNodes& nodes) {
  // Walks from the root down, so the path comes out from the root's end.
  std::vector<LogHash> path;
  std::uint64_t begin = 0;
  std::uint64_t end = size;
  while (end - begin > 1) {
    const std::uint64_t middle = begin + split_of(end - begin);
    const bool is_left = index < middle;
    Result<Done> added =
        is_left ? add_root(middle, end, nodes, path) : add_root(begin, middle, nodes, path);
    if (!added.ok()) return added.error();
    (is_left ? end : begin) = middle;
  }
  return std::vector<LogHash>(path.rbegin(), path.rend());
}

Result<std::vector<LogHash>> consistency_path(std::uint64_t from, std::uint64_t to,
                                              const LogNodes& nodes) {
  std::vector<LogHash> path;
  std::uint64_t begin = 0;
  std::uint64_t end = to;
  bool is_whole_old_tree = true;
  while (end != from) {
    const std::uint64_t middle = begin + split_of(end - begin);
    const bool is_left = from <= middle;
    Result<Done> added =
        is_left ? add_root(middle, end, nodes, path) : add_root(begin, middle, nodes, path);
    if (!added.ok()) return added.error();
    if (is_left) {
      end = middle;
    } else {
      begin = middle;
      is_whole_old_tree = false;
    }
  }
  if (!is_whole_old_tree) {
    Result<Done> added = add_root(begin, end, nodes, path);
    if (!added.ok()) return added.error();
  }
  return std::vector<LogHash>(path.rbegin(), path.rend());
}

}  // namespace landfall
