// Whether a backup that came from the server is the applicant's own, and not an older one.

#ifndef LANDFALL_SHARED_VAULT_RESTORED_BACKUP_H_
#define LANDFALL_SHARED_VAULT_RESTORED_BACKUP_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/base/secret.h"
#include "shared/sealing/keys.h"
#include "shared/submission/backup.h"

namespace landfall {

// What the statement of a backup must say to be believed.
struct ExpectedBackup {
  std::string_view audience;
  std::string vault;                // that was asked for
  BackupContent content;            // of the ciphertext as it arrived
  std::uint64_t least_counter = 1;  // the highest seen, on a phone that has seen one
};

// Verifies that `statement` is by the key of `root`, the root that lay inside the ciphertext, and
// says what is expected; gives its counter.
//
// Errors:
//   backup_not_genuine   by another key, for another log or vault, about another ciphertext, or no
//                        statement at all
//   backup_deleted       genuine, but it asks for the backup's deletion
//   backup_rolled_back   genuine, but its counter is lower than the highest seen
[[nodiscard]] Result<std::uint64_t> check_restored_backup(std::string_view statement,
                                                          const Secret<kRootBytes>& root,
                                                          const ExpectedBackup& expected);

}  // namespace landfall

#endif  // LANDFALL_SHARED_VAULT_RESTORED_BACKUP_H_
