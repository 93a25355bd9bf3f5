// The receipt log as a stored Merkle tree: appending and proving in O(log n) stored nodes.

#ifndef LANDFALL_SERVER_INTAKE_LOG_TREE_H_
#define LANDFALL_SERVER_INTAKE_LOG_TREE_H_

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "server/intake/store.h"
#include "shared/base/result.h"
#include "shared/submission/merkle_log.h"

namespace landfall {

// Receives a finished node: level, position, hash.
using NodeSink = std::function<Result<Done>(unsigned, std::uint64_t, const LogHash&)>;

// Adds leaf `index` (the tree holds exactly `index` leaves) with hash `leaf` and gives `store`
// every node this completes, the leaf itself included, each before it is needed.
//
// Errors: those of `nodes` and `store`.
[[nodiscard]] Result<Done> append_leaf(std::uint64_t index, const LogHash& leaf,
                                       const LogNodes& nodes, const NodeSink& store);

// The root of the first `size` leaves. REQUIRES: size > 0.
[[nodiscard]] Result<LogHash> log_root(std::uint64_t size, const LogNodes& nodes);

// The inclusion proof of leaf `index` in the tree of `size` leaves. REQUIRES: index < size.
// Source: RFC 6962 section 2.1.1.
[[nodiscard]] Result<std::vector<LogHash>> inclusion_path(std::uint64_t index, std::uint64_t size,
                                                          const LogNodes& nodes);

// The proof that the tree of `from` leaves is a prefix of the tree of `to`. REQUIRES: 0 < from ≤
// to. Source: RFC 6962 section 2.1.2.
[[nodiscard]] Result<std::vector<LogHash>> consistency_path(std::uint64_t from, std::uint64_t to,
                                                            const LogNodes& nodes);

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_LOG_TREE_H_
