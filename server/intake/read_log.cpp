#include "server/intake/read_log.h"

#include "server/intake/log_tree.h"

namespace landfall {

Result<std::string> read_checkpoint(const Store& store) {
  Result<LogHead> head = store.log_head();
  if (!head.ok()) return head.error();
  if (head.value().checkpoint.empty()) return Error{ErrorCode::storage_unavailable};
  return std::move(head).value().checkpoint;
}

Result<std::vector<std::string>> read_log_links(const Store& store) { return store.log_links(); }

Result<std::vector<LogHash>> read_inclusion_proof(const Store& store, std::uint64_t index,
                                                  std::uint64_t size) {
  const Result<LogHead> head = store.log_head();
  if (!head.ok()) return head.error();
  if (index >= size || size > head.value().tree_size) return Error{ErrorCode::not_found};
  return inclusion_path(index, size, store);
}

Result<std::vector<LogHash>> read_consistency_proof(const Store& store, std::uint64_t from,
                                                    std::uint64_t to) {
  const Result<LogHead> head = store.log_head();
  if (!head.ok()) return head.error();
  if (from == 0 || from > to || to > head.value().tree_size) return Error{ErrorCode::not_found};
  return consistency_path(from, to, store);
}

}  // namespace landfall
