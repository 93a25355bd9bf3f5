// Letting a receipt log that was restored from a backup go on, under another name.

#ifndef LANDFALL_SERVER_INTAKE_CONTINUE_LOG_H_
#define LANDFALL_SERVER_INTAKE_CONTINUE_LOG_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/intake/check_log.h"
#include "server/intake/clock.h"
#include "server/intake/store.h"
#include "shared/base/result.h"
#include "shared/submission/agency_roots.h"
#include "shared/submission/checkpoint.h"
#include "shared/submission/log_link.h"

namespace landfall {

// What signs links: the receipt key, with what the agency certified it for.
class LogLinkSigner {
 public:
  virtual ~LogLinkSigner() = default;

  // The agency's root keys, by which the restored log is believed.
  [[nodiscard]] virtual std::span<const AgencyRoot> roots() const = 0;

  // The signed link, with the `first` checkpoint of its origin. `newest_receipt` is the last that
  // the restored log holds, "" when it holds none: it may bring the key's certificate for the
  // former log.
  //
  // Errors:
  //   receipt_certificate_wrong   the key has no certificate for the former log, or for the new one
  //   and those of sign_log_link
  [[nodiscard]] virtual Result<std::string> sign_link(const LogLink& link, const Checkpoint& first,
                                                      std::string_view newest_receipt) const = 0;
};

// How many case numbers of each kind and year are passed over, unless the operator says more: the
// lost entries had numbers too, and no two cases may have one.
inline constexpr std::uint32_t kPassedOverCaseNumbers = 10'000;

struct LogContinuation {
  std::string origin;  // the new name
  // Names that the log had after the backup was made, of which the backup knows nothing: a restore
  // from a backup older than the one before.
  std::vector<std::string> lost_origins;
  // The newest checkpoint of the log that anybody kept, verified; absent when nobody has one.
  std::optional<Checkpoint> newest_seen;
  std::uint32_t passed_over_case_numbers = kPassedOverCaseNumbers;
};

// What was done. `lost_entries` is known only where somebody kept a newer checkpoint.
struct ContinuedLog {
  std::string former;
  std::uint64_t tree_size = 0;
  LogHash root{};
  std::vector<std::string> links;  // those signed now
  std::optional<std::uint64_t> lost_entries;
};

// Why nothing was done.
struct ContinuationRefusal {
  enum class Kind {
    defect,               // the restored folder does not agree with itself: `defect`
    never_opened,         // it holds no log yet
    already,              // the log is called so: it was done before
    name_used,            // `name` was its name before, or is given twice
    nothing_lost,         // the newest checkpoint that was kept is of no more entries: no need
    other_log,            // the newest checkpoint that was kept is of a log of another name
    inconsistent,         // ... of other entries: this is not a copy of that log
    certificate_missing,  // the key is not certified for the log `name`
    not_signed,           // `error`: the link cannot be signed
    storage,              // `error`: the folder cannot be read or written
  };
  Kind kind = Kind::storage;
  std::optional<LogDefect> defect;
  std::string name;
  Error error;
};

// One sentence without a full stop: why nothing was done, and what to do.
[[nodiscard]] std::string describe(const ContinuationRefusal& refusal);

// Checks the restored log as check_log() and check_log_signatures() do, and then, in one durable
// commit, adds a link from its present name (and each of the lost ones) to the new one, makes the
// new name's first checkpoint the head, and passes over case numbers. Before the commit nothing has
// changed; after it, the same call is refused with `already`.
//
// REQUIRES: no server works on the folder; `log` reads what `store` writes.
[[nodiscard]] std::variant<ContinuedLog, ContinuationRefusal> continue_log(
    Store& store, StoredLog& log, const LogLinkSigner& signer, const Clock& clock,
    const LogContinuation& wanted);

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_CONTINUE_LOG_H_
