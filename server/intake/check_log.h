// Checks that the receipt log as it is stored agrees with the receipts that were given out.

#ifndef LANDFALL_SERVER_INTAKE_CHECK_LOG_H_
#define LANDFALL_SERVER_INTAKE_CHECK_LOG_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/intake/store.h"
#include "shared/base/result.h"
#include "shared/submission/checkpoint.h"
#include "shared/submission/merkle_log.h"

namespace landfall {

// A case as the log's entry: `receipt` is what its applicant was given.
struct LoggedCase {
  std::uint64_t log_index = 0;
  std::string case_number;
  std::string manifest_sha256;
  std::string receipt;  // compact JWS
};

// The stored log at one moment, whatever a server that runs adds meanwhile.
//
// Errors of every function: storage_unavailable.
class StoredLog {
 public:
  virtual ~StoredLog() = default;

  virtual Result<LogHead> head() = 0;

  // Hands over the cases in the order of the log until `receive` returns false.
  virtual Result<Done> each_case(const std::function<bool(const LoggedCase&)>& receive) = 0;

  // Hands over the nodes of a level from left to right until `receive` returns false. A hash of
  // another length than 32 bytes comes as nothing.
  virtual Result<Done> each_node(
      unsigned level,
      const std::function<bool(std::uint64_t, const std::optional<LogHash>&)>& receive) = 0;
};

// The first thing that does not agree.
struct LogDefect {
  enum class Kind {
    checkpoint_unreadable,  // the signed head is no checkpoint
    case_missing,           // the log has an entry `index`, the database no case for it
    case_surplus,           // the database has a case for entry `index`, the log ends before it
    receipt_unreadable,     // the receipt of the case at `index`
    receipt_differs,        // it says another case, manifest or place than its record
    node_differs,           // the stored tree at `level`, `index` is not what the receipts make
    root_differs,           // the signed root is not that of the receipts
  };
  Kind kind = Kind::checkpoint_unreadable;
  std::uint64_t index = 0;
  unsigned level = 0;
  std::string case_number;  // where a case is at fault

  bool operator==(const LogDefect&) const = default;
};

// One sentence without a full stop: what is wrong, and where.
[[nodiscard]] std::string describe(const LogDefect& defect);

// `checkpoint` is what the head says, unless the defect is that it cannot be read; its signature
// is the caller's to check.
struct LogCheck {
  Checkpoint checkpoint;
  std::vector<LogHash> leaves;  // of the receipts, up to the defect
  std::string newest_receipt;   // the last of these
  std::optional<LogDefect> defect;
};

// Makes the tree anew of the receipts and compares it with the stored tree and the signed head.
// Takes some 80 bytes of memory for each entry.
//
// Errors: those of `log`.
[[nodiscard]] Result<LogCheck> check_log(StoredLog& log);

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_CHECK_LOG_H_
