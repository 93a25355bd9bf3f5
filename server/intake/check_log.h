// Checks that the receipt log as it is stored agrees with the receipts that were given out.

#ifndef LANDFALL_SERVER_INTAKE_CHECK_LOG_H_
#define LANDFALL_SERVER_INTAKE_CHECK_LOG_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/intake/store.h"
#include "shared/base/result.h"
#include "shared/submission/agency_roots.h"
#include "shared/submission/checkpoint.h"
#include "shared/submission/log_link.h"
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

  // As Store::log_links().
  virtual Result<std::vector<std::string>> links() = 0;

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
    link_unreadable,        // link `index`, counted from 0
    link_differs,           // it does not lead to the log, or names another tree than the receipts'
    link_not_genuine,       // a link, because of `code`
    receipt_not_genuine,    // the newest receipt, because of `code`
    head_not_newest,        // the signed head is not the one that the newest receipt came with
  };
  Kind kind = Kind::checkpoint_unreadable;
  std::uint64_t index = 0;
  unsigned level = 0;
  std::string case_number;               // where a case is at fault
  ErrorCode code = ErrorCode::internal;  // why something is not genuine

  bool operator==(const LogDefect&) const = default;
};

// One sentence without a full stop: what is wrong, and where.
[[nodiscard]] std::string describe(const LogDefect& defect);

// `checkpoint` is what the head `note` says, unless the defect is that it cannot be read;
// signatures are for check_log_signatures().
struct LogCheck {
  Checkpoint checkpoint;
  std::string note;
  std::vector<std::string> link_texts;  // as the log has them
  std::vector<LogLink> links;           // what they say
  std::vector<LogHash> leaves;          // of the receipts, up to the defect
  std::string newest_receipt;           // the last of these
  std::optional<LogDefect> defect;
};

// Makes the tree anew of the receipts and compares it with the stored tree, the signed head and the
// links.
// Takes some 80 bytes of memory for each entry.
//
// Errors: those of `log`.
[[nodiscard]] Result<LogCheck> check_log(StoredLog& log);

// Whether keys that one of `roots` certified, none of them in `revoked`, signed the links, the
// newest receipt, and with it the head, of a log in which check_log() found no defect. The head of
// an empty log without links has no signature that anybody holds a proof of.
[[nodiscard]] std::optional<LogDefect> check_log_signatures(const LogCheck& check,
                                                            std::span<const AgencyRoot> roots,
                                                            std::span<const std::string> revoked);

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_CHECK_LOG_H_
