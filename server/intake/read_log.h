// Reading the receipt log: checkpoint and proofs for whoever wants to check it.

#ifndef LANDFALL_SERVER_INTAKE_READ_LOG_H_
#define LANDFALL_SERVER_INTAKE_READ_LOG_H_

#include <cstdint>
#include <string>
#include <vector>

#include "server/intake/store.h"
#include "shared/base/result.h"

namespace landfall {

// The newest checkpoint. Errors: storage_unavailable, also before the log was opened.
[[nodiscard]] Result<std::string> read_checkpoint(const Store& store);

// The signed links under which the log went on, oldest first. Errors: storage_unavailable
[[nodiscard]] Result<std::vector<std::string>> read_log_links(const Store& store);

// Errors: not_found unless index < size ≤ the log's size; storage_unavailable
[[nodiscard]] Result<std::vector<LogHash>> read_inclusion_proof(const Store& store,
                                                                std::uint64_t index,
                                                                std::uint64_t size);

// Errors: not_found unless 0 < from ≤ to ≤ the log's size; storage_unavailable
[[nodiscard]] Result<std::vector<LogHash>> read_consistency_proof(const Store& store,
                                                                  std::uint64_t from,
                                                                  std::uint64_t to);

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_READ_LOG_H_
